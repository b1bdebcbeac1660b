import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatOpenRouter, type ChatOpenRouterInput, InvalidOptionsError, OpenRouterAuthError } from '../src/index.js';

// What code that was written for @langchain/openrouter finds again.

beforeEach(() => {
  vi.stubEnv('OPENROUTER_API_KEY', 'sk-env');
  vi.stubEnv('OPENROUTER_SESSION_ID', undefined);
});
afterEach(() => void vi.unstubAllEnvs());

const every: ChatOpenRouterInput = {
  model: 'anthropic/claude-sonnet-4.6', apiKey: 'sk-own', temperature: 0.5, maxTokens: 1024, topP: 0.9, topK: 40, frequencyPenalty: 0.1, presencePenalty: 0.2,
  repetitionPenalty: 1.1, minP: 0.05, topA: 0.3, seed: 42, stop: ['\n'], logitBias: { '50256': -100 }, topLogprobs: 3, user: 'user-1', transforms: ['middle-out'],
  models: ['a/b', 'c/d'], route: 'fallback', provider: { order: ['OpenAI'] }, plugins: [{ id: 'web' }], sessionId: 'session-1', trace: { trace_id: 'trace-1' },
  siteUrl: 'https://a.test', siteName: 'A', appCategories: ['cli-agent'], modelKwargs: { extra: 1 }, streamUsage: false, baseURL: 'https://proxy.test/v1',
};

/** The headers that code reads which looks at the private method of the official one. */
const headersOf = (model: ChatOpenRouter): Record<string, string> => (model as unknown as { buildHeaders(): Record<string, string> }).buildHeaders();

describe('the constructor', () => {
  it('has every field of its input as a field', () => {
    const model = new ChatOpenRouter({ ...every });
    for (const [name, value] of Object.entries(every)) expect([name, Reflect.get(model, name)]).toEqual([name, value]);
    expect(model.modelName).toBe(every.model);
  });

  it('has the same defaults, but for attribution, which is nobody’s', () => {
    const model = new ChatOpenRouter({ model: 'a/b' });
    expect(model).toMatchObject({ apiKey: 'sk-env', baseURL: 'https://openrouter.ai/api/v1', streamUsage: true });
    expect([model.siteUrl, model.siteName, model.appCategories, model.sessionId, model.temperature]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(headersOf(model)).toEqual({});
  });

  it('refuses to go without a key', () => {
    vi.stubEnv('OPENROUTER_API_KEY', undefined);
    const refused = (make: () => unknown): unknown => {
      try {
        return make();
      } catch (error) {
        return error;
      }
    };
    const error = refused(() => new ChatOpenRouter({ model: 'a/b' }));
    expect(OpenRouterAuthError.isInstance(error)).toBe(true);
    expect(error).toBeInstanceOf(OpenRouterAuthError);
    expect(InvalidOptionsError.isInstance(error)).toBe(true);
    expect(OpenRouterAuthError.isInstance(refused(() => new ChatOpenRouter({ model: 'a/b', apiKey: 'k', provider: { only: [] } })))).toBe(false);
    expect(refused(() => new ChatOpenRouter({ model: 'a/b', headers: { authorization: 'Bearer x' } }))).toBeInstanceOf(ChatOpenRouter);
  });

  it('takes attribution under either name, and none where it is empty', () => {
    expect(headersOf(new ChatOpenRouter({ ...every }))).toEqual({ 'HTTP-Referer': 'https://a.test', 'X-Title': 'A', 'X-OpenRouter-Categories': 'cli-agent' });
    expect(new ChatOpenRouter({ model: 'a/b', appUrl: 'https://b.test', appTitle: 'B' })).toMatchObject({ siteUrl: 'https://b.test', siteName: 'B' });
    expect(headersOf(new ChatOpenRouter({ model: 'a/b', siteUrl: '', siteName: '', appCategories: [] }))).toEqual({});
    expect(headersOf(new ChatOpenRouter({ model: 'a/b', appCategories: ['cli-agent', 'programming-app'] }))).toEqual({ 'X-OpenRouter-Categories': 'cli-agent,programming-app' });
  });

  it('lets a setting be changed later', () => {
    const model = new ChatOpenRouter({ model: 'a/b', temperature: 0.1 });
    Object.assign(model, { temperature: 0.9, model: 'c/d' });
    expect(model.invocationParams({})).toMatchObject({ temperature: 0.9, model: 'c/d' });
  });
});

describe('invocationParams', () => {
  it('has the call’s word over the constructor’s, in wire spelling', () => {
    const model = new ChatOpenRouter({ model: 'a/b', temperature: 0.7, maxTokens: 500, topK: 50 });
    expect(model.invocationParams({ temperature: 0.2, maxTokens: 100 })).toMatchObject({ temperature: 0.2, max_tokens: 100, top_k: 50 });
    expect(model.invocationParams({})).toEqual({ model: 'a/b', temperature: 0.7, max_tokens: 500, top_k: 50 });
  });

  it('has what is OpenRouter’s own', () => {
    const params = new ChatOpenRouter({ ...every }).invocationParams({ prediction: { type: 'content', content: 'x' } });
    expect(params).toMatchObject({
      transforms: ['middle-out'], models: ['a/b', 'c/d'], route: 'fallback', provider: { order: ['OpenAI'] }, plugins: [{ id: 'web' }],
      session_id: 'session-1', trace: { trace_id: 'trace-1' }, prediction: { type: 'content', content: 'x' }, extra: 1,
    });
  });

  it('leaves out what nobody states', () => {
    const params = new ChatOpenRouter({ model: 'a/b' }).invocationParams({});
    for (const name of ['session_id', 'trace', 'prediction', 'provider', 'tools']) expect(params).not.toHaveProperty(name);
  });

  it('has the session of the environment, of the constructor, or of the call', () => {
    vi.stubEnv('OPENROUTER_SESSION_ID', 'of-env');
    const model = new ChatOpenRouter({ model: 'a/b' });
    expect([model.sessionId, model.invocationParams({})['session_id']]).toEqual(['of-env', 'of-env']);
    const own = new ChatOpenRouter({ model: 'a/b', sessionId: 'own', trace: { a: 1 } });
    expect([own.sessionId, own.invocationParams({})['session_id']]).toEqual(['own', 'own']);
    expect(own.invocationParams({ sessionId: 'call', trace: { b: 2 } })).toMatchObject({ session_id: 'call', trace: { b: 2 } });
    expect(own).toMatchObject({ sessionId: 'own', trace: { a: 1 } });
    expect(own.invocationParams({})).toMatchObject({ session_id: 'own', trace: { a: 1 } });
    expect(new ChatOpenRouter({ model: 'a/b', sessionId: '' }).invocationParams({})).not.toHaveProperty('session_id');
    vi.stubEnv('OPENROUTER_SESSION_ID', '');
    expect(new ChatOpenRouter({ model: 'a/b' }).invocationParams({})).not.toHaveProperty('session_id');
  });
});

describe('what a model tells about itself', () => {
  it('to LangSmith: every name, known or not', () => {
    const model = new ChatOpenRouter({ model: 'a/b', temperature: 0.3, maxTokens: 256 });
    expect(model.getLsParams({ stop: ['END'] })).toEqual({
      ls_provider: 'openrouter', ls_model_name: 'a/b', ls_model_type: 'chat', ls_temperature: 0.3, ls_max_tokens: 256, ls_stop: ['END'],
    });
    expect(Object.keys(new ChatOpenRouter({ model: 'a/b' }).getLsParams({})).sort()).toEqual(['ls_max_tokens', 'ls_model_name', 'ls_model_type', 'ls_provider', 'ls_stop', 'ls_temperature']);
  });

  it('to whoever serialises it', () => {
    const model = new ChatOpenRouter('a/b', { apiKey: 'sk-secret', temperature: 0.3, tags: ['t'], metadata: { m: 1 }, maxRetries: 2 });
    expect([model._llmType(), model._modelType(), model.getName()]).toEqual(['openrouter', 'base_chat_model', 'ChatOpenRouter']);
    expect([model.lc_secrets, model.lc_aliases, model.lc_id]).toEqual([{ apiKey: 'OPENROUTER_API_KEY' }, { modelName: 'model' }, ['langchain', 'chat_models', 'openrouter', 'ChatOpenRouter']]);
    const kwargs = { model: 'a/b', temperature: 0.3, max_retries: 2, tags: ['t'], metadata: { m: 1 }, api_key: { lc: 1, type: 'secret', id: ['OPENROUTER_API_KEY'] } };
    expect(JSON.parse(JSON.stringify(model))).toMatchObject({ lc: 1, type: 'constructor', kwargs });
    expect(JSON.stringify(model)).not.toContain('sk-secret');
  });

  it('to chains: which options a call may have', () => {
    const names = 'stop timeout signal tags metadata callbacks outputVersion tools tool_choice response_format seed strict temperature maxTokens topP topK frequencyPenalty presencePenalty repetitionPenalty minP topA logitBias topLogprobs user transforms models route provider plugins sessionId trace prediction';
    expect(new ChatOpenRouter('a/b').callKeys).toEqual(expect.arrayContaining(names.split(' ')));
  });
});
