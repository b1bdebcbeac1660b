import { describe, expect, it } from 'vitest';
import { ChatOpenRouter, InvalidOptionsError, OpenRouterRerank } from '../src/index.js';
import { chunk, fakeServer, json, response, sse, usageChunk } from './fake-server.js';

const whole = (message: Record<string, unknown>) => new ChatOpenRouter('a/b', { apiKey: 'k', fetch: fakeServer(() => json(response(message))).fetch }).invoke('hi');
const call = (id: unknown, name: unknown, args: unknown) => ({ id, type: 'function', function: { name, arguments: args } });

describe('no answer is lost over', () => {
  it.each([
    ['text that is none', { content: 5, reasoning_details: { a: 1 }, tool_calls: {} }],
    ['nothing at all', { content: null, reasoning_details: 'none', tool_calls: 'none', annotations: {} }],
  ])('%s', async (_, message) => {
    expect(await whole(message)).toMatchObject({ content: '', tool_calls: [], invalid_tool_calls: [], usage_metadata: { total_tokens: 17 } });
  });

  it('calls that are none, and arguments that a server parsed already', async () => {
    const { tool_calls: valid, invalid_tool_calls: invalid } = await whole({ tool_calls: [null, 'call', call(5, 'tide', { harbour: 'Otter' }), { id: 'b', function: null }, call('c', null, '{}')] });
    expect(valid).toEqual([{ id: 'call_gen-1_0', name: 'tide', args: { harbour: 'Otter' }, type: 'tool_call' }]);
    expect(invalid).toMatchObject([{ id: 'b', name: '' }, { id: 'c', name: '' }]);
  });

  it('names that are null', async () => {
    const server = fakeServer(() => json({ ...response({ content: 'Hi' }), id: null, model: null, provider: null, created: null }));
    const model = new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch, allowedModels: ['a/*'], provider: { ignore: ['azure'] } });
    expect(await model.invoke('hi')).toMatchObject({ content: 'Hi', response_metadata: { receipt: { verdict: { overall: 'unverifiable' } } } });
  });
});

describe('calls that share an id', () => {
  const ids = ['a', 'call_gen-1_1'];
  const calls = [call('a', 'tide', '{}'), call('a', 'depth', '{}')];

  it('get ids of their own, since results are told apart by nothing else', async () => {
    const { tool_calls: called } = await whole({ tool_calls: calls });
    expect(called?.map(({ id }) => id)).toEqual(ids);
  });

  it('do so in a stream too', async () => {
    const server = fakeServer(() => sse([chunk({ tool_calls: calls.map((one, index) => ({ ...one, index })) }), chunk({}, { finish_reason: 'tool_calls' }), usageChunk()]));
    const { tool_calls: called } = await new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch, streaming: true }).invoke('hi');
    expect(called?.map(({ id, name }) => [id, name])).toEqual([[ids[0], 'tide'], [ids[1], 'depth']]);
  });
});

describe('options of a call that are none', () => {
  const server = fakeServer(() => json(response({ content: 'Hi' })));
  const model = new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch });
  // Wrong on purpose, as plain JavaScript may be.
  const invoke = (options: object) => model.invoke('hi', options);

  it('are left out where they are null', async () => {
    await invoke({ tools: null, tool_choice: null, model: null, provider: null, headers: null, modelKwargs: null, signal: null });
    expect(server.bodies.at(-1)).toEqual({ model: 'a/b', messages: [{ role: 'user', content: 'hi' }] });
  });

  it.each<[string, object]>([['tools', { tools: 'tide' }], ['tools', { tools: {} }], ['max_tokens', { maxTokens: Number.NaN }]])('are refused where they mean nothing: %s', async (path, options) => {
    await expect(invoke(options)).rejects.toMatchObject({ name: 'InvalidOptionsError', issues: [{ path }] });
  });
});

describe('a ranking', () => {
  const results = [{ index: 0, relevance_score: 0.1 }, { index: 1, relevance_score: 0.9 }];
  const server = fakeServer(() => json({ results }));
  const reranker = new OpenRouterRerank('a/b', { apiKey: 'k', fetch: server.fetch });

  it('comes best first, in whatever order the server has it', async () => {
    expect(await reranker.rerank(['a', 'b'], 'q')).toEqual([{ index: 1, relevanceScore: 0.9 }, { index: 0, relevanceScore: 0.1 }]);
  });

  it.each<[string, unknown, unknown]>([
    ['documents', ['a', null], 'q'], ['documents', [5], 'q'], ['documents', undefined, 'q'], ['documents', 'secret', 'q'], ['query', ['a'], undefined],
  ])('is not asked for where %s is none, and what came instead is not shown', async (path, documents, query) => {
    const before = server.bodies.length;
    const error: unknown = await reranker.rerank(documents as string[], query as string).catch((thrown: unknown) => thrown);
    expect(InvalidOptionsError.isInstance(error) && error.issues.map((issue) => issue.path)).toEqual([path]);
    expect(String(error)).not.toContain('secret');
    expect(server.bodies).toHaveLength(before);
  });
});
