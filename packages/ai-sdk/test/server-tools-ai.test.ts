import { convertToModelMessages, generateText, isStepCount, jsonSchema, readUIMessageStream, streamText, tool, ToolLoopAgent, toUIMessageStream, type UIMessage, validateUIMessages } from 'ai';
import { describe, expect, it, vi } from 'vitest';
import { openRouterTools } from '../src/tools/tools.js';
import { answer, chunk, last, type Reply, serve, sse } from './support/fake-server.js';

const run = { type: 'reasoning.server_tool_call', tool_name: 'openrouter:web_search', tool_call_id: 'st_1', arguments: '{"query":"oslo"}', result: '{"hits":1}', index: 1 };
const unasked = { type: 'reasoning.server_tool_call', tool_name: 'openrouter:datetime', tool_call_id: 'st_2', arguments: '{}', result: 'Saturday', index: 2 };
const thought = { type: 'reasoning.text', text: 'Search.', format: 'unknown', index: 0 };
const details = [thought, run, unasked];
const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'mine', arguments: '{"city":"Oslo"}' } };
const citation = { type: 'url_citation', url_citation: { url: 'https://example.com', title: 'Oslo' } };

const tools = {
  web: openRouterTools.webSearch({ maxResults: 3, allowedDomains: ['example.com'] }),
  mine: tool({ inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } }), execute: ({ city }) => ({ city, degrees: 4 }) }),
};
const loop = { tools, stopWhen: isStepCount(5), prompt: 'Is it cold in Oslo?' } as const;

const steps: readonly Reply[] = [answer({ reasoning_details: details, tool_calls: [call] }, { finish_reason: 'tool_calls' }), answer({ content: 'It is.', annotations: [citation] })];
const streams: readonly Reply[] = [
  sse([...details.map((detail) => chunk({ reasoning_details: [detail] })), chunk({ tool_calls: [call] }), last('tool_calls')]),
  sse([chunk({ content: 'It is.', annotations: [citation] }), last('stop')]),
];

const second = [
  { role: 'user', content: 'Is it cold in Oslo?' },
  { role: 'assistant', content: null, reasoning: 'Search.', reasoning_details: details, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'mine', arguments: '{"city":"Oslo"}' } }] },
  { role: 'tool', tool_call_id: 'call_1', name: 'mine', content: '{"city":"Oslo","degrees":4}' },
];

const toolResults = [
  { toolName: 'web', input: { query: 'oslo' }, output: { hits: 1 }, providerExecuted: true },
  { toolName: 'openrouter:datetime', input: {}, output: 'Saturday', providerExecuted: true, dynamic: true },
  { toolName: 'mine', output: { city: 'Oslo', degrees: 4 } },
];

describe('server tools beside a function, over a loop', () => {
  it('work in generateText', async () => {
    const { openrouter, sent } = serve(steps);
    const result = await generateText({ model: openrouter('acme/atlas'), ...loop });
    expect(result.steps).toHaveLength(2);
    expect(result.steps[0]?.toolResults).toMatchObject(toolResults);
    expect(result.steps[0]?.toolCalls).not.toMatchObject([{ invalid: true }]);
    expect(result.text).toBe('It is.');
    expect(result.sources).toMatchObject([{ sourceType: 'url', url: 'https://example.com' }]);
    expect(result.finishReason).toBe('stop');
    expect(sent[1]?.body['messages']).toEqual(second);
  });

  it('work in streamText', async () => {
    const { openrouter, sent } = serve(streams);
    const result = streamText({ model: openrouter('acme/atlas'), ...loop });
    const types: string[] = [];
    for await (const part of result.stream) types.push(part.type);
    expect(types).not.toContain('error');
    expect(types).not.toContain('tool-error');
    expect(types.filter((type) => type === 'tool-call' || type === 'tool-result')).toEqual(['tool-call', 'tool-result', 'tool-call', 'tool-result', 'tool-call', 'tool-result']);
    expect((await result.steps)[0]?.toolResults).toMatchObject(toolResults);
    expect(await result.text).toBe('It is.');
    expect(sent[1]?.body['messages']).toEqual(second);
  });

  it('work in an agent, which does not go on for what only the server ran', async () => {
    const { openrouter, sent } = serve(answer({ content: 'Ruby 4.', reasoning_details: [run] }));
    const result = await new ToolLoopAgent({ model: openrouter('acme/atlas'), tools }).generate({ prompt: 'Newest Ruby?' });
    expect(result.steps).toHaveLength(1);
    expect(result.toolResults).toMatchObject([toolResults[0]]);
    expect(result.finishReason).toBe('stop');
    expect(sent).toHaveLength(1);
  });

  it('call the callbacks of a tool', async () => {
    const onInputAvailable = vi.fn();
    const { openrouter } = serve(answer({ content: 'Hi', reasoning_details: [run] }));
    await generateText({ model: openrouter('acme/atlas'), tools: { web: openRouterTools.webSearch({ onInputAvailable }) }, prompt: 'Hi' });
    expect(onInputAvailable).toHaveBeenCalledOnce();
    expect(onInputAvailable.mock.calls[0]?.[0]).toMatchObject({ input: { query: 'oslo' }, toolCallId: 'st_1' });
  });

  it.each([
    ['it had to be called', { type: 'tool', toolName: 'web' }],
    ['any had to', 'required'],
  ] as const)('count as called where %s, though only the usage tells of it', async (_, toolChoice) => {
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, server_tool_use_details: { web_search_requests: 1 } };
    const { openrouter } = serve([answer({ content: 'Hi', annotations: [citation] }, {}, { usage }), sse([chunk({ content: 'Hi' }), chunk({}, { finish: 'stop', usage })])]);
    const options = { model: openrouter('acme/atlas'), tools: { web: tools.web }, toolChoice, prompt: 'Hi' } as const;
    const expected = [{ type: 'tool-result', toolCallId: 'server_call_gen-1_0', toolName: 'web', input: {}, output: '', providerExecuted: true, providerMetadata: { openrouter: { inferred_from: 'usage' } } }];
    expect((await generateText(options)).toolResults).toMatchObject(expected);
    expect(await streamText(options).toolResults).toMatchObject(expected);
  });

  it('do not count as called where nothing tells of it', async () => {
    const { openrouter } = serve(answer({ content: 'Hi' }));
    const options = { model: openrouter('acme/atlas'), tools: { web: tools.web }, prompt: 'Hi' } as const;
    await expect(generateText({ ...options, toolChoice: 'required' })).rejects.toThrow('did not contain a tool call');
    expect((await generateText(options)).toolCalls).toEqual([]);
  });

  it('work without any tools of the caller, as when a plugin searched', async () => {
    const { openrouter } = serve(answer({ content: 'Hi', reasoning_details: [run] }));
    const { toolResults: results } = await generateText({ model: openrouter('acme/atlas'), prompt: 'Hi' });
    expect(results).toMatchObject([{ toolName: 'openrouter:web_search', dynamic: true, providerExecuted: true, output: { hits: 1 } }]);
  });
});

describe('server tools in a chat', () => {
  it('show in UI messages, which can be checked, stored and sent back', async () => {
    const { openrouter, sent } = serve([...streams, answer({ content: 'Bye' })]);
    const model = openrouter('acme/atlas');
    const result = streamText({ model, ...loop });
    let message: UIMessage | undefined;
    for await (const state of readUIMessageStream({ stream: toUIMessageStream({ stream: result.stream, tools }) })) message = state;
    expect(message?.parts.filter(({ type }) => type.includes('tool'))).toMatchObject([
      { type: 'tool-web', state: 'output-available', input: { query: 'oslo' }, output: { hits: 1 }, providerExecuted: true },
      { type: 'dynamic-tool', toolName: 'openrouter:datetime', state: 'output-available', output: 'Saturday', providerExecuted: true },
      { type: 'tool-mine', state: 'output-available', output: { degrees: 4 } },
    ]);
    const stored: unknown = JSON.parse(JSON.stringify([{ id: 'u1', role: 'user', parts: [{ type: 'text', text: loop.prompt }] }, { ...message, id: 'a1' }]));
    const checked = await validateUIMessages({ messages: stored });
    const messages = [...(await convertToModelMessages(checked, { tools })), { role: 'user' as const, content: 'Thanks' }];
    await generateText({ model, tools, messages });
    expect(sent[2]?.body['messages']).toEqual([...second, { role: 'assistant', content: 'It is.' }, { role: 'user', content: 'Thanks' }]);
  });
});
