import { describe, expect, it } from 'vitest';
import { PolicyConflictError } from '../../src/errors/policy-conflict-error.js';
import { confine } from '../../src/policy/confine.js';
import type { PolicyOptions } from '../../src/policy/layer-policy.js';
import { printPolicy } from '../../src/policy/print.js';
import { createReport, type Report } from '../../src/policy/report.js';
import type { RouteName } from '../../src/policy/routes.js';
import { parsed } from './universe.js';

function on(route: RouteName, provider: PolicyOptions['provider'], report: Report = createReport()): ReturnType<typeof printPolicy> {
  return printPolicy(confine(parsed({ provider, allowUnknownPreferences: true }).policy, route, report));
}

const GUARDRAILS: readonly [string, PolicyOptions['provider']][] = [
  ['only', { only: ['azure'] }],
  ['ignore', { ignore: ['azure'] }],
  ['order', { order: ['azure'], allow_fallbacks: false }],
  ['allow_fallbacks', { allow_fallbacks: false }],
  ['zdr', { zdr: true }],
  ['data_collection', { data_collection: 'deny' }],
  ['enforce_distillable_text', { enforce_distillable_text: true }],
  ['require_parameters', { require_parameters: true }],
  ['quantizations', { quantizations: ['fp8'] }],
  ['max_price', { max_price: { image: 1 } }],
];
const IMAGES = ['only', 'ignore', 'order', 'allow_fallbacks'];

describe('a guardrail on a route', () => {
  it.each(GUARDRAILS)('%s: kept where the route honours it, else a conflict that names it', (field, provider) => {
    for (const route of ['chat', 'completions', 'responses', 'messages', 'embeddings', 'rerank'] as const) expect(on(route, provider)).toEqual(provider);
    if (IMAGES.includes(field)) expect(on('images', provider)).toEqual(provider);
    for (const route of ['speech', 'transcriptions', 'videos', ...(IMAGES.includes(field) ? [] : ['images' as const])] as const) {
      const caught = ((): unknown => {
        try {
          return on(route, provider);
        } catch (error) {
          return error;
        }
      })();
      expect(PolicyConflictError.isInstance(caught) && caught.field).toBe(`provider.${field}`);
      expect(String(caught)).toContain(route);
    }
  });

  it('is none where it only states a default', () => {
    const defaults = { zdr: false, data_collection: 'allow', require_parameters: false, enforce_distillable_text: false } as const;
    expect(on('images', { ...defaults, sort: 'price', max_price: {} })).toEqual({ sort: 'price' });
    expect(on('speech', { ...defaults, allow_fallbacks: true, options: { openai: { speed: 1 } } })).toEqual({ options: { openai: { speed: 1 } } });
  });
});

describe('a preference on a route that does not honour it', () => {
  it('is dropped with a warning', () => {
    const report = createReport();
    expect(on('images', { order: ['azure'], preferred_max_latency: 1 }, report)).toEqual({ order: ['azure'] });
    expect(report.warnings.map(({ code, path }) => [code, path])).toEqual([['not-honoured', 'provider.preferred_max_latency']]);
  });

  it('is a conflict where it is unknown to this version: it may be a guardrail', () => {
    expect(() => on('images', Object.fromEntries([['no_logs', true]]))).toThrow('provider.no_logs');
  });
});
