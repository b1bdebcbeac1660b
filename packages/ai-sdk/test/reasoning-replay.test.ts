import type { LanguageModelV4Prompt, LanguageModelV4StreamPart, SharedV4ProviderMetadata } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { convertMessages } from '../src/request/convert-messages.js';
import { answer, chunk, last, PROMPT, partsOf, serve } from './support/fake-server.js';

type Content = Extract<LanguageModelV4Prompt[number], { role: 'assistant' }>['content'];

/** What the AI SDK keeps of a stream, as its next prompt has it. */
function kept(parts: readonly LanguageModelV4StreamPart[]): Content {
  const content: Content = [];
  const open = new Map<string, { providerOptions?: SharedV4ProviderMetadata | undefined }>();
  for (const part of parts) {
    if (part.type === 'text-start' || part.type === 'reasoning-start') {
      const block: Content[number] & object = { type: part.type === 'text-start' ? 'text' : 'reasoning', text: '' };
      open.set(part.id, block);
      content.push(block);
    } else if (part.type === 'text-end' || part.type === 'reasoning-end') {
      const block = open.get(part.id);
      if (block && part.providerMetadata) block.providerOptions = part.providerMetadata;
    } else if (part.type === 'tool-call') {
      content.push({ type: 'tool-call', toolCallId: part.toolCallId, toolName: part.toolName, input: {}, providerOptions: part.providerMetadata });
    }
  }
  return content;
}

const replay = (content: Content) => convertMessages([{ role: 'assistant', content }], [])[0];

const text = (said: string, more: object = {}) => ({ type: 'reasoning.text', text: said, format: 'anthropic-claude-v1', index: 0, ...more });
const sealed = { type: 'reasoning.encrypted', data: 'c2VjcmV0', format: 'google-gemini-v1', id: 'call_1', index: 1 };
const call = { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }] };

describe('reasoning details over a stream', () => {
  it.each([
    ['a signature in a detail of its own', [{ reasoning_details: [text('Hm')] }, { reasoning_details: [text('m.')] }, { reasoning_details: [{ ...text(''), text: undefined, signature: 'sig' }] }, { content: 'Hi' }], [{ ...text('Hmm.'), signature: 'sig' }]],
    ['an encrypted one after the content', [{ content: 'Hi' }, { reasoning_details: [sealed] }], [sealed]],
    ['an encrypted one after a tool call', [{ reasoning_details: [text('Hm')] }, call, { reasoning_details: [sealed] }], [text('Hm'), sealed]],
    ['an encrypted one and nothing else', [{ reasoning_details: [sealed] }], [sealed]],
    ['thinking that goes on after the text, in the same block', [{ reasoning_details: [text('a')] }, { content: 'x' }, { reasoning_details: [text('b')] }, { content: 'y' }], [text('ab')]],
    ['blocks with text between them', [{ reasoning_details: [text('a', { signature: 's' })] }, { content: 'x' }, { reasoning_details: [text('b', { index: 1 })] }, { content: 'y' }], [text('a', { signature: 's' }), text('b', { index: 1 })]],
    ['a type that nobody knows', [{ reasoning_details: [{ type: 'reasoning.dream', shape: [1, { x: null }] }] }, { content: 'Hi' }], [{ type: 'reasoning.dream', shape: [1, { x: null }] }]],
  ])('come back unmodified and in order: %s', async (_, deltas, expected) => {
    const parts = await partsOf([...deltas.map((delta) => chunk(delta)), last('stop')]);
    expect(parts.at(-1)).toMatchObject({ providerMetadata: { openrouter: { reasoning_details: expected } } });
    expect(replay(kept(parts))).toMatchObject({ reasoning_details: expected });
  });

  it('come back so from a whole answer too', async () => {
    const details = [sealed, text('a'), { ...sealed, index: 2 }, { type: 'reasoning.summary', summary: 'b', index: 3 }];
    const { content } = await serve(answer({ content: 'Hi', reasoning_details: details })).openrouter('acme/atlas').doGenerate({ prompt: PROMPT });
    const back = content.flatMap((part): Content => (part.type === 'text' || part.type === 'reasoning' ? [{ ...part, providerOptions: part.providerMetadata }] : []));
    expect(replay(back)).toMatchObject({ content: 'Hi', reasoning: 'ab', reasoning_details: details });
  });

  it('come back once where a page shows the call before the thinking that came after its input began', () => {
    const whole = [text('a', { signature: 's' }), sealed];
    const message = replay([
      { type: 'reasoning', text: '', providerOptions: { openrouter: { reasoning_details: [sealed] } } },
      { type: 'tool-call', toolCallId: 'call_1', toolName: 'f', input: {}, providerOptions: { openrouter: { reasoning_details: whole } } },
      { type: 'reasoning', text: 'a', providerOptions: { openrouter: { reasoning_details: [text('a', { signature: 's' })] } } },
    ]);
    expect(message).toMatchObject({ reasoning_details: whole });
  });

  it('come back where the thinking was cut off before it was signed: what to make of them is for the server to say', async () => {
    const cut = await partsOf([chunk({ reasoning_details: [text('Hm')] }), { error: { code: 502, message: 'gone' } }]);
    expect(replay(kept(cut))).toMatchObject({ reasoning_details: [text('Hm')] });
  });

  it('are not made up where the thinking came from elsewhere', () => {
    const message = replay([{ type: 'reasoning', text: 'Hm', providerOptions: { anthropic: { signature: 'x' } } }, { type: 'text', text: 'Hi' }]);
    expect(message).toEqual({ role: 'assistant', content: 'Hi' });
  });
});
