import { describe, expect, it } from 'vitest';
import { PolicyConflictError } from '../../src/errors/policy-conflict-error.js';
import { foldLayers, type FoldedPolicy } from '../../src/policy/fold.js';
import type { PolicyOptions } from '../../src/policy/layer-policy.js';
import { printPolicy } from '../../src/policy/print.js';
import type { ProviderPreferences } from '../../src/wire/provider-preferences.js';
import { parsed } from './universe.js';

type Preferences = PolicyOptions['provider'];
const names = ['client', 'model', 'call'];

const foldOptions = (...options: readonly PolicyOptions[]): FoldedPolicy =>
  foldLayers(options.map((one, i) => parsed(one, names[i] ?? `layer ${i}`)));
const fold = (...layers: readonly Preferences[]): FoldedPolicy => foldOptions(...layers.map((provider) => ({ provider })));
const send = (...layers: readonly Preferences[]): ProviderPreferences | undefined => printPolicy(fold(...layers).policy);

function conflict(run: () => unknown): PolicyConflictError {
  try {
    run();
  } catch (error) {
    if (PolicyConflictError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('only', () => {
  it('keeps what both lists match', () => {
    expect(send({ only: ['deepinfra'] }, { only: ['deepinfra/turbo'] })).toEqual({ only: ['deepinfra/turbo'] });
    expect(send({ only: ['deepinfra/turbo'] }, { only: ['deepinfra'] })).toEqual({ only: ['deepinfra/turbo'] });
    expect(send({ only: ['azure', 'openai', 'groq'] }, { only: ['groq', 'azure'] })?.only).toEqual(['azure', 'groq']);
  });

  it('does not count a tier endpoint as part of its provider', () => {
    expect(conflict(() => fold({ only: ['openai'] }, { only: ['openai/flex'] })).field).toBe('provider.only');
    expect(send({ only: ['openai', 'openai/flex'] }, { only: ['openai/flex'] })).toEqual({ only: ['openai/flex'] });
  });

  it('names both layers where nothing is left', () => {
    const error = conflict(() => fold({ only: ['azure'] }, {}, { only: ['openai'] }));
    expect(error.layers).toEqual(['client', 'call']);
    expect(error.message).toContain('"azure"');
    expect(error.message).toContain('(call)');
    expect(error.suggestion).toBeTruthy();
  });

  it('bounds order, also where the order would open a tier endpoint', () => {
    expect(send({ only: ['openai', 'azure'] }, { order: ['groq', 'openai/flex', 'azure'] })).toEqual({ order: ['azure'], only: ['openai', 'azure'] });
    expect(send({ only: ['openai'] }, { order: ['openai/flex'] })).toEqual({ only: ['openai'] });
  });
});

describe('a closed list', () => {
  const closed = { order: ['azure', 'openai', 'groq'], allow_fallbacks: false };

  it('is run through in the sequence of an inner order, which cannot leave it', () => {
    expect(send(closed, { order: ['groq', 'mistral', 'azure'] })).toEqual({ order: ['groq', 'azure', 'openai'], allow_fallbacks: false });
  });

  it('does not take in an inner entry that is ignored', () => {
    const ignoring = { order: ['azure'], ignore: ['azure/turbo'], allow_fallbacks: false };
    expect(send(ignoring, { order: ['azure/turbo'] })).toEqual(ignoring);
  });

  it('keeps the sequence of the innermost closed list where an order says nothing about it', () => {
    expect(send(closed, { order: ['groq', 'azure'], allow_fallbacks: false }, { order: ['mistral'] })?.order).toEqual(['groq', 'azure']);
  });

  it('cannot be opened again', () => {
    const { policy, overruled } = fold(closed, { allow_fallbacks: true });
    expect(printPolicy(policy)).toEqual(closed);
    expect(overruled).toEqual([{ field: 'allow_fallbacks', layer: 'model', asked: true, effective: false }]);
  });

  it('intersects with other closed lists, in the inner sequence, and with only', () => {
    expect(send(closed, { order: ['groq', 'azure'], allowFallbacks: false })).toEqual({ order: ['groq', 'azure'], allow_fallbacks: false });
    expect(send({ only: ['azure/eu', 'openai'] }, closed)).toEqual({ order: ['azure/eu', 'openai'], only: ['azure/eu', 'openai'], allow_fallbacks: false });
  });

  it('conflicts with a list that it has nothing in common with, and blames the lists', () => {
    expect(conflict(() => fold(closed, { order: ['mistral'], allow_fallbacks: false })).field).toBe('provider.order');
    const error = conflict(() => fold(closed, { only: ['mistral'], ignore: ['together'] }));
    expect(error.field).toBe('provider.only');
    expect(error.message).not.toContain('together');
  });

  it('is not made of an order and a false in two layers', () => {
    expect(send({ order: ['azure', 'openai'] }, { allow_fallbacks: false })).toEqual({ order: ['azure'], allow_fallbacks: false });
  });
});

describe('allow_fallbacks: false alone', () => {
  it('cuts an inner order to its first entry that is admitted', () => {
    expect(send({ allow_fallbacks: false }, { order: ['azure', 'openai'] })).toEqual({ order: ['azure'], allow_fallbacks: false });
    expect(send({ allow_fallbacks: false, ignore: ['azure'] }, { order: ['azure', 'openai'] })?.order).toEqual(['openai']);
    expect(send({ allow_fallbacks: false }, { order: ['azure', 'openai'], allow_fallbacks: false })?.order).toEqual(['azure']);
  });

  it('wins over a true, and says so', () => {
    const { policy, overruled } = fold({ allow_fallbacks: false }, { allow_fallbacks: true });
    expect(printPolicy(policy)).toEqual({ allow_fallbacks: false });
    expect(overruled).toMatchObject([{ field: 'allow_fallbacks', layer: 'model', effective: false }]);
  });

  it('tells what it cut from an order', () => {
    expect(fold({ allow_fallbacks: false }, { order: ['azure', 'openai'] }).overruled).toEqual([
      { field: 'order', layer: 'model', asked: ['azure', 'openai'], effective: ['azure'] },
    ]);
  });
});

describe('ignore', () => {
  it('is the union', () => {
    expect(send({ ignore: ['azure'] }, { ignore: ['openai', 'azure'] })).toEqual({ ignore: ['azure', 'openai'] });
  });

  it('takes what it names, tiers of a base slug included, out of only and order', () => {
    expect(send({ ignore: ['openai'] }, { order: ['openai/flex', 'openai', 'openai/eu', 'azure'] })).toEqual({ order: ['azure'], ignore: ['openai'] });
    expect(send({ ignore: ['openai'] }, { only: ['openai/priority', 'azure'] })).toEqual({ only: ['azure'], ignore: ['openai'] });
  });

  it('leaves the provider of an ignored variant', () => {
    expect(send({ ignore: ['deepinfra/turbo'] }, { only: ['deepinfra'] })).toEqual({ only: ['deepinfra'], ignore: ['deepinfra/turbo'] });
  });

  it('is spelt out for the tiers where the request opts in to them', () => {
    const { policy } = fold({ ignore: ['openai', 'azure/eu'] });
    expect(printPolicy(policy, true)).toEqual({ ignore: ['openai', 'openai/flex', 'openai/priority', 'azure/eu'] });
  });

  it('conflicts where it covers all of an allow-list', () => {
    expect(conflict(() => fold({ only: ['openai/flex'] }, { ignore: ['openai'] })).field).toBe('provider.ignore');
    const error = conflict(() => fold({ order: ['openai', 'azure'], allow_fallbacks: false }, { ignore: ['azure'] }, { ignore: ['openai'] }));
    expect(error.layers).toEqual(['client', 'model', 'call']);
  });
});

describe('flags', () => {
  it.each([
    ['zdr', true, false],
    ['enforce_distillable_text', true, false],
    ['require_parameters', true, false],
    ['data_collection', 'deny', 'allow'],
  ])('%s: the tighter wins whichever layer says it, and an inner loosening is told', (field, tight, loose) => {
    expect(send({ [field]: tight }, { [field]: loose })).toEqual({ [field]: tight });
    expect(fold({ [field]: tight }, { [field]: loose }).overruled).toEqual([{ field, layer: 'model', asked: loose, effective: tight }]);
    expect(send({ [field]: loose }, { [field]: tight })).toEqual({ [field]: tight });
    expect(fold({ [field]: loose }, { [field]: tight }).overruled).toEqual([]);
    expect(send({ [field]: tight }, { [field]: null }, { [field]: undefined })).toEqual({ [field]: tight });
  });
});

describe('quantizations', () => {
  it('intersects families with their members', () => {
    expect(send({ quantizations: ['fp4', 'fp8'] }, { quantizations: ['mxfp4', 'fp8', 'bf16'] })?.quantizations).toEqual(['mxfp4', 'fp8']);
    expect(send({ quantizations: ['nvfp4'] }, { quantizations: ['fp4'] })).toEqual({ quantizations: ['nvfp4'] });
    expect(send({ quantizations: ['mxfp8'] }, { quantizations: ['fp8'] })).toEqual({ quantizations: ['mxfp8'] });
  });

  it('conflicts where nothing is left', () => {
    expect(conflict(() => fold({ quantizations: ['mxfp4'] }, { quantizations: ['nvfp4'] })).field).toBe('provider.quantizations');
  });

  it('takes names unknown to this version as they are, where those are let through', () => {
    const unknown = (...quantizations: string[]): PolicyOptions => ({ provider: { quantizations }, allowUnknownPreferences: true });
    expect(foldOptions(unknown('fp2', 'constructor', '__proto__'), unknown('constructor', 'fp8', 'fp2')).policy.quantizations).toEqual(['fp2', 'constructor']);
  });

  it('tells a widening that changed nothing', () => {
    expect(fold({ quantizations: ['fp8'] }, { quantizations: ['fp8', 'fp16'] }).overruled).toMatchObject([{ field: 'quantizations', effective: ['fp8'] }]);
  });
});

describe('max_price', () => {
  it('takes the smaller of each component; one not given is no opinion', () => {
    expect(send({ max_price: { prompt: 2, request: 1 } }, { maxPrice: { prompt: 3, completion: 4, request: 0 } })).toEqual({
      max_price: { prompt: 2, completion: 4, request: 0 },
    });
    expect(fold({ max_price: { prompt: 2 } }, { maxPrice: { prompt: 3 } }).overruled).toEqual([
      { field: 'max_price.prompt', layer: 'model', asked: 3, effective: 2 },
    ]);
  });
});

describe('region and allowedModels', () => {
  it('takes a region once, and refuses a second', () => {
    expect(foldOptions({ region: 'eu' }, { region: 'eu' }, {}).policy.region).toBe('eu');
    const error = conflict(() => foldOptions({ region: 'eu' }, { region: 'us' }));
    expect([error.field, error.layers]).toEqual(['region', ['client', 'model']]);
  });

  it('keeps a list of globs for each layer that has one', () => {
    expect(foldOptions({ allowedModels: ['a/*', 'b/*'] }, { allowedModels: ['a/x'] }).policy.allowedModels).toEqual([['a/*', 'b/*'], ['a/x']]);
    expect(printPolicy(foldOptions({ allowedModels: ['a/*'], region: 'eu' }).policy)).toBeUndefined();
  });
});

describe('acknowledging the response cache under zero data retention', () => {
  it('counts in the layer that states zdr and in no other', () => {
    expect(foldOptions({ provider: { zdr: true }, acknowledge: ['cached-zdr'] }).policy.uncached).toBeUndefined();
    expect(foldOptions({ provider: { zdr: true } }, { acknowledge: ['cached-zdr'] }).policy.uncached).toBe(true);
    expect(foldOptions({ acknowledge: ['cached-zdr'] }, { provider: { zdr: true } }).policy.uncached).toBe(true);
    expect(foldOptions({ provider: { zdr: true }, acknowledge: ['cached-zdr'] }, { provider: { zdr: true } }).policy.uncached).toBe(true);
  });
});

describe('preferences', () => {
  it('are replaced whole by the inner layer', () => {
    expect(
      send(
        { sort: 'price', order: ['azure'], preferred_max_latency: 2, preferred_min_throughput: { p50: 10 }, options: { azure: { a: 1 } } },
        { sort: { by: 'latency' }, order: ['openai'], preferredMaxLatency: { p90: 1 }, preferredMinThroughput: 3, options: { openai: { b: 2 } } },
      ),
    ).toEqual({
      sort: { by: 'latency' },
      order: ['openai'],
      preferred_max_latency: { p90: 1 },
      preferred_min_throughput: 3,
      options: { openai: { b: 2 } },
    });
    expect(send({ sort: 'price', order: ['azure'] }, { sort: null, order: undefined })).toEqual({ order: ['azure'], sort: 'price' });
  });

  it('say nothing where an object is empty', () => {
    expect(send({ sort: 'price', max_price: { prompt: 1 } }, { sort: {}, max_price: {}, options: {} })).toEqual({ sort: 'price', max_price: { prompt: 1 } });
    expect(send({ sort: { by: null }, maxPrice: { prompt: null } })).toBeUndefined();
  });

  it('unknown to this version: the outer value stands, since nobody knows which way is tighter', () => {
    const unknown = (value: unknown): PolicyOptions => ({ provider: Object.fromEntries([['no_logs', value]]), allowUnknownPreferences: true });
    const { policy, overruled } = foldOptions(unknown(true), unknown(false));
    expect(printPolicy(policy)).toEqual({ no_logs: true });
    expect(overruled).toEqual([{ field: 'no_logs', layer: 'model', asked: false, effective: true }]);
  });
});
