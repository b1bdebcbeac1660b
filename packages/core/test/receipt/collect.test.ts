import { describe, expect, test } from 'vitest';
import { type CollectorOptions, createReceiptCollector } from '../../src/receipt/collect.js';
import { sharesData } from '../../src/receipt/shares-data.js';
import { costOfUsage, tokenUsage } from '../../src/receipt/token-usage.js';

function setup(more: Partial<CollectorOptions> = {}) {
  let time = 1000;
  const options: CollectorOptions = { now: () => time, requested: ['a/one', 'b/two'], policy: {}, provider: undefined, overruled: [], detail: 'full', ...more };
  return { collector: createReceiptCollector(options), wait: (ms: number) => void (time += ms) };
}
const attempt = (outcome: 'ok' | 'error', models: string[], reason?: string) => ({ models, outcome, durationMs: 1, ...(reason && { reason }) });

describe('fallbackUsed', () => {
  test.each([
    ['the first model, at once', [attempt('ok', ['a/one', 'b/two'])], { model: 'a/one-2026' }, false],
    ['another of the chain', [attempt('ok', ['a/one', 'b/two'])], { model: 'b/two' }, true],
    ['a model of no known name', [attempt('ok', ['a/one', 'b/two'])], { model: 'c/three' }, false],
    ['another window', [attempt('error', ['a/one']), attempt('ok', ['b/two'])], {}, true],
    ['the same window, tried again', [attempt('error', ['a/one']), attempt('ok', ['a/one'])], {}, false],
    ['a second endpoint', [attempt('ok', ['a/one'])], { model: 'a/one', router: { attempt: 2 } }, true],
    ['none: all failed', [attempt('error', ['a/one']), attempt('error', ['b/two'])], {}, false],
  ])('%s', (_, attempts, served, expected) => {
    const { collector } = setup();
    attempts.forEach((one) => collector.attempt(one));
    expect(collector.receipt(served)?.fallbackUsed).toBe(expected);
  });
});

test('names that a server sends as null, empty or as no text name nobody', () => {
  const { collector } = setup({ policy: { only: ['azure'], ignore: ['openai'], allowedModels: [['a/*']] } });
  // As JSON from outside may be.
  const odd: object[] = [{ id: null, model: null, provider: null }, { id: 5, model: {}, provider: [] }, { id: '', model: '', provider: '' }];
  for (const served of odd) {
    expect(collector.verdict(served)).toMatchObject({ overall: 'unverifiable', guardrails: { only: { verdict: 'unverifiable' }, ignore: { verdict: 'unverifiable' }, allowedModels: { verdict: 'unverifiable' } } });
    expect(collector.receipt(served)).not.toHaveProperty('served');
    expect(collector.receipt(served)).not.toHaveProperty('id');
  }
});

test('times count from the start, and the first content only once', () => {
  const { collector, wait } = setup();
  wait(30);
  collector.firstToken();
  wait(30);
  collector.firstToken();
  expect(collector.receipt({})?.timing).toEqual({ firstTokenMs: 30, totalMs: 60 });
});

test('plain JSON without holes; summary leaves the long parts out, off everything', () => {
  const { collector } = setup({ provider: { zdr: true }, policy: { zdr: true, region: 'eu', allowedModels: [['a/*']] } });
  const receipt = collector.receipt({ usage: { prompt_tokens: 1 }, router: { strategy: 'direct' } });
  expect(JSON.parse(JSON.stringify(receipt))).toEqual(receipt);
  expect(receipt).toMatchObject({ policy: { provider: { zdr: true }, region: 'eu', allowedModels: [['a/*']] }, attempts: [], router: { strategy: 'direct' }, rawUsage: { prompt_tokens: 1 } });
  const summary = setup({ detail: 'summary' }).collector.receipt({ usage: { prompt_tokens: 1 }, router: {} });
  expect(['policy', 'attempts', 'router', 'rawUsage'].filter((key) => key in (summary ?? {}))).toEqual([]);
  expect(setup({ detail: 'off' }).collector.receipt({})).toBeUndefined();
});

test.each([
  ['rate-limit', false], ['no-route', false], ['model-not-found', false], ['not-found', false], ['authentication', false], ['credits', false],
  ['server', true], ['timeout', true], ['network', true], ['stream', true], ['unknown', true],
])('after a failure for %s the cost is partial: %s', (reason, partial) => {
  const { collector } = setup();
  collector.attempt(attempt('error', ['a/one'], reason));
  expect(collector.receipt({ usage: { cost: 1 } })?.cost).toEqual({ total: 1, partial });
});

describe('usage', () => {
  test('by kind; what is not told is absent, not zero', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 4 }, completion_tokens_details: { reasoning_tokens: null } };
    expect(tokenUsage(usage)).toEqual({ inputTokens: 1, outputTokens: 2, totalTokens: 3, cachedInputTokens: 0, cacheWriteTokens: 4 });
    expect([tokenUsage(undefined), tokenUsage(null), tokenUsage({ prompt_tokens_details: null })]).toEqual([undefined, undefined, {}]);
  });

  test('cost: own, upstream and whose key', () => {
    expect(costOfUsage({ cost: 0, is_byok: true, cost_details: { upstream_inference_cost: 0.5 } }, false)).toEqual({ total: 0, upstream: 0.5, isByok: true, partial: false });
    expect([costOfUsage({ cost: null }, false), costOfUsage(undefined, false), costOfUsage({ cost: 1 }, true)]).toEqual([{ partial: true }, { partial: true }, { total: 1, partial: true }]);
  });
});

test('options of providers, which are free text, are told by their slugs alone', () => {
  const options = { openai: { instructions: 'say: my private prompt' } };
  const { collector } = setup({ provider: { sort: 'price', options } });
  expect(collector.receipt({})?.policy).toEqual({ provider: { sort: 'price', options: { openai: {} } } });
  expect(options.openai).toHaveProperty('instructions');
});

describe('sharesData', () => {
  test.each([
    [{ tools: [{ type: 'function', function: { name: 'web' } }], plugins: [{ id: 'response-healing' }] }, false],
    [{ tools: [{ type: 'openrouter:web_search' }] }, true],
    [{ tools: [{ type: 'web_search_preview' }] }, true],
    [{ tools: [{ type: 'openrouter:a_new_one' }] }, true],
    [{ tools: [{ type: 'openrouter:datetime' }, { type: 'openrouter:experimental__search_models' }] }, false],
    [{ plugins: [{ id: 'file-parser' }] }, true],
    [{ plugins: [{ id: 'web', enabled: false }] }, false],
    [{ preset: 'mine' }, true],
    [{ tools: 'odd', plugins: [null, 5] }, false],
  ])('%j: %s', (body, expected) => {
    expect(sharesData(body, ['a/b'])).toBe(expected);
  });

  test.each([['a/b:online', true], ['a/b:free:online', true], ['a/b@preset/mine', true], ['a/b:nitro', false], ['a/online', false]])('%s: %s', (id, expected) => {
    expect(sharesData({}, ['x/y', id])).toBe(expected);
  });
});
