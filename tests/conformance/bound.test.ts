import type { CallOptions } from '@waypost/core';
import { createGateway, reply } from '@waypost/testing';
import { ChatOpenRouter } from '@waypost/langchain';
import { describe, expect, it } from 'vitest';
import { complete } from './support/run.js';

const gatewayed = (): { model: ChatOpenRouter; sent: () => unknown[] } => {
  const gateway = createGateway({ scenario: { reply: reply.text('Yes') } });
  const { apiKey, baseURL, fetch } = { ...complete({}, gateway).client };
  const model = new ChatOpenRouter('acme/atlas', { apiKey, baseURL, fetch, maxRetries: 0 });
  return { model, sent: () => gateway.requests.map(({ body }) => (body as { provider?: unknown }).provider) };
};

// LangChain merges options by replacing: without care, a call's `provider` would replace the whole of a bound one.
describe('options bound to a LangChain model', () => {
  const guard = { provider: { zdr: true, data_collection: 'deny' } } as const;
  const loose: CallOptions = { provider: { zdr: false, data_collection: 'allow', sort: 'price' } };
  const expected = { zdr: true, data_collection: 'deny', sort: 'price' };

  it('hold against a call', async () => {
    const { model, sent } = gatewayed();
    await model.withConfig(guard).invoke('Hi', loose);
    for await (const chunk of await model.withConfig(guard).stream('Hi', loose)) expect(chunk).toBeDefined();
    await model.withConfig(guard).batch(['Hi'], loose);
    expect(sent()).toEqual([expected, expected, expected]);
  });

  it('hold against options bound later, and those against others again', async () => {
    const { model, sent } = gatewayed();
    const bound = model.withConfig(guard).withConfig({ provider: { max_price: { prompt: 5 } } }).withConfig({ tags: ['a'] });
    await bound.invoke('Hi', { provider: { zdr: false, max_price: { prompt: 50 }, sort: 'price' } });
    expect(sent()).toEqual([{ ...expected, max_price: { prompt: 5 } }]);
  });

  it('hold with tools and structured output', async () => {
    const { model, sent } = gatewayed();
    const tool = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };
    await model.bindTools([tool], guard).invoke('Hi', loose);
    expect(sent()).toEqual([expected]);
  });

  it('leave the model itself as it was', async () => {
    const { model, sent } = gatewayed();
    model.withConfig(guard);
    await model.invoke('Hi');
    expect(sent()).toEqual([undefined]);
  });

  it('are checked when they are bound', () => {
    const { model } = gatewayed();
    expect(() => model.withConfig({ provider: { data_collection: 'denyy' as 'deny' } })).toThrow(/"denyy".*"deny"/);
  });

  it('tell cached answers of differently bound models apart', () => {
    const { model } = gatewayed();
    const params = (bound: unknown): unknown => (bound as { bound: ChatOpenRouter }).bound._identifyingParams();
    expect(params(model.withConfig(guard))).not.toEqual(params(model.withConfig({ provider: { zdr: true } })));
    expect(params(model.withConfig({ tags: ['a'] }))).toEqual(model._identifyingParams());
  });
});
