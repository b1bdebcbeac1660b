import { describe, expect, it } from 'vitest';
import { explain } from '../../page/explanation.js';
import { matches } from '../../page/filter.js';
import { createStore, merge, replaceAll } from '../../page/store.js';
import { milliseconds, percent } from '../../page/words.js';
import { createGateway, fail } from '../../src/index.js';
import type { PageList, PageRequest } from '../../src/page/page-request.js';
import { type Body, chat } from '../helpers.js';

async function requestOf(body: Body): Promise<PageRequest> {
  const gateway = createGateway({ scenario: { endpoints: { 'deepinfra/fp8': fail(429) } } });
  await (await chat(gateway, body)).text();
  const { requests: [request] } = (await (await gateway.fetch('http://localhost/__waypost/requests')).json()) as PageList;
  if (request === undefined) throw new Error('nothing was recorded');
  return request;
}

describe('the explanation', () => {
  it('is plain text that says why a request went where it went', async () => {
    const request = await requestOf({ provider: { zdr: true, order: ['deepinfra', 'azure'] }, models: ['borealis/aurora'] });
    expect(explain(request, false)).toMatchInlineSnapshot(`
      "Request 1: POST /api/v1/chat/completions -> 200
      Asked for: acme/atlas, then borealis/aurora
      Served by: acme/atlas at azure (gen-1790000000-5oO1MW7T8R5VaweCCTwr)
      Tokens: 5 in (0 cached), 8 out (0 reasoning)
      Cost: $0.000111

      Routing funnel, with the endpoints that each step left
        Initial Endpoints                  7
        Filter by Guardrails               7
        Filter by Data Policy              5  -2
        Filter by Allowed Providers        5
        Filter by Ignored Providers        5
        Filter by Quantization             5
        Filter by Max Price                5
        Filter by Tool Compatibility       5
        Filter by Model Output Modalities  5
        Filter by Parameters               5
        Add BYOK Endpoints                 5
        Filter by Fallback                 5

      Order, with the chance of being first
        1.  acme/atlas at deepinfra/fp8                    first in 100 %
        2.  acme/atlas at azure                            fallback
        3.  borealis/aurora at google-vertex/europe-west1  fallback
        4.  borealis/aurora at amazon-bedrock              fallback
        5.  borealis/aurora at google-vertex/us-east5      fallback
        -   acme/atlas at openai                           Filter by Data Policy: retains data
        -   borealis/aurora at anthropic                   Filter by Data Policy: retains data

      Attempts
        1.  acme/atlas at deepinfra/fp8  429
        2.  acme/atlas at azure          200

      Policy: kept
        zdr  true  kept, kept
      "
    `);
  });

  it('says times where there are some', async () => {
    const request = await requestOf({});
    const [attempt] = request.attempts;
    if (attempt === undefined) throw new Error('nothing was tried');
    const timed = { ...request, at: 100, durationMs: 12_345, attempts: [{ ...attempt, at: 105, durationMs: 30 }, { ...attempt, status: 0, at: 140, durationMs: undefined }] };
    const text = explain(timed, true);
    expect(text).toContain('Took: 12.3 s\n');
    expect(text).toMatch(/1\. {2}acme\/atlas at \S+ +\S+ +at 5 ms, for 30 ms\n {2}2\. {2}acme\/atlas at \S+ +no answer yet +at 40 ms\n/);
  });

  it('has a word for what did not happen', async () => {
    const gateway = createGateway();
    await gateway.fetch('http://gateway.local/api/v1/models');
    const { requests } = (await (await gateway.fetch('http://localhost/__waypost/requests')).json()) as PageList;
    const text = requests.map((request) => explain(request, false)).join('');
    for (const words of ['The request was not routed.', 'No endpoint could serve.', 'No endpoint was tried.', 'Policy: no guardrails']) expect(text).toContain(words);
  });
});

describe('the filter', () => {
  const all = { search: '', outcome: '', model: '', policy: '' };

  it('looks for every word, in any case, in what is known of a request', async () => {
    const request = await requestOf({ provider: { order: ['deepinfra', 'azure'] } });
    for (const search of ['', '  ', 'HELLO', 'azure 200', 'deepinfra/fp8 429', '#1', 'atlas chat']) expect([search, matches(request, { ...all, search })]).toEqual([search, true]);
    for (const search of ['hello anthropic', '503']) expect([search, matches(request, { ...all, search })]).toEqual([search, false]);
    expect(['served', 'failover', 'failed', 'running', 'left'].filter((outcome) => matches(request, { ...all, outcome }))).toEqual(['served', 'failover']);
    expect(['none', 'kept'].filter((policy) => matches(request, { ...all, policy }))).toEqual(['none']);
  });
});

it('the store holds the newest 500, each as it was told last', async () => {
  const request = await requestOf({});
  const list = (numbers: readonly number[], status: number): PageList => ({ total: 600, timed: false, requests: numbers.map((number) => ({ ...request, number, status })) });
  const store = createStore();
  replaceAll(store, list([1, 2, 3], 0));
  merge(store, list([5, 2], 200));
  expect(store.requests.map(({ number, status }) => [number, status])).toEqual([[1, 0], [2, 200], [3, 0], [5, 200]]);
  merge(store, list(Array.from({ length: 500 }, (_, i) => i + 10), 200));
  expect([store.requests.length, store.requests[0]?.number, store.total]).toEqual([500, 10, 600]);
});

it('shares and times are words that fit', () => {
  expect([percent(1), percent(0.6923), percent(0.004), percent(0)]).toEqual(['100 %', '69.2 %', '0.40 %', '0 %']);
  expect([milliseconds(0), milliseconds(12.4), milliseconds(9999), milliseconds(10_000)]).toEqual(['0 ms', '12 ms', '9999 ms', '10.0 s']);
});
