import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModelCriteria } from '../../src/catalog/criteria.js';
import { filterModels } from '../../src/catalog/filter-models.js';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import { usd } from '../../src/policy/price.js';
import { endpoint, ids, indices, row } from './kit.js';

const models = [
  row('acme/atlas', { pricing: { prompt: '0.000005', completion: '0.000015', image: '0.01' }, ...indices(60, 70, 40) }),
  row('acme/atlas:free', { pricing: { prompt: '0', completion: '0' } }),
  row('borealis/aurora', { architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] }, hugging_face_id: 'borealis/aurora', context_length: 32_000, expiration_date: '2026-12-01' }),
  row('cinder/kiln', { architecture: { input_modalities: ['text'], output_modalities: ['image'] }, pricing: { prompt: '0', completion: '0', image: '0.02' }, supported_parameters: [] }),
  row('openrouter/auto', { pricing: { prompt: '-1', completion: '-1' } }),
  { id: 'dune/bare', name: 'Bare' },
];

const chosen = (criteria: ModelCriteria): string[] => ids(filterModels(models, criteria));

describe('each criterion', () => {
  test.each<[string, ModelCriteria, string[]]>([
    ['nothing asked', {}, ids(models)],
    ['inputs', { inputs: ['text', 'image'] }, ['borealis/aurora']],
    ['outputs', { outputs: ['image'] }, ['cinder/kiln']],
    ['supports', { supports: ['tools'] }, ['acme/atlas', 'acme/atlas:free', 'borealis/aurora', 'openrouter/auto']],
    ['minContext', { minContext: 100_000 }, ['acme/atlas', 'acme/atlas:free', 'cinder/kiln', 'openrouter/auto']],
    ['maxPrice, tokens', { maxPrice: { prompt: 1 } }, ['acme/atlas:free', 'borealis/aurora', 'cinder/kiln']],
    ['maxPrice, with its unit', { maxPrice: { prompt: usd.perToken('0.000005') } }, ['acme/atlas', 'acme/atlas:free', 'borealis/aurora', 'cinder/kiln']],
    ['maxPrice, by the piece: what has no price is not billed', { maxPrice: { image: 0.01 } }, ['acme/atlas', 'acme/atlas:free', 'borealis/aurora', 'openrouter/auto', 'dune/bare']],
    ['authors', { authors: ['acme', 'dune'] }, ['acme/atlas', 'acme/atlas:free', 'dune/bare']],
    ['allowedModels', { allowedModels: ['acme/*'] }, ['acme/atlas', 'acme/atlas:free']],
    ['free', { free: true }, ['acme/atlas:free']],
    ['not free: a price of 0 is not enough', { free: false, authors: ['cinder'] }, ['cinder/kiln']],
    ['openWeights', { openWeights: true }, ['borealis/aurora']],
    ['minBenchmark', { minBenchmark: { coding: 65, agentic: 40 } }, ['acme/atlas']],
    ['availableAt', { authors: ['borealis', 'cinder'], availableAt: Date.parse('2026-12-02') }, ['cinder/kiln']],
    ['all at once', { inputs: ['text'], supports: ['tools'], maxPrice: { prompt: 10, completion: 20 }, free: false }, ['acme/atlas', 'borealis/aurora']],
  ])('%s', (_, criteria, expected) => {
    expect(chosen(criteria)).toEqual(expected);
  });

  test('providers, of models that come with their endpoints', () => {
    const served = [
      row('a/one', { endpoints: [endpoint('deepinfra/fp4'), endpoint('openai')] }),
      row('a/two', { endpoints: [endpoint('openai/flex')] }),
      row('a/three'),
    ];
    expect(ids(filterModels(served, { providers: ['deepinfra'] }))).toEqual(['a/one']);
    // a base slug does not stand for its tier endpoints
    expect(ids(filterModels(served, { providers: ['openai'] }))).toEqual(['a/one']);
    expect(ids(filterModels(served, { providers: ['openai/flex'] }))).toEqual(['a/two']);
    expect(() => filterModels(models, { providers: ['openai'] })).toThrow(/criteria\.providers[\s\S]*endpoints/);
    expect(filterModels([], { providers: ['openai'] })).toEqual([]);
  });
});

describe('bad input', () => {
  test.each<[string, object, RegExp]>([
    ['a misspelt name', { minContxt: 5 }, /criteria\.minContxt[\s\S]*did you mean "minContext"/],
    ['a text for a list', { inputs: 'image' }, /criteria\.inputs[\s\S]*\["image"\]/],
    ['an index that is none', { minBenchmark: { codeing: 5 } }, /did you mean "coding"/],
    ['a price that is none', { maxPrice: { prompt: -1 } }, /criteria\.maxPrice\.prompt/],
    ['a flag that is none', { free: 'yes' }, /criteria\.free/],
    ['a number that is none', { minContext: '8k' }, /criteria\.minContext/],
  ])('%s', (_, criteria, message) => {
    expect(() => filterModels(models, criteria)).toThrow(InvalidOptionsError);
    expect(() => filterModels(models, criteria)).toThrow(message);
  });

  test('models that are none', () => {
    // @ts-expect-error -- the whole answer of the route instead of its data
    expect(() => filterModels({ data: models })).toThrow(/pass the `data`/);
    // @ts-expect-error -- ids instead of rows
    expect(() => filterModels(['acme/atlas'])).toThrow(/models\[0\]/);
  });
});

test('law: asking for more never gives more, and the order stays', () => {
  const some = <T>(values: T[]): fc.Arbitrary<T[]> => fc.subarray(values, { minLength: 1 });
  const criteria = fc.record<ModelCriteria>({
    inputs: some(['text', 'image']), supports: some(['tools', 'reasoning']), minContext: fc.constantFrom(1000, 64_000, 1e6), free: fc.boolean(),
    authors: some(['acme', 'borealis', 'cinder']), maxPrice: fc.record({ prompt: fc.constantFrom(0, 1, 10) }), openWeights: fc.boolean(),
  }, { requiredKeys: [] });
  fc.assert(
    fc.property(criteria, criteria, (a, b) => {
      const both = chosen({ ...a, ...b });
      expect(chosen(b).filter((id) => both.includes(id))).toEqual(both);
      expect(ids(filterModels(filterModels(models, a), b))).toEqual(ids(filterModels(filterModels(models, b), a)));
    }),
  );
});
