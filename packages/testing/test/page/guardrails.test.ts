import { describe, expect, it } from 'vitest';
import { defaultCatalogue } from '../../src/index.js';
import { checkGuardrails, worstOf } from '../../src/page/guardrails.js';
import type { RecordedAttempt } from '../../src/recorded-request.js';

const at = (tag: string, model = 'acme/atlas'): RecordedAttempt => ({ model, tag, provider: tag.replace(/\/.*/, ''), status: 200, at: 0, durationMs: 0 });

/** `name verdict,verdict` of each guardrail. */
function check(provider: unknown, tags: readonly (string | RecordedAttempt)[], more: object = {}): readonly string[] {
  const attempts = tags.map((tag) => (typeof tag === 'string' ? at(tag) : tag));
  return checkGuardrails({ model: 'acme/atlas', provider, ...more }, attempts, defaultCatalogue).map(({ name, verdicts }) => `${name} ${verdicts.join()}`);
}

describe('guardrails', () => {
  it.each([
    [{ only: ['azure'] }, ['only kept,violated']],
    [{ ignore: ['azure'] }, ['ignore violated,kept']],
    [{ order: ['openai', 'azure'] }, []],
    [{ order: ['azure'], allow_fallbacks: false }, ['order kept,violated']],
    [{ allow_fallbacks: false }, ['allow_fallbacks kept,violated']],
    [{ zdr: true }, ['zdr kept,violated']],
    [{ zdr: false, data_collection: 'allow', allow_fallbacks: true, only: [], max_price: {} }, []],
    [{ data_collection: 'deny' }, ['data_collection kept,violated']],
    [{ max_price: { prompt: 3, completion: '12' } }, ['max_price kept,kept']],
    [{ max_price: { prompt: 2.5, completion: 10 } }, ['max_price violated,kept']],
    [{ max_price: { prompt: 2.4999999 } }, ['max_price violated,violated']],
    [{ max_price: { prompt: 'cheap' } }, ['max_price unverifiable,unverifiable']],
    [{ enforce_distillable_text: true }, ['enforce_distillable_text kept,kept']],
    [{ require_parameters: true }, ['require_parameters unverifiable,unverifiable']],
    [{ sort: 'price', preferred_min_throughput: 5 }, []],
  ])('%j', (provider, expected) => {
    expect(check(provider, ['azure', 'openai'])).toEqual(expected);
  });

  it('know whose text may be distilled', () => {
    expect(check({ enforce_distillable_text: true }, [at('anthropic', 'borealis/aurora')])).toEqual(['enforce_distillable_text violated']);
  });

  it('know families of quantizations', () => {
    expect(check({ quantizations: ['fp8'] }, ['deepinfra/fp8', 'azure'])).toEqual(['quantizations kept,violated']);
    expect(check({ quantizations: ['unknown'] }, ['azure'])).toEqual(['quantizations kept']);
  });

  it('do not take a service tier for its provider, but for what is ignored', () => {
    expect(check({ only: ['openai'], ignore: ['openai'] }, ['openai/flex'])).toEqual(['only violated', 'ignore violated']);
    expect(check({ only: ['openai/flex'] }, ['openai/flex'])).toEqual(['only kept']);
  });

  it('cannot be verified where data goes elsewhere too, or the catalogue knows no such endpoint', () => {
    const provider = { zdr: true, data_collection: 'deny' };
    for (const more of [{ tools: [{ type: 'openrouter:web_search' }] }, { plugins: [{ id: 'web' }] }, { model: 'acme/atlas:online' }, { preset: 'p' }]) {
      expect(check(provider, ['azure', 'openai'], more)).toEqual(['zdr unverifiable,violated', 'data_collection unverifiable,violated']);
    }
    expect(check(provider, ['azure'], { tools: [{ type: 'function', function: { name: 'tide' } }] })).toEqual(['zdr kept', 'data_collection kept']);
    expect(check({ only: ['azure'] }, [at('azure', 'acme/unheard-of')])).toEqual(['only unverifiable']);
  });

  it('are none where the request says nothing that can be read', () => {
    for (const provider of [undefined, null, 'zdr', [{ zdr: true }], { zdr: 'true', only: 'azure', max_price: 5 }]) expect(check(provider, ['openai'])).toEqual([]);
    expect(checkGuardrails('text', [], defaultCatalogue)).toEqual([]);
  });
});

it('the worst verdict stands for all', () => {
  const guardrail = (verdicts: readonly ('kept' | 'violated' | 'unverifiable')[]) => ({ name: 'zdr', asked: 'true', verdicts });
  expect(worstOf([])).toBeUndefined();
  expect(worstOf([guardrail([])])).toBe('kept');
  expect(worstOf([guardrail(['kept', 'unverifiable'])])).toBe('unverifiable');
  expect(worstOf([guardrail(['unverifiable']), guardrail(['kept', 'violated'])])).toBe('violated');
});
