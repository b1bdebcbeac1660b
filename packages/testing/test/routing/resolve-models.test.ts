import { describe, expect, it } from 'vitest';
import { defaultCatalogue } from '../../src/index.js';
import { applyPreset } from '../../src/routing/presets.js';
import { type Body, route, tags } from '../helpers.js';

function served(body: Body): readonly string[] {
  const result = route(body);
  if (!result.ok) throw new Error(result.refusal.message);
  return [...new Set(result.plan.order.map(({ requested }) => requested.model.id))];
}

function refusal(body: Body): unknown {
  const result = route(body);
  return result.ok ? undefined : [result.refusal.status, result.refusal.message];
}

describe('models', () => {
  it('tries model before models, each once', () => {
    expect(served({ model: 'acme/atlas', models: ['cinder/spark', 'acme/atlas'] })).toEqual(['acme/atlas', 'cinder/spark']);
    expect(served({ model: undefined, models: ['cinder/spark', 'acme/atlas'] })).toEqual(['cinder/spark', 'acme/atlas']);
  });

  it.each([
    ['acme/nothing', [400, 'acme/nothing is not a valid model ID']],
    ['acme/atlas:extended', [400, 'acme/atlas:extended is not a valid model ID']],
    ['~acme/nothing-latest', [400, '~acme/nothing-latest is not a valid model ID']],
    ['acme/atlas:free', [404, 'This model is unavailable for free. The paid version is available now - use this slug instead: acme/atlas']],
  ])('refuses %s', (model, expected) => {
    expect(refusal({ model })).toEqual(expected);
  });

  it('refuses a request without a model, unless the account has a default', () => {
    expect(refusal({ model: undefined })).toEqual([400, 'No models provided']);
    expect(tags(route({ model: undefined, provider: { sort: 'price' } }, { account: { defaultModel: 'cinder/spark' } }))).toEqual(['groq', 'cerebras']);
  });

  it('takes dated slugs, aliases, static variants, and dynamic variants on top', () => {
    expect(served({ model: 'acme/atlas-20260901' })).toEqual(['acme/atlas']);
    expect(served({ model: '~acme/atlas-latest' })).toEqual(['acme/atlas']);
    expect(served({ model: 'acme/atlas-mini:free:nitro' })).toEqual(['acme/atlas-mini:free']);
    expect(served({ model: 'borealis/aurora:thinking' })).toEqual(['borealis/aurora:thinking']);
    expect(tags(route({ model: 'acme/atlas:exacto' }))).toEqual(['openai', 'azure', 'deepinfra/fp8']);
  });

  it('names the strategy', () => {
    const strategy = (body: Body): unknown => {
      const result = route(body);
      return result.ok ? result.plan.strategy : undefined;
    };
    expect(strategy({})).toBe('direct');
    expect(strategy({ models: ['cinder/spark'] })).toBe('fallback');
    expect(strategy({ model: '~acme/atlas-latest' })).toBe('latest');
    expect(strategy({ model: 'openrouter/auto' })).toBe('auto');
    expect(strategy({ model: 'openrouter/free' })).toBe('free');
  });

  it('lets the auto router choose one model, within its limits and what the filters leave', () => {
    expect(served({ model: 'openrouter/auto' })).toEqual(['cinder/spark']);
    expect(served({ model: 'openrouter/auto', plugins: [{ id: 'auto-router', allowed_models: ['borealis/*'] }] })).toEqual(['borealis/aurora']);
    expect(served({ model: 'openrouter/auto', plugins: [{ id: 'auto-router', excluded_models: ['cinder/*'] }] })).toEqual(['acme/atlas-mini']);
    expect(served({ model: 'openrouter/auto', tools: [{ type: 'function', function: { name: 'f' } }] })).toEqual(['acme/atlas-mini']);
    expect(served({ model: 'openrouter/free' })).toEqual(['acme/atlas-mini:free']);
    expect(refusal({ model: 'openrouter/auto', plugins: [{ id: 'auto-router', allowed_models: ['none/*'] }] }))
      .toEqual([404, 'No models match your request and model restrictions']);
  });
});

describe('presets', () => {
  const messages = [{ role: 'user' as const, content: 'Hello' }];
  const tool = (name: string, description: string): { type: 'function'; function: { name: string; description: string } } =>
    ({ type: 'function', function: { name, description } });

  it('fill in what the request leaves out, one field at a time', () => {
    const apply = (body: Body): unknown => applyPreset({ messages, ...body }, defaultCatalogue);
    expect(apply({ model: '@preset/careful' })).toMatchObject({ body: { model: 'borealis/aurora', provider: { zdr: true, data_collection: 'deny' } } });
    expect(apply({ model: 'acme/atlas@preset/careful' })).toMatchObject({ body: { model: 'acme/atlas', provider: { zdr: true } } });
    expect(apply({ preset: 'careful', provider: { sort: 'price' } })).toMatchObject({ body: { model: 'borealis/aurora', provider: { sort: 'price' } } });
    expect(apply({ preset: 'careful', provider: { sort: 'price' } })).not.toMatchObject({ body: { provider: { zdr: true } } });
    expect(apply({ model: '@preset/none' })).toEqual({ ok: false, missing: '@preset/none' });
  });

  it('unite tools: the order of the preset, the definition of the request', () => {
    const catalogue = { ...defaultCatalogue, presets: { kit: { model: 'acme/atlas', tools: [tool('a', 'preset'), tool('b', 'preset')] } } };
    const result = applyPreset({ messages, model: '@preset/kit', tools: [tool('c', 'request'), tool('a', 'request')] }, catalogue);
    expect(result).toMatchObject({ body: { tools: [tool('a', 'request'), tool('b', 'preset'), tool('c', 'request')] } });
  });
});
