import { InMemoryCache } from '@langchain/core/caches';
import { load } from '@langchain/core/load';
import { describe, expect, it } from 'vitest';
import { ChatOpenRouter, type ChatOpenRouterInput, OpenRouterEmbeddings, OpenRouterRerank } from '../src/index.js';
import { type FakeServer, fakeServer, json, response } from './fake-server.js';

const server = (): FakeServer => fakeServer(() => json(response({ content: 'x' })));
const make = ({ fetch }: FakeServer, fields: ChatOpenRouterInput): ChatOpenRouter => new ChatOpenRouter('a/b', { apiKey: 'sk-or-v1-topsecret', fetch, ...fields });

describe('guardrails in modelKwargs', () => {
  it('hold once they are bound, whatever is bound later or called with', async () => {
    const { bodies, ...rest } = server();
    const bound = make({ bodies, ...rest }, {}).withConfig({ modelKwargs: { provider: { zdr: true, new_rule: 1 } }, allowUnknownPreferences: true });
    await bound.invoke('hi', { modelKwargs: { user: 'u' } });
    await bound.withConfig({ modelKwargs: { provider: { sort: 'price' } } }).invoke('hi');
    expect(bodies).toMatchObject([{ user: 'u', provider: { zdr: true, new_rule: 1 } }, { provider: { zdr: true, new_rule: 1, sort: 'price' } }]);
  });

  it('are refused where they are bound, if they are none', () => {
    expect(() => make(server(), {}).withConfig({ modelKwargs: { provider: { zdr: 'yes' } } })).toThrow(/zdr/);
  });

  it('are not loosened by changing what a model was made with', async () => {
    const provider = { zdr: true };
    const fields = { apiKey: 'sk-or-v1-topsecret', modelKwargs: { provider } };
    const chat = server();
    const vectors = fakeServer(() => json({ data: [{ index: 0, embedding: [1] }] }));
    const ranks = fakeServer(() => json({ results: [{ index: 0, relevance_score: 1 }] }));
    const model = make(chat, fields);
    const embeddings = new OpenRouterEmbeddings('a/b', { ...fields, fetch: vectors.fetch });
    const reranker = new OpenRouterRerank('a/b', { ...fields, fetch: ranks.fetch });
    provider.zdr = false;
    await Promise.all([model.invoke('hi'), embeddings.embedQuery('hi'), reranker.rerank(['a'], 'hi')]);
    for (const { bodies } of [chat, vectors, ranks]) expect(bodies).toMatchObject([{ provider: { zdr: true } }]);
  });
});

describe('a guardrail that would be lost in silence is refused, and nothing is sent', () => {
  const strict = { provider: { zdr: true } };
  class Strict {
    zdr = true;
  }
  class Getter {
    get zdr(): boolean {
      return true;
    }
  }
  // Wrong on purpose, as plain JavaScript may be.
  const wrong: readonly (readonly [string, object])[] = [
    ['a preference beside provider', { zdr: true }],
    ['the same in camelCase', { dataCollection: 'deny' }],
    ['a body under a name of other frameworks', { extraBody: strict }],
    ['the same in the spelling of the wire', { extra_body: strict }],
    ['one within modelKwargs', { modelKwargs: { extra_body: strict } }],
    ['modelKwargs within modelKwargs', { modelKwargs: { modelKwargs: strict } }],
    ['a Map as modelKwargs', { modelKwargs: new Map(Object.entries(strict)) }],
    ['a Map as provider', { provider: new Map([['zdr', true]]) }],
    ['an instance as provider', { provider: new Strict() }],
    ['an instance in modelKwargs', { modelKwargs: { provider: new Strict() } }],
    ['an instance with getters', { provider: new Getter() }],
    ['a Map to build on', { extends: new Map(Object.entries(strict)) }],
    ['an instance to build on', { extends: [new (class {
      get provider(): object {
        return strict.provider;
      }
    })()] }],
  ];

  it.each(wrong)('%s, of the constructor, bound, and of a call', async (_name, given) => {
    const chat = server();
    const refusal = { name: 'InvalidOptionsError' };
    await expect((async () => make(chat, given).invoke('hi'))()).rejects.toMatchObject(refusal);
    await expect((async () => make(chat, {}).withConfig(given).invoke('hi'))()).rejects.toMatchObject(refusal);
    await expect(make(chat, {}).invoke('hi', given)).rejects.toMatchObject(refusal);
    await expect((async () => new OpenRouterEmbeddings('a/b', { apiKey: 'k', fetch: chat.fetch, ...given }).embedQuery('hi'))()).rejects.toMatchObject(refusal);
    expect(chat.bodies).toEqual([]);
  });
});

describe('a bound policy', () => {
  it('is there when the model is stored and loaded, and a call does not replace it', async () => {
    const chat = fakeServer(() => json(response({ content: 'x' })), () => json({ ...response({ content: 'x' }), provider: 'Azure' }));
    /** What is stored has no functions, so whoever loads it brings them. */
    class Loaded extends ChatOpenRouter {
      static override lc_name(): string {
        return 'ChatOpenRouter';
      }

      constructor(fields: ChatOpenRouterInput) {
        super({ ...fields, fetch: chat.fetch });
      }
    }
    const once = make(chat, { provider: { zdr: true } }).withConfig({ provider: { dataCollection: 'deny' }, verify: 'throw' });
    const stored = JSON.stringify(once.withConfig({ extends: { provider: { only: ['openai'] } } }));
    expect(stored).not.toContain('topsecret');
    const loaded = await load<ChatOpenRouter>(stored, { secretsMap: { OPENROUTER_API_KEY: 'sk-or-v1-other' }, optionalImportsMap: { 'langchain/chat_models/openrouter': { ChatOpenRouter: Loaded } } });
    const { response_metadata: metadata } = await loaded.invoke('hi', { provider: { sort: 'price' } });
    expect(chat.bodies[0]?.provider).toEqual({ zdr: true, data_collection: 'deny', only: ['openai'], sort: 'price' });
    expect(metadata).toMatchObject({ receipt: { verdict: { guardrails: { only: { verdict: 'kept' } } } } });
    await expect(loaded.invoke('hi')).rejects.toMatchObject({ name: 'PolicyViolationError' });
  });
});

describe('what a model shows of itself', () => {
  it('cannot be used to change it', async () => {
    const fake = server();
    const plugins = [{ id: 'web' }];
    const model = make(fake, { provider: { zdr: true }, plugins, modelKwargs: { provider: { only: ['x'] } } });
    plugins.push({ id: 'file-parser' });
    const { modelKwargs, provider } = model;
    for (const part of [provider, model.invocationParams()['provider'], modelKwargs?.['provider']]) expect(part).toSatisfy(Object.isFrozen);
    await model.invoke('hi');
    expect(fake.bodies[0]).toMatchObject({ provider: { zdr: true, only: ['x'] }, plugins: [{ id: 'web' }] });
    expect(fake.bodies[0]?.plugins).toHaveLength(1);
  });

  it('has no bound headers, serialised', () => {
    const bound = make(server(), {}).withConfig({ headers: { 'x-own': 'hush-hush' }, temperature: 0 });
    expect(JSON.stringify(bound)).toContain('temperature');
    expect(JSON.stringify(bound)).not.toContain('hush-hush');
  });
});

describe("LangChain's cache", () => {
  const policies: [string, ChatOpenRouterInput, ChatOpenRouterInput][] = [
    ['provider', { provider: { zdr: true } }, {}],
    ['modelKwargs', { provider: { zdr: true }, modelKwargs: { provider: { only: ['x'] } } }, { provider: { zdr: true } }],
    ['allowedModels', { allowedModels: ['a/*'] }, {}],
    ['region', { region: 'eu' }, {}],
  ];

  it.each(policies)('is not shared by models with different policies, though a call says the same: %s', async (_name, one, other) => {
    const cache = new InMemoryCache(new Map());
    const fake = server();
    const say = { provider: { sort: 'price' }, modelKwargs: { user: 'u' }, allowedModels: ['a/b'], region: 'eu' } as const;
    for (const fields of [one, other, one]) await make(fake, { ...fields, cache }).invoke('hi', say);
    expect(fake.bodies).toHaveLength(2);
    for (const fields of [one, other, one]) await make(fake, { ...fields, cache }).withConfig(say).invoke('hi');
    expect(fake.bodies).toHaveLength(4);
  });
});
