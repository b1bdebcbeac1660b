import { inspect } from 'node:util';
import { tool } from '@langchain/core/tools';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ChatOpenRouter } from '../src/index.js';
import * as entry from '../src/index.js';
import { fakeServer, json, response } from './fake-server.js';

const KEY = 'sk-or-v1-topsecret';
const make = (fetch = fakeServer(() => json(response({ content: 'x' }))).fetch) =>
  new ChatOpenRouter({
    model: 'a/b', apiKey: KEY, fetch, temperature: 0.5, maxTokens: 9, provider: { zdr: true }, headers: { 'x-secret': 'hush-hush' }, profile: { toolCalling: true }, hooks: {},
  });

beforeAll(() => void vi.stubEnv('OPENROUTER_API_KEY', KEY));
afterAll(() => void vi.unstubAllEnvs());

describe('ChatOpenRouter', () => {
  it('is made from a model id, fields, or both', () => {
    expect(new ChatOpenRouter('a/b').model).toBe('a/b');
    expect(new ChatOpenRouter('a/b', { streaming: true })).toMatchObject({ model: 'a/b', streaming: true });
    expect(new ChatOpenRouter({ modelName: 'a/b' })).toMatchObject({ model: 'a/b', modelName: 'a/b' });
    expect(new ChatOpenRouter().model).toBeUndefined();
  });

  it('shows no secret, serialised or inspected', () => {
    const chat = make();
    const shown = [JSON.stringify(chat), inspect(chat, { depth: 9 }), JSON.stringify(chat._identifyingParams()), JSON.stringify(chat.invocationParams())].join();
    expect(shown).not.toContain('topsecret');
    expect(shown).not.toContain('hush-hush');
    expect(JSON.parse(JSON.stringify(chat))).toMatchObject({
      lc: 1, type: 'constructor', id: ['langchain', 'chat_models', 'openrouter', 'ChatOpenRouter'],
      kwargs: { model: 'a/b', temperature: 0.5, provider: { zdr: true }, api_key: { lc: 1, type: 'secret', id: ['OPENROUTER_API_KEY'] } },
    });
  });

  it('shows tracers neither headers nor the key', async () => {
    const seen: unknown[] = [];
    const callbacks = [{ handleChatModelStart: (...args: unknown[]) => void seen.push(args) }];
    await make().invoke('hi', { callbacks, headers: { 'x-own': 'hush-hush' } });
    expect(seen).toHaveLength(1);
    expect(inspect(seen, { depth: 9 })).not.toMatch(/hush-hush|topsecret/);
  });

  it('tells LangSmith and the cache what it is', () => {
    const chat = make();
    expect(chat.getLsParams({ stop: ['X'] })).toEqual({
      ls_provider: 'openrouter', ls_model_type: 'chat', ls_model_name: 'a/b', ls_temperature: 0.5, ls_max_tokens: 9, ls_stop: ['X'],
    });
    expect(chat.invocationParams({ temperature: 1 })).toMatchObject({ model: 'a/b', temperature: 1, max_tokens: 9 });
    expect(chat._identifyingParams()).toMatchObject({ provider: { zdr: true }, model: 'a/b' });
    expect(chat._llmType()).toBe('openrouter');
    expect(chat.profile).toEqual({ toolCalling: true });
    expect(new ChatOpenRouter('a/b').profile).toEqual({});
  });

  it('binds tools', async () => {
    const server = fakeServer(() => json(response({ content: 'x' })));
    const weather = tool(async () => '', { name: 'weather', schema: z.object({ city: z.string() }) });
    const bound = make(server.fetch).bindTools([weather, { type: 'openrouter:datetime' }], { tool_choice: 'any', strict: true });
    await bound.invoke('hi', { temperature: 0 });
    expect(server.bodies[0]).toMatchObject({
      temperature: 0, tool_choice: 'required', tools: [{ type: 'function', function: { name: 'weather', strict: true } }, { type: 'openrouter:datetime' }],
    });
  });

  it('keeps its own copy of what it was made with', async () => {
    const server = fakeServer(() => json(response({ content: 'x' })));
    const fields = { model: 'a/b', apiKey: KEY, fetch: server.fetch, modelKwargs: { a: 1 } as Record<string, unknown>, temperature: 0 };
    const chat = new ChatOpenRouter(fields);
    fields.temperature = 2;
    fields.modelKwargs['a'] = 2;
    await chat.invoke('hi');
    expect(server.bodies[0]).toMatchObject({ a: 1, temperature: 0 });
  });

  it('leaves LangChain its own cache and metadata', async () => {
    const server = fakeServer(() => json(response({ content: 'x' })));
    const chat = new ChatOpenRouter({ model: 'a/b', apiKey: KEY, fetch: server.fetch, cache: true, metadata: { run: 1 }, responseCache: { ttl: 60 }, routerMetadata: false });
    expect(chat.metadata).toMatchObject({ run: 1 });
    expect((await chat.invoke('once')).content).toBe('x');
    expect((await chat.invoke('once')).content).toBe('x');
    expect(server.bodies).toHaveLength(1);
    expect(server.headers[0]).toMatchObject({ 'x-openrouter-cache': 'true', 'x-openrouter-metadata': 'disabled' });
  });

  it('exports what it says', () => {
    expect(Object.keys(entry).sort().join(' ')).toBe(
      'APIError ChatOpenRouter InvalidOptionsError NetworkError NoRouteError OpenRouterAuthError OpenRouterEmbeddings OpenRouterError OpenRouterRateLimitError OpenRouterRerank PolicyConflictError PolicyViolationError StreamError TimeoutError presets',
    );
  });
});
