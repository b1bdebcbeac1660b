import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import type { Warning } from '../../src/policy/policy.js';
import { preferences } from '../../src/policy/preferences.js';
import { usd } from '../../src/policy/price.js';

describe('preferences', () => {
  it('prints what goes on the wire', () => {
    expect(preferences({ sort: 'throughput', allowFallbacks: false, maxPrice: { prompt: usd.perThousand(0.005), completion: '15', request: 0 } })).toEqual({
      allow_fallbacks: false,
      sort: 'throughput',
      max_price: { prompt: 5, completion: 15, request: 0 },
    });
  });

  it('leaves out what the server assumes anyway', () => {
    expect(
      preferences({
        allow_fallbacks: true, require_parameters: false, data_collection: 'allow', zdr: false, enforce_distillable_text: false,
        ignore: [], max_price: {}, sort: {}, options: {}, preferred_max_latency: {},
      }),
    ).toEqual({});
  });

  it('is the same when it is given what it made', () => {
    const once = preferences({ only: ['Azure'], quantizations: ['fp8'], maxPrice: { audio: 1 }, preferredMaxLatency: { p99: 2 } });
    expect(preferences(once)).toEqual(once);
  });

  it('tells what is odd to those who ask', () => {
    const warnings: Warning[] = [];
    preferences({ only: ['Azure', 'new-cloud'] }, { onWarning: (warning) => warnings.push(warning) });
    expect(warnings.map((one) => one.code)).toEqual(['display-name', 'unknown-provider']);
  });

  it('throws one error that lists everything, fit for a log', () => {
    try {
      preferences({ zdr: null, order: [], ignore: ['opnai'], max_price: { prompt: -1 } });
      expect.unreachable();
    } catch (error) {
      expect(InvalidOptionsError.isInstance(error)).toBe(true);
      expect(JSON.parse(JSON.stringify(error))).toMatchObject({
        name: 'InvalidOptionsError',
        code: 'invalid_options',
        issues: [{ path: 'provider.order' }, { path: 'provider.ignore[0]' }, { path: 'provider.max_price.prompt' }],
      });
    }
  });
});
