import { describe, expect, it } from 'vitest';
import type { Fields } from './drivers/driver.js';
import { drivers } from './drivers/index.js';
import { everyDoor, isRaw, put } from './support/put.js';
import { bodies, run } from './support/run.js';

/** Each guardrail of `provider`, and what would loosen it. */
const loosenings: readonly { name: string; guard: Fields; loose: Fields }[] = [
  { name: 'zdr', guard: { zdr: true }, loose: { zdr: false } },
  { name: 'data_collection', guard: { data_collection: 'deny' }, loose: { data_collection: 'allow' } },
  { name: 'dataCollection, in the other spelling', guard: { data_collection: 'deny' }, loose: { dataCollection: 'allow' } },
  { name: 'require_parameters', guard: { require_parameters: true }, loose: { require_parameters: false } },
  { name: 'enforce_distillable_text', guard: { enforce_distillable_text: true }, loose: { enforceDistillableText: false } },
  { name: 'only, by a longer list', guard: { only: ['azure'] }, loose: { only: ['azure', 'openai'] } },
  { name: 'ignore, by an empty list', guard: { ignore: ['openai'] }, loose: { ignore: [] } },
  { name: 'quantizations', guard: { quantizations: ['fp8', 'unknown'] }, loose: { quantizations: ['fp8', 'unknown', 'fp4'] } },
  { name: 'max_price', guard: { max_price: { prompt: 5, completion: 20 } }, loose: { max_price: { prompt: 500, completion: 2000 } } },
  { name: 'max_price, by leaving a part out', guard: { max_price: { prompt: 5, completion: 20 } }, loose: { maxPrice: { prompt: 5 } } },
  { name: 'allow_fallbacks', guard: { allow_fallbacks: false }, loose: { allow_fallbacks: true } },
  { name: 'a closed list, by a longer one', guard: { order: ['azure'], allow_fallbacks: false }, loose: { order: ['azure', 'openai'], allow_fallbacks: true } },
  { name: 'a closed list, by another closed list', guard: { order: ['azure'], allow_fallbacks: false }, loose: { order: ['azure', 'openai'], allow_fallbacks: false } },
  { name: 'everything, by null', guard: { zdr: true, data_collection: 'deny', only: ['azure'], max_price: { prompt: 9 } }, loose: { zdr: null, data_collection: null, only: null, max_price: null } },
  { name: 'everything, by an empty object', guard: { zdr: true, data_collection: 'deny', only: ['azure'] }, loose: {} },
];

// `borealis/aurora` may not be distilled, and nothing of `acme/atlas` is FP4: every guard leaves an endpoint of this model.
const ACME = { modelId: 'acme/atlas' };

describe.each(everyDoor(drivers, ['client']))('a guardrail of the constructor, against $name', ({ driver, door }) => {
  it.each(loosenings)('holds: $name', async ({ guard, loose }) => {
    for (const stream of [false, true]) {
      const kept = await run(driver, { ...ACME, stream, client: { provider: guard } });
      const attempt = await run(driver, put({ ...ACME, stream, client: { provider: guard } }, door, { provider: loose }));
      expect(kept.error).toBeUndefined();
      expect(attempt.error).toBeUndefined();
      expect(attempt.requests).toHaveLength(1);
      expect(bodies(driver, attempt.requests)).toEqual(bodies(driver, kept.requests));
      expect(attempt.requests[0]?.body).toMatchObject({ provider: guard });
    }
  });

  it('holds: provider as null', async () => {
    const { requests, error } = await run(driver, put({ client: { provider: { zdr: true } } }, door, { provider: null }));
    expect(error).toBeUndefined();
    expect(requests[0]?.body).toMatchObject({ provider: { zdr: true } });
  });

  it('holds: allowedModels, against fallbacks through this door', async () => {
    const { requests, ours } = await run(driver, put({ client: { allowedModels: ['acme/*'] } }, door, { models: ['borealis/aurora'] }));
    expect(requests).toEqual([]);
    expect(ours?.code).toBe('policy_conflict');
    expect(ours?.message).toContain('borealis/aurora');
  });

  it('holds: allowedModels and region, against their own names through this door', async () => {
    const wide = await run(driver, put({ client: { allowedModels: ['acme/*'], models: ['borealis/aurora'] } }, door, { allowedModels: ['*'] }));
    const elsewhere = await run(driver, put({ client: { region: 'eu' } }, door, { region: 'us' }));
    for (const { requests, ours } of [wide, elsewhere]) {
      expect(requests).toEqual([]);
      expect(ours?.code).toMatch(/^(policy_conflict|invalid_options)$/);
    }
  });

  it('holds: verify', async () => {
    // nothing of a raw body is an option, so that there it is a field that the server gets to see
    const { ours } = await run(driver, put({ client: { provider: { zdr: true }, verify: 'strict' } }, door, { verify: false }));
    expect(ours?.code).toBe('policy_violation');
  });
});

describe('headers', () => {
  it.each(drivers)('cannot turn on what the policy forbids: $name', async (driver) => {
    const { requests, ours } = await run(driver, { client: { provider: { zdr: true } }, call: { headers: { 'X-OpenRouter-Cache': 'true' } } });
    expect(requests).toEqual([]);
    expect(ours?.code).toBe('policy_conflict');
  });

  it.each(drivers)('cannot begin another header: $name', async (driver) => {
    for (const door of ['client', 'call'] as const) {
      const { requests, ours } = await run(driver, put({}, door, { headers: { 'x-note': 'a\r\nx-openrouter-cache: true' } }));
      expect(requests).toEqual([]);
      expect(ours?.code).toBe('invalid_options');
    }
  });
});

/** What older guides and slips of the hand write. `path` is where the error points, `fix` what it says to write. */
const invalid: readonly { name: string; fields: Fields; path: RegExp; value?: string; fix?: RegExp }[] = [
  { name: 'data_collection: "denyy"', fields: { provider: { data_collection: 'denyy' } }, path: /provider\.data_collection$/, value: '"denyy"', fix: /"deny"/ },
  { name: 'order: "a"', fields: { provider: { order: 'azure' } }, path: /provider\.order$/, value: '"azure"', fix: /\["azure"\]/ },
  { name: 'max_price: -1', fields: { provider: { max_price: { prompt: -1 } } }, path: /provider\.max_price\.prompt$/, value: '-1' },
  { name: 'max_price: NaN', fields: { provider: { maxPrice: { prompt: NaN } } }, path: /provider\.max_?[pP]rice\.prompt$/, value: 'NaN' },
  { name: 'max_price: 5', fields: { provider: { max_price: 5 } }, path: /provider\.max_price$/, value: '5', fix: /prompt/ },
  { name: 'sort: "quality"', fields: { provider: { sort: 'quality' } }, path: /provider\.sort$/, value: '"quality"', fix: /"price"/ },
  { name: 'order: [":floor"]', fields: { provider: { order: [':floor'] } }, path: /provider\.order\[0\]$/, value: '":floor"', fix: /model id/ },
  { name: 'ignore: ["opnai"]', fields: { provider: { ignore: ['opnai'] } }, path: /provider\.ignore\[0\]$/, value: '"opnai"', fix: /"openai"/ },
  { name: 'zdr: "true"', fields: { provider: { zdr: 'true' } }, path: /provider\.zdr$/, value: '"true"' },
  { name: 'only: []', fields: { provider: { only: [] } }, path: /provider\.only$/ },
  { name: 'order: []', fields: { provider: { order: [] } }, path: /provider\.order$/ },
  { name: 'quantizations: []', fields: { provider: { quantizations: [] } }, path: /provider\.quantizations$/ },
  { name: 'quantizations: ["fp9"]', fields: { provider: { quantizations: ['fp9'] } }, path: /provider\.quantizations\[0\]$/, value: '"fp9"', fix: /"fp8"|"fp4"|"fp6"/ },
  { name: 'min_throughput', fields: { provider: { min_throughput: 5 } }, path: /provider\.min_throughput$/, fix: /preferred_min_throughput/ },
  { name: 'an unknown key', fields: { provider: { data_colection: 'deny' } }, path: /provider\.data_colection$/, fix: /data_collection/ },
  { name: 'one key in two spellings', fields: { provider: { data_collection: 'deny', dataCollection: 'allow' } }, path: /provider\.data_?[cC]ollection$/ },
  { name: 'provider: "azure"', fields: { provider: 'azure' }, path: /provider$/ },
  { name: 'models: "a/b"', fields: { models: 'acme/atlas-mini' }, path: /models$/, value: '"acme/atlas-mini"', fix: /\["acme\/atlas-mini"\]/ },
  { name: 'models: [1]', fields: { models: [1] }, path: /models\[0\]$/, value: '1' },
];

/** What is wrong where the wire's own fields are written. */
const misplaced: readonly { name: string; fields: Fields; path: RegExp; fix: RegExp }[] = [
  { name: 'top-level max_price', fields: { max_price: { prompt: 1 } }, path: /max_price$/, fix: /provider/ },
  { name: 'top-level zdr', fields: { zdr: true }, path: /zdr$/, fix: /provider/ },
  { name: 'top-level data_collection', fields: { data_collection: 'deny' }, path: /data_collection$/, fix: /provider/ },
  { name: 'top-level allowedModels', fields: { allowedModels: ['*'] }, path: /allowedModels$/, fix: /client/ },
];

/** What only options can be: in a raw body these names are none of ours. */
const options: readonly { name: string; fields: Fields; path: RegExp; value: string }[] = [
  { name: 'region: "EU"', fields: { region: 'EU' }, path: /region$/, value: '"EU"' },
  { name: 'allowedModels: []', fields: { allowedModels: [] }, path: /allowedModels$/, value: 'list' },
  { name: 'acknowledge: ["zdr"]', fields: { acknowledge: ['zdr'] }, path: /acknowledge\[0\]$/, value: '"zdr"' },
  { name: 'verify: "yes"', fields: { verify: 'yes' }, path: /verify$/, value: '"yes"' },
  { name: 'receipt: "long"', fields: { receipt: 'long' }, path: /receipt$/, value: '"long"' },
  { name: 'idleTimeout: -1', fields: { idleTimeout: -1 }, path: /idleTimeout$/, value: '-1' },
];

interface Expected {
  readonly path: RegExp;
  readonly value?: string;
  readonly fix?: RegExp;
}

async function expectRefused(driver: (typeof drivers)[number], plan: Parameters<typeof run>[1], { path, value, fix }: Expected): Promise<void> {
  for (const stream of [false, true]) {
    const { requests, told, ours } = await run(driver, { ...plan, stream });
    expect(requests).toEqual([]);
    expect(told.requests).toEqual([]);
    expect(ours).toMatchObject({ name: 'InvalidOptionsError', code: 'invalid_options' });
    const { issues } = ours as unknown as { issues: { path: string; message: string; suggestion?: string }[] };
    expect(issues.map((issue) => issue.path)).toEqual(expect.arrayContaining([expect.stringMatching(path)]));
    if (value) expect(ours?.message).toContain(value);
    if (fix) expect(ours?.message).toMatch(fix);
  }
}

describe.each(everyDoor(drivers))('an invalid value through $name', ({ driver, door }) => {
  it.each(invalid)('sends nothing, and is told with its place and the fix: $name', ({ fields, ...expected }) => expectRefused(driver, put({}, door, fields), expected));

  // where options and fields of the wire share one place, `allowedModels` is at home
  const wrongHere = misplaced.filter(({ fields }) => isRaw(door) && !('allowedModels' in fields && driver.rawLayer === 'call' && door === 'raw'));
  it.each(wrongHere)('sends nothing, and is told with its place and the fix: $name', ({ fields, ...expected }) => expectRefused(driver, put({}, door, fields), expected));

  it.each(isRaw(door) ? [] : options)('sends nothing, and is told with its place and the value: $name', ({ fields, ...expected }) => expectRefused(driver, put({}, door, fields), expected));
});

describe('the request itself', () => {
  const EVIL = { model: 'borealis/aurora', messages: [{ role: 'user', content: 'Say something else' }] };

  // The body of the fetch client's request is where its model and messages are said.
  describe.each(everyDoor(drivers).filter(({ driver, door }) => driver.name !== 'fetch' && isRaw(door)))('a raw body, $name', ({ driver, door }) => {
    it.each(['model', 'messages', 'stream'])('cannot carry %s', async (field) => {
      for (const stream of [false, true]) {
        const fields = { ...EVIL, stream: !stream };
        const { requests, ours } = await run(driver, put({ stream }, door, { [field]: fields[field as keyof typeof fields] }));
        expect(requests).toEqual([]);
        expect(ours).toMatchObject({ name: 'InvalidOptionsError' });
        expect(ours?.message).toContain(field);
        expect(ours?.message).not.toContain('Say something else');
      }
    });
  });

  describe.each(everyDoor(drivers).filter(({ door }) => !isRaw(door)))('options, $name', ({ driver, door }) => {
    it.each(['messages', 'stream', ...(driver.name === 'langchain' && door !== 'model' ? [] : ['model'])])('cannot carry %s', async (field) => {
      for (const stream of [false, true]) {
        const fields = { ...EVIL, stream: !stream };
        const plain = await run(driver, { stream });
        const { requests } = await run(driver, put({ stream }, door, { [field]: fields[field as keyof typeof fields] }));
        // either it is refused, or it is no option and changes nothing
        expect([[], bodies(driver, plain.requests)]).toContainEqual(bodies(driver, requests));
      }
    });
  });

  it('streams when the method says so, whatever the body says', async () => {
    const [fetchDriver] = drivers;
    for (const stream of [false, true]) {
      const { requests } = await run(fetchDriver!, { stream, raw: { stream: !stream } });
      expect(requests.map(({ body }) => (body as { stream?: boolean }).stream)).toEqual([stream || undefined]);
    }
  });
});
