import { InMemoryCache } from '@langchain/core/caches';
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

  it.each([
    ['an object', { zdr: true }],
    ['an object of a class', new (class Strict {
      zdr = true;
    })()],
  ])('are not loosened by changing what a model was made with: %s', async (_name, provider) => {
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
