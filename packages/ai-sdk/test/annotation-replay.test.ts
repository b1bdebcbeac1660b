import { convertToModelMessages, generateText, jsonSchema, readUIMessageStream, streamText, tool, type UIMessage } from 'ai';
import { describe, expect, it } from 'vitest';
import { convertMessages } from '../src/request/convert-messages.js';
import { answer, chunk, last, type SentRequest, serve, sse } from './support/fake-server.js';

const parsed = (hash: string) => ({ type: 'file', file: { hash, name: `${hash}.pdf`, content: [{ type: 'text', text: 'parsed' }] } });
const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } };
const tools = { f: tool({ inputSchema: jsonSchema<object>({ type: 'object' }), execute: () => 'done' }) };
const next = [{ role: 'user' as const, content: 'And then?' }];

/** What the assistant's turn says of files in the last request. */
function sentBack(sent: readonly SentRequest[]): unknown {
  const messages = (sent.at(-1)?.body['messages'] ?? []) as { role: string; annotations?: unknown }[];
  return messages.find(({ role }) => role === 'assistant')?.annotations;
}

const files = [parsed('one'), parsed('two')];

describe('annotations of files', () => {
  it.each([
    ['a text', { content: 'Read.' }],
    ['a tool call alone', { tool_calls: [call] }],
    ['thinking alone', { reasoning: 'Hm.', reasoning_details: [{ type: 'reasoning.text', text: 'Hm.', index: 0 }] }],
    ['nothing', {}],
  ])('of a whole answer go back with %s', async (_, message) => {
    const { openrouter, sent } = serve([answer({ ...message, annotations: files }), answer({ content: 'Hi' })]);
    const { response } = await generateText({ model: openrouter('acme/atlas'), prompt: 'Read it', tools });
    await generateText({ model: openrouter('acme/atlas'), tools, messages: [...response.messages, ...next] });
    expect(sentBack(sent)).toEqual(files);
  });

  it.each([
    ['with the text that they came in', [{ content: 'Read' }, { annotations: files }, { content: '.' }]],
    ['all, though a text closed before the last came', [{ content: 'a' }, { annotations: [files[0]] }, { reasoning: 'b' }, { annotations: [files[1]] }]],
    ['with a tool call alone', [{ annotations: files }, { tool_calls: [call] }]],
    ['with a tool call that began before', [{ content: 'Read.' }, { tool_calls: [call] }, { annotations: files }]],
  ])('of a stream go back %s, over a page too', async (_, deltas) => {
    const { openrouter, sent } = serve([sse([...deltas.map((delta) => chunk(delta)), last('stop')]), answer({ content: 'Hi' })]);
    const result = streamText({ model: openrouter('acme/atlas'), prompt: 'Read it', tools });
    let page: UIMessage | undefined;
    for await (const state of readUIMessageStream({ stream: result.toUIMessageStream() })) page = state;
    if (!page) throw new Error('there is no message');
    for (const messages of [(await result.response).messages, await convertToModelMessages([page], { tools })]) {
      await generateText({ model: openrouter('acme/atlas'), tools, messages: [...messages, ...next] });
      expect(sentBack(sent)).toEqual(files);
    }
  });

  it('give way to what the caller says of the message', () => {
    const providerOptions = { openrouter: { annotations: files } };
    const [message] = convertMessages([{ role: 'assistant', content: [{ type: 'text', text: 'Read.', providerOptions }], providerOptions: { openrouter: { annotations: [] } } }], []);
    expect(message).not.toHaveProperty('annotations');
  });
});
