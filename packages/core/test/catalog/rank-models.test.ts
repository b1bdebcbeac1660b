import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balanced } from '../../src/catalog/balanced.js';
import type { CatalogModel } from '../../src/catalog/model.js';
import { pickModel } from '../../src/catalog/pick-model.js';
import { rankModels } from '../../src/catalog/rank-models.js';
import { cheapest, fastest, longest, smartest, type Strategy } from '../../src/catalog/strategies.js';
import { tasks } from '../../src/catalog/tasks.js';
import { endpoint, indices, row } from './kit.js';

const speed = (p50: number | null, latency: number | null = null) => endpoint('x', { throughput_last_30m: { p50 }, latency_last_30m: { p50: latency } });
const models = [
  row('a/dear', { pricing: { prompt: '0.00001', completion: '0.00003' }, context_length: 200_000, ...indices(70, 80, 60), endpoints: [speed(40, 0.4), speed(90, 0.9)] }),
  row('a/router', { pricing: { prompt: '-1', completion: '-1' }, context_length: null }),
  row('a/cheap', { context_length: 1_000_000, ...indices(30, null, 10), endpoints: [speed(200, 2)] }),
  row('a/free', { pricing: { prompt: '0', completion: '0' }, ...indices(null), endpoints: [speed(null)] }),
];
const order = (by: Strategy, of: readonly CatalogModel[] = models): string[] => rankModels(of, by).map(({ model }) => model.id);

describe('strategies', () => {
  test.each<[string, Strategy, string[]]>([
    ['cheapest', cheapest(), ['a/free', 'a/cheap', 'a/dear', 'a/router']],
    ['fastest', fastest(), ['a/cheap', 'a/dear', 'a/router', 'a/free']],
    ['fastest to the first token', fastest({ by: 'latency' }), ['a/dear', 'a/cheap', 'a/router', 'a/free']],
    ['smartest', smartest(), ['a/dear', 'a/cheap', 'a/router', 'a/free']],
    ['longest', longest(), ['a/cheap', 'a/dear', 'a/free', 'a/router']],
  ])('%s', (_, by, expected) => {
    expect(order(by)).toEqual(expected);
  });

  test('each says what it saw, and what it did not', () => {
    const whyOf = (by: Strategy, id: string): string | undefined => rankModels(models, by).find(({ model }) => model.id === id)?.why;
    expect(whyOf(cheapest(), 'a/cheap')).toBe('1.25 USD per million tokens, 3 of prompt to 1 of completion');
    expect(whyOf(cheapest(), 'a/router')).toBe('the catalogue has no token prices for it');
    expect(whyOf(fastest(), 'a/dear')).toBe('90 tokens per second');
    expect(whyOf(fastest(), 'a/router')).toBe('the catalogue has no endpoints for it');
    expect(whyOf(smartest({ by: 'coding' }), 'a/dear')).toBe('coding index 80');
    expect(whyOf(longest(), 'a/cheap')).toBe('1000000 tokens of context');
  });

  test('the mix decides which is cheap', () => {
    const two = [row('b/reads', { pricing: { prompt: '0.000001', completion: '0.00001' } }), row('b/writes', { pricing: { prompt: '0.000002', completion: '0.000002' } })];
    expect(order(cheapest({ prompt: 20, completion: 1 }), two)).toEqual(['b/reads', 'b/writes']);
    expect(order(cheapest({ prompt: 1, completion: 1 }), two)).toEqual(['b/writes', 'b/reads']);
    expect(() => cheapest({ prompt: 0, completion: 0 })).toThrow(/mix/);
  });

  test('equals share a rank, and keep their order', () => {
    const ranked = rankModels([row('c/one'), row('c/two'), row('c/three', { pricing: { prompt: '0', completion: '0' } })], cheapest());
    expect(ranked.map(({ model, rank }) => [model.id, rank])).toEqual([['c/three', 1], ['c/one', 2], ['c/two', 2]]);
  });
});

describe('balanced', () => {
  test('weighs places, and tells each part', () => {
    expect(order(balanced({ price: 1 }))).toEqual(order(cheapest()));
    expect(order(balanced({ intelligence: 3, price: 1 }))[0]).toBe('a/dear');
    expect(order(balanced({ intelligence: 1, price: 9 }))[0]).toBe('a/free');
    const [best] = rankModels(models, balanced({ intelligence: 3, price: 1 }));
    expect(best?.why).toBe('price ×1: place 0.00, 15 USD per million tokens, 3 of prompt to 1 of completion; intelligence ×3: place 1.00, intelligence index 70');
    expect(best?.score).toBe(0.75);
  });

  test('a model of which nothing is known comes last, not first', () => {
    expect(order(balanced({ coding: 1, price: 1 })).at(-1)).toBe('a/router');
  });

  test.each<[object, RegExp]>([
    [{}, /nothing has a weight/],
    [{ price: 0 }, /nothing has a weight/],
    [{ prize: 1 }, /did you mean "price"/],
    [{ price: -1 }, /weights\.price/],
    [{ price: '2' }, /weights\.price/],
  ])('refuses %j', (weights, message) => {
    expect(() => balanced(weights)).toThrow(message);
  });

  test('law: better in every figure is never ranked lower', () => {
    const figures = fc.record({ price: fc.integer({ min: 1, max: 50 }), index: fc.integer({ min: 1, max: 90 }) });
    fc.assert(
      fc.property(fc.array(figures, { minLength: 2, maxLength: 12 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (all, price, intelligence) => {
        const rows = all.map((one, i) => row(`d/${i}`, { pricing: { prompt: `${one.price}e-6`, completion: `${one.price}e-6` }, ...indices(one.index) }));
        const ranks = new Map(rankModels(rows, balanced({ price, intelligence })).map(({ model, rank }) => [model.id, rank]));
        all.forEach((a, i) => {
          all.forEach((b, j) => {
            if (a.price <= b.price && a.index >= b.index) expect(ranks.get(`d/${i}`)).toBeLessThanOrEqual(ranks.get(`d/${j}`) ?? 0);
          });
        });
      }),
    );
  });
});

test('rankModels refuses what is no strategy', () => {
  // @ts-expect-error -- the name of a strategy instead of one
  expect(() => rankModels(models, 'cheapest')).toThrow(/such as cheapest\(\)/);
  // @ts-expect-error -- not called
  expect(() => rankModels(models, cheapest)).toThrow(/by/);
});

describe('pickModel', () => {
  test('filters by the task, ranks by its weights, and leaves routers out', () => {
    const catalogue = [
      row('openrouter/auto', { ...indices(99, 99, 99) }),
      row('e/coder', { ...indices(50, 90, 70) }),
      row('e/talker', { ...indices(80, 30, 20) }),
      row('e/short', { context_length: 8000, ...indices(99, 99, 99) }),
    ];
    expect(pickModel(tasks.code, catalogue)).toMatchObject({ rank: 1, model: { id: 'e/coder' } });
    expect(pickModel(tasks.longDocuments, catalogue)).toBeUndefined();
    expect(pickModel({ ...tasks.code, weights: { intelligence: 1 } }, catalogue)?.model.id).toBe('e/talker');
  });

  test('tasks are plain data', () => {
    expect(JSON.parse(JSON.stringify(tasks))).toEqual(tasks);
  });

  test('refuses what is no task', () => {
    // @ts-expect-error -- the name of a task instead of one
    expect(() => pickModel('code', models)).toThrow(/tasks\.code/);
  });
});
