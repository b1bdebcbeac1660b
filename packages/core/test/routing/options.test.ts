import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import { explain, planRoute, type RouteOptions } from '../../src/routing/index.js';
import { listed, MODEL, plan, priced, tags } from './kit.js';

const LISTING = listed(MODEL, priced('a', 1));

describe('options', () => {
  it.each<[string, unknown]>([
    ['options', 'x'],
    ['options.prompt_tokens', { prompt_tokens: 5 }],
    ['options.unknown', { unknown: 'exclude' }],
    ['options.unsupportedTools', { unsupportedTools: true }],
    ['options.latencyUnit', { latencyUnit: 'ms' }],
    ['options.promptTokens', { promptTokens: Number.NaN }],
    ['options.promptTokens', { promptTokens: '5' }],
    ['options.zdr', { zdr: { error: {} } }],
    ['options.zdr', { zdr: [null] }],
    ['options.facts', { facts: 'all' }],
    ['options.health', { health: [] }],
    ['options.aliases', { aliases: { '~acme/one-latest': 5 } }],
    ['options.sticky', { sticky: { tag: 'a' } }],
    ['options.sticky', { sticky: { tag: 'a', ageMs: Number.NaN } }],
    ['options.output', { output: 5 }],
    ['options.account', { account: 'mine' }],
    ['options.account.dataCollection', { account: { dataCollection: 'deny' } }],
    ['options.account.data_collection', { account: { data_collection: 'denied' } }],
    ['options.account.zdr', { account: { zdr: 'true' } }],
    ['options.account.only', { account: { only: 'a' } }],
    ['options.account.allowedModels', { account: { allowedModels: [5] } }],
    ['options.account.sort', { account: { sort: 'quality' } }],
    ['options.account.byok', { account: { byok: { a: 'priority' } } }],
    ['options.account.byok', { account: { byok: { a: { use: true } } } }],
    ['options.account.byok', { account: { byok: { a: { use: 'fallback', models: 'acme/*' } } } }],
  ])('%s that is none is an error: %j', (path, options) => {
    for (const run of [planRoute, explain]) {
      let caught: unknown;
      try { run({ model: MODEL }, LISTING, options as RouteOptions); } catch (error) { caught = error; }
      expect(InvalidOptionsError.isInstance(caught) && caught.issues.map((issue) => issue.path)).toEqual([path]);
    }
  });

  it('include a source of chance', () => {
    const options: unknown = { rng: 0.5 };
    expect(() => planRoute({ model: MODEL }, LISTING, options as RouteOptions)).toThrow('options.rng: expected a function, got 0.5');
  });

  it.each<[string, unknown]>([
    ['all of them', null],
    ['each of them', { health: null, facts: null, zdr: null, account: null, rng: null, aliases: null, unknown: null, promptTokens: null, sticky: null, output: null, unsupportedTools: null }],
    ['settings of the account', { account: { only: null, ignore: null, allowedModels: null, byok: null, zdr: null, sort: null } }],
  ])('may be null: %s', (_name, options) => {
    expect(tags(plan({ provider: { zdr: true }, session_id: 's' }, [priced('a', 1)], options as RouteOptions))).toEqual(['a']);
    expect(explain({ model: MODEL }, LISTING, options as RouteOptions).status).toBe('routable');
  });

  it('hold an age that a clock going back has made negative', () => {
    const cached = priced('a', 1, { pricing: { prompt: '1', completion: '1', input_cache_read: '0.1' } });
    expect(plan({ session_id: 's' }, [cached], { sticky: { tag: 'a', ageMs: -5 } }).sticky?.applies).toBe(true);
  });
});
