import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import { PolicyConflictError } from '../../src/errors/policy-conflict-error.js';
import type { Policy } from '../../src/policy/policy.js';
import { printPolicy } from '../../src/policy/print.js';
import { createReport } from '../../src/policy/report.js';
import { type ChainEntry, chainOf, checkModels, windowsOf } from '../../src/request/chain.js';
import type { Window } from '../../src/transport/types.js';

const messages = [{ role: 'user' as const, content: 'Hi' }];
const entries = (...models: readonly (string | ChainEntry)[]): readonly ChainEntry[] => models.map((one) => (typeof one === 'string' ? { model: one } : one));
const windows = (model: string | undefined, models: readonly ChainEntry[], policy: Policy = {}, tierEndpoints = false): readonly Window[] =>
  windowsOf({ body: { messages }, model, models, chain: chainOf(model, models), policy, provider: printPolicy(policy, tierEndpoints), tierEndpoints });
const named = (all: readonly Window[]): unknown => all.map(({ body: { model, models } }) => ({ ...(model && { model }), ...(models && { models }) }));

describe('a chain that the server can take', () => {
  it('is sent as written', () => {
    expect(named(windows('a/a', []))).toEqual([{ model: 'a/a' }]);
    expect(named(windows(undefined, []))).toEqual([{}]);
    expect(named(windows('a/a', entries('a/a', 'b/b')))).toEqual([{ model: 'a/a', models: ['a/a', 'b/b'] }]);
    expect(named(windows(undefined, entries('a/a', 'b/b', 'c/c')))).toEqual([{ models: ['a/a', 'b/b', 'c/c'] }]);
    // `model` does not count among the three
    expect(named(windows('a/a', entries('b/b', 'c/c', 'd/d')))).toEqual([{ model: 'a/a', models: ['b/b', 'c/c', 'd/d'] }]);
  });

  it('carries the policy and tells its models without repetitions', () => {
    expect(windows('a/a', entries('a/a', 'b/b'), { zdr: true, ignore: ['openai'] }, true)).toEqual([
      {
        models: ['a/a', 'b/b'],
        body: { model: 'a/a', models: ['a/a', 'b/b'], messages, provider: { zdr: true, ignore: ['openai', 'openai/flex', 'openai/priority'] } },
      },
    ]);
  });
});

describe('a longer chain', () => {
  it('goes out in windows of three', () => {
    expect(named(windows('a/a', entries('b/b', 'c/c', 'd/d', 'e/e')))).toEqual([{ model: 'a/a', models: ['b/b', 'c/c'] }, { model: 'd/d', models: ['e/e'] }]);
    expect(named(windows(undefined, entries('a/a', 'b/b', 'c/c', 'd/d')))).toEqual([{ model: 'a/a', models: ['b/b', 'c/c'] }, { model: 'd/d' }]);
  });

  it('is measured without repetitions', () => {
    expect(named(windows('a/a', entries('a/a', 'b/b', 'a/a', 'c/c')))).toEqual([{ model: 'a/a', models: ['b/b', 'c/c'] }]);
  });

  it('keeps every model once, in order, three at most to a window and an entry with limits alone, under the whole policy', () => {
    const entry = fc.record({ id: fc.integer({ min: 0, max: 9 }), price: fc.option(fc.constantFrom(1, 5), { nil: undefined }), timeout: fc.option(fc.constantFrom(10, 20), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), fc.boolean(), (rows, first) => {
        const models = rows.map(({ id, price, timeout }): ChainEntry => ({ model: `m/${id}`, ...(price && { maxPrice: { prompt: price } }), ...(timeout && { timeout }) }));
        const model = first ? 'm/first' : undefined;
        const all = windows(model, models, { zdr: true, max_price: { prompt: 3 } });
        const chain = [...new Set([...(first ? ['m/first'] : []), ...models.map((one) => one.model)])];
        expect(all.flatMap((one) => one.models)).toEqual(chain);
        for (const { models: travelling, body, timeout } of all) {
          const limits = models.filter((one) => travelling.includes(one.model) && (one.maxPrice ?? one.timeout));
          if (limits.length > 0) expect(travelling).toHaveLength(1);
          expect(body.models?.length ?? 0).toBeLessThanOrEqual(3);
          expect([...new Set([...(body.model ? [body.model] : []), ...(body.models ?? [])])]).toEqual(travelling);
          expect(body.provider).toEqual({ zdr: true, max_price: { prompt: Math.min(3, ...limits.map((one) => one.maxPrice?.prompt ?? 3)) } });
          expect(timeout ?? Infinity).toBe(Math.min(Infinity, ...limits.map((one) => one.timeout ?? Infinity)));
        }
      }),
    );
  });

  it('splits around an entry with limits, which only tighten', () => {
    const all = windows('a/a', entries('b/b', { model: 'c/c', maxPrice: { prompt: 9, completion: 1 }, timeout: 500 }, 'd/d'), { max_price: { prompt: 2 } });
    expect(all.map(({ models, timeout, body }) => [models, timeout, body.provider?.max_price])).toEqual([
      [['a/a', 'b/b'], undefined, { prompt: 2 }],
      [['c/c'], 500, { prompt: 2, completion: 1 }],
      [['d/d'], undefined, { prompt: 2 }],
    ]);
  });

  it('keeps the tighter limits of a model named twice', () => {
    expect(chainOf('a/a', entries({ model: 'a/a', maxPrice: { prompt: 1 }, timeout: 9 }, { model: 'a/a', maxPrice: { prompt: 5, request: 2 }, timeout: 4 }, 'a/a'))).toEqual([
      { model: 'a/a', maxPrice: { prompt: 1, request: 2 }, timeout: 4 },
    ]);
  });

  it('cannot be ranked as one list', () => {
    const policy: Policy = { sort: { by: 'price', partition: 'none' } };
    expect(() => windows('a/a', entries('b/b', 'c/c', 'd/d', 'e/e'), policy)).toThrow(PolicyConflictError);
    expect(() => windows('a/a', entries({ model: 'b/b', timeout: 5 }), policy)).toThrow(PolicyConflictError);
    expect(windows('a/a', entries('b/b', 'c/c', 'd/d'), policy)).toHaveLength(1);
    // one model has nothing to be split from
    expect(windows(undefined, entries({ model: 'b/b', timeout: 5 }), policy)).toHaveLength(1);
    expect(windows('a/a', entries('b/b', 'c/c', 'd/d', 'e/e'), { sort: { by: 'price', partition: 'model' } })).toHaveLength(2);
  });
});

describe('checkModels', () => {
  const check = (value: unknown): [unknown, readonly string[]] => {
    const report = createReport();
    const models = checkModels(value, 'models', report);
    return [models, report.issues.map((one) => `${one.path}: ${one.message} (${one.suggestion})`)];
  };

  it('takes ids and entries with limits, in either spelling', () => {
    expect(check(['a/a', { model: 'b/b', max_price: { prompt: '2' }, timeout: 5 }, { model: 'c/c', maxPrice: null, timeout: null }, { model: 'd/d', maxPrice: {} }])).toEqual([
      [{ model: 'a/a' }, { model: 'b/b', maxPrice: { prompt: 2 }, timeout: 5 }, { model: 'c/c' }, { model: 'd/d' }],
      [],
    ]);
    expect(check(null)).toEqual([undefined, []]);
  });

  it.each<[unknown, string]>([
    ['a/a', 'models: expected an array of models, got "a/a" (write ["a/a"])'],
    [[1], 'models[0]: expected a model id'],
    [[null], 'models[0]: expected a model id'],
    [[{ id: 'a/a' }], 'models[0]: expected a model id'],
    [[{ model: 'a/a', maxprice: 1 }], 'models[0].maxprice: is not a known key'],
    [[{ model: 'a/a', maxPrice: { prompt: -1 } }], 'models[0].maxPrice.prompt: expected a number that is not negative'],
    [[{ model: 'a/a', maxPrice: { prompt: 1 }, max_price: { prompt: 2 } }], 'models[0].maxPrice: is given twice'],
    [[{ model: 'a/a', timeout: -1 }], 'models[0].timeout: expected milliseconds, got -1'],
    [[{ model: 'a/a', timeout: Number.NaN }], 'models[0].timeout: expected milliseconds, got NaN'],
    [[{ model: 'a/a', timeout: '5s' }], 'models[0].timeout: expected milliseconds, got "5s"'],
  ])('%j is an issue', (value, says) => {
    const [, issues] = check(value);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain(says);
  });

  it('a misspelt id is told with its place', () => {
    try {
      chainOf('a/a', entries('b/b', 'c c'));
      expect.unreachable();
    } catch (error) {
      expect(InvalidOptionsError.isInstance(error) && error.issues[0]?.path).toBe('models[1]');
    }
  });
});
