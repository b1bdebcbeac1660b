// ajv compiles schemas to code, which an edge runtime forbids: hence a test for Node.
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { camel, type Field, FIELDS, PARTITIONS, PERCENTILES, PRICES, QUANTIZATIONS, SORTS } from '../../src/policy/fields.js';
import { preferencesJsonSchema } from '../../src/policy/json-schema.js';
import { createReport } from '../../src/policy/report.js';
import { checkPreferences } from '../../src/policy/validate.js';

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
const validate = ajv.compile(preferencesJsonSchema());

const accepts = (input: unknown): boolean => {
  const report = createReport();
  checkPreferences(input, 'provider', report);
  return report.issues.length === 0;
};

// Where the two differ on purpose, and what the generators therefore leave out:
// - slugs: near misses of known ones (`opnai`) and odd spellings (`Open_AI!`) need the table, so slugs are well known, display
//   names, wholly unknown, blank, or variants;
// - one preference given in both spellings: each field comes in one spelling;
// - an unknown key that holds null: the checker drops it as absent, an editor should underline it; so does a null `provider`;
// - numbers as text that only JavaScript reads (`0x10`, `-0`, `1e999`).
const slug = fc.constantFrom('azure', 'openai', 'deepinfra/turbo', 'openai/flex', 'Amazon Bedrock', 'Azure', 'brand-new-cloud');
const amount = fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constantFrom('0', '1.5', ' 2 ', '.5', '5.', '+1', '2.5e-6', '1E3'));
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 5 });
const keyed = <T>(keys: readonly string[], value: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(keys.map((key) => [key, orNull(value)])), { requiredKeys: [] });
const price = fc.record(
  Object.fromEntries(PRICES.map((key) => [key, orNull(key === 'prompt' || key === 'completion' ? fc.oneof(amount, fc.record({ usdPerMillion: amount })) : amount)])),
  { requiredKeys: [] },
);

const valid: Record<(typeof FIELDS)[Field], fc.Arbitrary<unknown>> = {
  slugs: fc.array(slug, { minLength: 1, maxLength: 3 }),
  flag: fc.boolean(),
  collection: fc.constantFrom('allow', 'deny'),
  quantizations: fc.array(fc.constantFrom(...QUANTIZATIONS), { minLength: 1, maxLength: 3 }),
  sort: fc.oneof(
    fc.constantFrom(...SORTS),
    fc.record({ by: orNull(fc.constantFrom(...SORTS)), partition: orNull(fc.constantFrom(...PARTITIONS)) }, { requiredKeys: [] }),
  ),
  percentiles: fc.oneof(amount, keyed(PERCENTILES, amount)),
  price,
  options: fc.dictionary(fc.constantFrom('azure', 'openai'), fc.dictionary(fc.string(), fc.jsonValue())),
};

const fields = Object.keys(FIELDS) as Field[];
const input: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    fc.record(Object.fromEntries(fields.map((field) => [field, orNull(valid[FIELDS[field]])])), { requiredKeys: [] }),
    fc.array(fc.boolean(), { minLength: fields.length, maxLength: fields.length }),
  )
  .map(([record, camels]) => Object.fromEntries(Object.entries(record).map(([key, value]) => [camels[fields.findIndex((one) => one === key)] ? camel(key) : key, value])));

const wrong = fc.constantFrom<unknown>(
  true, false, 0, 1, -1, -0.5, '', ' ', '-1', 'x', 'price', 'quality', 'denyy', 'fp8', 'FP8', '1,5', ':floor', [], [[]], [null], [1], ['azure'], ['fp8'], [':nitro'], [''],
  {}, { by: 'price' }, { by: 'quality' }, { partition: 'all' }, { by: 1 }, { prompt: 1 }, { prompt: -1 }, { prompt: 'x' }, { image: { usdPerMillion: 1 } },
  { prompt: { usdPerMillion: -1 } }, { prompt: { usdPerMillion: null } }, { prompt: {} }, { p50: 1 }, { p51: 1 }, { p50: [] }, { azure: {} }, { azure: 1 }, { azure: [] },
);

/** Puts a value somewhere: in a field, inside one, or under an unknown key. */
const mutated = fc
  .tuple(input, fc.oneof(fc.constantFrom<string>(...fields), fc.constantFrom('min_throughput', 'Order', 'constructor', 'x')), wrong, fc.boolean())
  .map(([record, key, value, inside]) => {
    const rest = Object.fromEntries(Object.entries(record).filter(([one]) => one !== camel(key)));
    const old = rest[key];
    const nested = inside && typeof old === 'object' && old !== null;
    return { ...rest, [key]: !nested ? value : Array.isArray(old) ? [...old, value] : { ...old, x: value } };
  });

describe('the schema and the checks', () => {
  it('accept every valid input, in either spelling', () => {
    fc.assert(
      fc.property(input, (one) => {
        validate(one);
        expect(validate.errors ?? []).toEqual([]);
        expect(accepts(one)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('agree on inputs with a mistake in them', () => {
    let refused = 0;
    fc.assert(
      fc.property(mutated, (one) => {
        const accepted = accepts(one);
        if (!accepted) refused++;
        expect({ input: one, accepted: validate(one) }).toEqual({ input: one, accepted });
      }),
      { numRuns: 1500, seed: 7 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  it.each([[[]], ['price'], [1], [true]])('refuse %j as a whole', (one) => {
    expect(accepts(one)).toBe(false);
    expect(validate(one)).toBe(false);
  });

  it('refuse options that are null within', () => {
    expect(accepts({ options: { azure: null } })).toBe(false);
    expect(validate({ options: { azure: null } })).toBe(false);
  });

  it('differ where a schema cannot know', () => {
    for (const one of [{ ignore: ['opnai'] }, { zdr: true, data_collection: 'deny', dataCollection: 'deny' }]) {
      expect(accepts(one)).toBe(false);
      expect(validate(one)).toBe(true);
    }
  });
});

describe('each spelling', () => {
  it('refuses the other', () => {
    const wire = ajv.compile(preferencesJsonSchema({ spelling: 'wire' }));
    const camelCase = ajv.compile(preferencesJsonSchema({ spelling: 'camel' }));
    expect([wire({ max_price: { prompt: 1 } }), wire({ maxPrice: { prompt: 1 } })]).toEqual([true, false]);
    expect([camelCase({ max_price: { prompt: 1 } }), camelCase({ maxPrice: { prompt: 1 } })]).toEqual([false, true]);
  });
});
