import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidOptionsError, type OptionIssue } from '../../src/errors/invalid-options-error.js';
import { camel, FIELDS } from '../../src/policy/fields.js';
import { layerPolicy, requireValidLayer } from '../../src/policy/layer-policy.js';
import type { Warning } from '../../src/policy/policy.js';
import { createReport, type Report } from '../../src/policy/report.js';
import { checkPreferences } from '../../src/policy/validate.js';

function check(input: unknown, lenient = false): Report & ReturnType<typeof checkPreferences> {
  const report = createReport();
  return { ...checkPreferences(input, 'provider', report, lenient), ...report };
}
function issue(input: unknown): OptionIssue {
  const { issues } = check(input);
  expect(issues).toHaveLength(1);
  return issues[0] ?? { path: '', message: '' };
}
function warning(input: unknown): Warning {
  const { issues, warnings } = check(input);
  expect([issues, warnings.length]).toEqual([[], 1]);
  return warnings[0] ?? { code: '', path: '', message: '' };
}

describe('a wrong value', () => {
  it.each<[string, unknown, string, string | RegExp]>([
    // input, path, what the message or the suggestion says
    ['a misspelt value', { data_collection: 'denyy' }, 'provider.data_collection', 'did you mean "deny"?'],
    ['a value in capitals', { dataCollection: 'DENY' }, 'provider.dataCollection', 'did you mean "deny"?'],
    ['text for a list', { order: 'a' }, 'provider.order', 'write ["a"]'],
    ['text for quantizations', { quantizations: 'fp8' }, 'provider.quantizations', 'write ["fp8"]'],
    ['a misspelt quantization', { quantizations: ['fp8', 'bfp16'] }, 'provider.quantizations[1]', '"bf16"'],
    ['a negative price', { max_price: -1 }, 'provider.max_price', 'per million tokens'],
    ['a negative component', { max_price: { prompt: -1 } }, 'provider.max_price.prompt', 'not negative, got -1'],
    ['a price that is no number', { maxPrice: { completion: 'cheap' } }, 'provider.maxPrice.completion', '"cheap"'],
    ['a price that is NaN', { maxPrice: { completion: Number.NaN } }, 'provider.maxPrice.completion', 'NaN'],
    ['a misspelt component', { maxPrice: { promt: 1 } }, 'provider.maxPrice.promt', 'did you mean "prompt"?'],
    ['a price per token where the unit is another', { maxPrice: { image: { usdPerMillion: 1 } } }, 'provider.maxPrice.image', 'write a bare number'],
    ['sort by quality', { sort: 'quality' }, 'provider.sort', '"exacto"'],
    ['sort by quality, long form', { sort: { by: 'quality' } }, 'provider.sort.by', '"exacto"'],
    ['a misspelt sort', { sort: 'throughputs' }, 'provider.sort', 'did you mean "throughput"?'],
    ['a wrong partition', { sort: { partition: 'all' } }, 'provider.sort.partition', '"model", "none"'],
    ['an unknown key of sort', { sort: { bye: 'price' } }, 'provider.sort.bye', 'known: "by", "partition"'],
    ['text for a flag', { zdr: 'true' }, 'provider.zdr', 'expected true or false, got "true"'],
    ['a number for a flag', { allowFallbacks: 0 }, 'provider.allowFallbacks', 'got 0'],
    ['a negative threshold', { preferred_max_latency: -2 }, 'provider.preferred_max_latency', 'not negative'],
    ['an unknown percentile', { preferred_max_latency: { p95: 1 } }, 'provider.preferred_max_latency.p95', '"p90"'],
    ['a variant among providers', { order: [':floor'] }, 'provider.order[0]', 'author/slug:floor'],
    ['a near miss of a provider', { ignore: ['azure', 'opnai'] }, 'provider.ignore[1]', 'did you mean "openai"?'],
    ['a near miss with a variant', { only: ['deepinfre/turbo'] }, 'provider.only[0]', 'did you mean "deepinfra/turbo"?'],
    ['a tier in capitals', { only: ['openai/Flex'] }, 'provider.only[0]', 'did you mean "openai/flex"?'],
    ['a display name with rubbish after it', { ignore: ['OpenAI/ flex'] }, 'provider.ignore[0]', 'is not a provider slug'],
    ['a display name with an open end', { ignore: ['Azure/'] }, 'provider.ignore[0]', 'is not a provider slug'],
    ['an empty slug', { only: [''] }, 'provider.only[0]', 'expected a provider slug'],
    ['a slug that is no text', { only: [null] }, 'provider.only[0]', 'got null'],
    ['a hole in a list', { only: Object.assign([], { length: 1 }) }, 'provider.only[0]', 'got undefined'],
    ['options that are no objects', { options: { azure: 1 } }, 'provider.options', 'an object of objects'],
    ['an unknown key', { allow_fallback: false }, 'provider.allow_fallback', 'did you mean "allow_fallbacks"?'],
    ['an unknown key in camelCase', { requireParameter: true }, 'provider.requireParameter', 'did you mean "requireParameters"?'],
    ['a key like nothing known', { telemetry: true }, 'provider.telemetry', 'allowUnknownPreferences'],
    ['an older name', { min_throughput: 3 }, 'provider.min_throughput', 'preferred_min_throughput'],
    ['an older name', { maxLatency: 3 }, 'provider.maxLatency', 'preferred_max_latency (seconds)'],
    ['a deprecated field', { route: 'fallback' }, 'provider.route', 'leave it out'],
    ['a field of the request', { models: [] }, 'provider.models', 'beside provider'],
    ['an option of ours', { allowedModels: ['a/*'] }, 'provider.allowedModels', 'beside provider'],
  ])('%s is an issue that names the place and the fix', (_, input, path, says) => {
    const found = issue(input);
    expect(found.path).toBe(path);
    expect(`${found.message} (${found.suggestion})`).toMatch(says instanceof RegExp ? says : new RegExp(says.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  });

  it.each(['only', 'order', 'quantizations'])('an empty %s is one, since it would admit nothing', (field) => {
    expect(issue({ [field]: [] })).toMatchObject({ path: `provider.${field}`, suggestion: 'leave it out to have no opinion' });
  });

  it('an empty ignore is none', () => {
    expect(check({ ignore: [] })).toMatchObject({ issues: [], warnings: [] });
  });

  it('all are gathered in one error, each on a line of its own', () => {
    const provider = JSON.parse('{"zdr":1,"sort":"quality","only":[]}');
    expect(() => requireValidLayer({ provider, region: JSON.parse('"EU"'), acknowledge: JSON.parse('["cache-zdr"]') }, 'settings')).toThrow(InvalidOptionsError);
    try {
      requireValidLayer({ provider, region: JSON.parse('"EU"'), acknowledge: JSON.parse('["cache-zdr"]') }, 'settings');
    } catch (error) {
      expect(InvalidOptionsError.isInstance(error) && error.issues.map((one) => one.path)).toEqual([
        'settings.provider.zdr',
        'settings.provider.sort',
        'settings.provider.only',
        'settings.acknowledge[0]',
        'settings.region',
      ]);
      expect(String(error)).toContain('did you mean "cached-zdr"?');
      expect(String(error)).toContain('did you mean "eu"?');
    }
  });

  it.each(['""', '"anthropic/*"', '[]', '[""]', '[1]', '{}'])('allowedModels: %s is one', (json) => {
    const report = createReport();
    layerPolicy({ allowedModels: JSON.parse(json) }, '', report);
    expect(report.issues.map((one) => one.path)).toEqual(['allowedModels']);
  });
});

describe('preferences that are no plain object', () => {
  it.each<[string, unknown]>([
    ['text', 'zdr'],
    ['a list', [{ zdr: true }]],
    ['a number', 1],
    ['a function', () => ({ zdr: true })],
    ['a map', new Map([['zdr', true]])],
    ['an object that inherits', Object.create({ zdr: true })],
    ['an instance', new (class { get zdr(): boolean { return true; } })()],
  ])('%s is refused: its guardrails would be lost in silence', (_, input) => {
    expect(issue(input).path).toBe('provider');
  });

  it('one without a prototype is plain', () => {
    expect(check(Object.assign(Object.create(null), { zdr: true }))).toMatchObject({ known: { zdr: true }, issues: [] });
  });

  it('null and undefined have no opinion, whole or in parts', () => {
    const parts = Object.fromEntries(Object.keys(FIELDS).flatMap((field) => [[field, null], [camel(field), undefined]]));
    for (const input of [null, undefined, {}, parts]) expect(check(input)).toMatchObject({ known: {}, unknown: {}, issues: [], warnings: [] });
  });
});

describe('names of providers', () => {
  it.each([
    ['OpenAI', 'openai'],
    ['Azure', 'azure'],
    ['Amazon Bedrock', 'amazon-bedrock'],
    ['Google AI Studio', 'google-ai-studio'],
    ['Z.AI', 'z-ai'],
    ['xAI', 'xai'],
    ['Moonshot AI', 'moonshotai'],
    ['OpenAI/Flex', 'openai/flex'],
    [' azure', 'azure'],
  ])('%j becomes a slug with a warning', (name, slug) => {
    expect(warning({ ignore: [name] })).toMatchObject({ code: 'display-name', path: 'provider.ignore[0]', suggestion: `write "${slug}"` });
    expect(check({ ignore: [name] }).known.ignore).toEqual([slug]);
  });

  it('one wholly unknown is sent, with a warning', () => {
    expect(warning({ ignore: ['brand-new-cloud'] })).toMatchObject({ code: 'unknown-provider', path: 'provider.ignore[0]' });
    expect(check({ ignore: ['brand-new-cloud'] }).known.ignore).toEqual(['brand-new-cloud']);
  });

  it('a near miss may be meant, and then is sent with a warning', () => {
    expect(check({ only: ['opnai'] }, true)).toMatchObject({ known: { only: ['opnai'] }, issues: [], warnings: [{ code: 'unknown-provider' }] });
  });

  it('are told apart from one another, and repetitions dropped', () => {
    expect(check({ only: ['openai', 'OpenAI', 'azure', 'openai'] }).known.only).toEqual(['openai', 'azure']);
  });
});

describe('both spellings', () => {
  it('mean the same, for every preference', () => {
    const values = {
      order: ['azure'], only: ['azure'], ignore: ['azure'], allow_fallbacks: false, require_parameters: true, data_collection: 'deny', zdr: true,
      enforce_distillable_text: true, quantizations: ['fp8'], sort: { by: 'price', partition: 'model' }, preferred_min_throughput: { p50: 3 },
      preferred_max_latency: 2, max_price: { prompt: 1, audio: 2 }, options: { azure: { a: [1] } },
    };
    expect(Object.keys(values).toSorted()).toEqual(Object.keys(FIELDS).toSorted());
    const renamed = Object.fromEntries(Object.entries(values).map(([key, value]) => [camel(key), value]));
    expect(check(values)).toMatchObject({ known: values, issues: [], warnings: [] });
    expect(check(renamed)).toMatchObject({ known: values, issues: [], warnings: [] });
  });

  it('exclude each other, whichever comes first', () => {
    for (const input of [{ max_price: { prompt: 1 }, maxPrice: { prompt: 2 } }, { maxPrice: { prompt: 2 }, max_price: { prompt: 1 } }]) {
      expect(issue(input)).toMatchObject({ path: 'provider.maxPrice', message: 'is given twice, also as max_price' });
    }
    expect(check({ max_price: null, maxPrice: { prompt: 2 } })).toMatchObject({ known: { max_price: { prompt: 2 } }, issues: [] });
  });
});

describe('unknown preferences', () => {
  it('pass when they are let through, and the known ones are still checked', () => {
    expect(check({ no_logs: true, zdr: 'yes' }, true)).toMatchObject({
      unknown: { no_logs: true },
      issues: [{ path: 'provider.zdr' }],
      warnings: [{ code: 'unknown-preference', path: 'provider.no_logs' }],
    });
  });

  it('are told where they may be a misspelling, which lets through what it was meant to keep out', () => {
    expect(check({ data_colection: 'deny' }, true).warnings).toMatchObject([{ path: 'provider.data_colection', suggestion: 'did you mean "data_collection"?' }]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a key like any other', (key) => {
    const input: unknown = JSON.parse(`{"${key}":{"zdr":false},"zdr":true}`);
    const strict = check(input);
    expect(strict.issues).toMatchObject([{ path: `provider.${key}`, message: 'is not a known preference', suggestion: 'set allowUnknownPreferences to send it as it is' }]);
    const lenient = check(input, true);
    expect(Object.entries(lenient.unknown)).toEqual([[key, { zdr: false }]]);
    expect(lenient.known.zdr).toBe(true);
    expect(Object.prototype).not.toHaveProperty('zdr');
    const nested = check(JSON.parse(`{"max_price":{"${key}":1},"sort":{"${key}":"x"},"preferred_max_latency":{"${key}":1}}`));
    expect(nested.issues.map((one) => one.message)).toEqual(Array.from({ length: 3 }, () => 'is not a known key'));
  });
});

describe('what was checked is what is kept', () => {
  it('however the given object changes afterwards', () => {
    const input = { only: ['azure'], quantizations: ['fp8'], max_price: { prompt: 1 }, sort: { by: 'price' }, preferred_max_latency: { p50: 1 } };
    const allowedModels = ['anthropic/*'];
    const policy = [check(input).known, layerPolicy({ allowedModels }, '', createReport())];
    const before = structuredClone(policy);
    input.only.push('openai');
    input.quantizations.push('fp4');
    input.max_price.prompt = 100;
    input.sort.by = 'latency';
    input.preferred_max_latency.p50 = 9;
    allowedModels.push('*');
    expect(policy).toEqual(before);
  });

  it('however an accessor answers the next time', () => {
    fc.assert(
      fc.property(fc.constantFrom('only', 'zdr', 'data_collection', 'max_price'), fc.integer({ min: 1, max: 4 }), (field, good) => {
        const right: Record<string, unknown> = { only: ['azure'], zdr: true, data_collection: 'deny', max_price: { prompt: 1 } };
        let reads = 0;
        const input = Object.defineProperty({}, field, { enumerable: true, get: () => (reads++ < good ? right[field] : 'wrong') });
        const { known, issues } = check(input);
        if (issues.length === 0) expect(known).toEqual({ [field]: right[field] });
      }),
    );
  });
});
