import { NoContentGeneratedError } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { answer, brief, chunk, json, last, PROMPT, partsOf, serve, sse, USAGE } from './support/fake-server.js';

const generate = (reply: Parameters<typeof serve>[0]) => serve(reply).openrouter('acme/atlas').doGenerate({ prompt: PROMPT });
const call = { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }] };
const thought = (text: string, more: object = {}): object => ({ reasoning_details: [{ type: 'reasoning.text', text, format: 'anthropic-claude-v1', index: 0, ...more }] });
const sealed = { reasoning_details: [{ type: 'reasoning.encrypted', data: 'c2VjcmV0', format: 'google-gemini-v1' }] };

describe('the finish reason after a tool call', () => {
  it.each([
    ['stop', {}, 'stop'],
    ['stop', sealed, 'tool-calls'],
    ['tool_calls', {}, 'tool-calls'],
    ['whatever', {}, 'tool-calls'],
    [null, {}, 'tool-calls'],
    ['length', sealed, 'length'],
  ])('%s with %j', async (finish, thinking, unified) => {
    const whole = await generate(answer({ ...call, ...thinking }, { finish_reason: finish }));
    expect(whole.finishReason).toEqual({ unified, raw: finish ?? undefined });
    const parts = await partsOf([chunk(thinking), chunk(call, { finish }), chunk({}, { finish, usage: USAGE })]);
    expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: { unified, raw: finish ?? undefined } });
  });
});

describe('a signature', () => {
  it('in a delta of its own is a sign of life within the thinking, and opens nothing by itself', async () => {
    const said = await partsOf([chunk(thought('Hm')), chunk(thought('', { signature: 's' })), chunk(call), last('tool_calls')]);
    expect(brief(said).slice(2, 6)).toEqual(['reasoning-start', 'reasoning-delta Hm', 'reasoning-delta ', 'reasoning-end']);
    const unsaid = await partsOf([chunk(thought('', { signature: 's' })), chunk({ content: 'Hi' }), last('stop')]);
    expect(brief(unsaid).slice(2)).toEqual(['text-start', 'text-delta Hi', 'text-end', 'finish stop']);
  });

  it('that comes after the text is known to the part of the thinking, closed before it', async () => {
    const parts = await partsOf([chunk(thought('Hm')), chunk({ content: 'Hi' }), chunk(thought('', { signature: 's' })), chunk({ content: '!' }), last('stop')]);
    expect(brief(parts).slice(2)).toEqual(['reasoning-start', 'reasoning-delta Hm', 'reasoning-end', 'text-start', 'text-delta Hi', 'text-delta !', 'text-end', 'finish stop']);
    const signed = [{ type: 'reasoning.text', text: 'Hm', format: 'anthropic-claude-v1', index: 0, signature: 's' }];
    for (const type of ['reasoning-end', 'text-end', 'finish']) {
      expect(parts.find((part) => part.type === type)).toMatchObject({ providerMetadata: { openrouter: { reasoning_details: signed } } });
    }
  });

  it('of another thought does not reach into this one', async () => {
    const parts = await partsOf([
      chunk(thought('a', { signature: 's' })), chunk({ content: 'x' }), chunk(thought('b', { index: 1 })), chunk({ content: 'y' }), chunk(thought('', { index: 1, signature: 't' })), last('stop'),
    ]);
    const ends = parts.flatMap((part) => (part.type === 'reasoning-end' ? [part.providerMetadata?.['openrouter']?.['reasoning_details']] : []));
    expect(ends).toMatchObject([[{ text: 'a', signature: 's' }], [{ text: 'b', signature: 't' }]]);
  });
});

describe('an answer', () => {
  it('without any choice is none', async () => {
    await expect(generate(json({ id: 'gen-1', choices: [], usage: USAGE }))).rejects.toSatisfy((error) => NoContentGeneratedError.isInstance(error));
  });

  it('says whose key paid for it', async () => {
    const { providerMetadata } = await generate(answer({ content: 'Hi' }, {}, { usage: { ...USAGE, is_byok: false } }));
    expect(providerMetadata?.['openrouter']?.['usage']).toEqual({ promptTokens: 10, completionTokens: 5, totalTokens: 15, cost: 0.0001, isByok: false });
  });

  it('calls with arguments that end in white space are those arguments', async () => {
    const parts = await partsOf([chunk(call), chunk({ tool_calls: [{ index: 0, function: { arguments: ' ' } }] }), last('tool_calls')]);
    expect(parts.filter((part) => part.type === 'tool-call')).toMatchObject([{ input: '{}' }]);
  });
});

describe('a stream that ends before it began', () => {
  it('is tried again at once, and not after the seconds of a server that is busy', async () => {
    const { openrouter } = serve(sse([], { done: false }));
    await expect(openrouter('acme/atlas').doStream({ prompt: PROMPT })).rejects.toMatchObject({ isRetryable: true, responseHeaders: { 'retry-after-ms': '100' } });
  });
});
