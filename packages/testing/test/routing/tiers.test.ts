import { describe, expect, it } from 'vitest';
import { route, tags } from '../helpers.js';

describe('service tiers', () => {
  it('stay out unless asked for, even under a sort', () => {
    expect(tags(route({ provider: { sort: 'price' } }))).toEqual(['deepinfra/fp8', 'openai', 'azure']);
    expect(tags(route({ provider: { only: ['openai'] } }))).toEqual(['openai']);
  });

  it('priority and fast go first and fall back to the default tier by throughput', () => {
    for (const service_tier of ['priority', 'fast']) {
      expect(tags(route({ service_tier }))).toEqual(['openai/priority', 'openai', 'azure', 'deepinfra/fp8']);
    }
  });

  it('flex is the flex tier alone, where the model has one', () => {
    expect(tags(route({ service_tier: 'flex' }))).toEqual(['openai/flex']);
    expect(tags(route({ model: 'cinder/spark', service_tier: 'flex' })).length).toBe(2);
  });

  it('named in only, nothing else serves; named in order, it is first of all', () => {
    expect(tags(route({ provider: { only: ['openai/flex'] } }))).toEqual(['openai/flex']);
    expect(tags(route({ provider: { order: ['openai/priority'] } }))[0]).toBe('openai/priority');
    expect(tags(route({ provider: { order: ['openai/priority'] } }))).toHaveLength(4);
  });

  it(':nitro and :floor add one tier and sort', () => {
    expect(tags(route({ model: 'acme/atlas:nitro' }))).toEqual(['openai/priority', 'openai', 'azure', 'deepinfra/fp8']);
    expect(tags(route({ model: 'acme/atlas:floor' }))).toEqual(['openai/flex', 'deepinfra/fp8', 'openai', 'azure']);
  });

  it(':nitro and :floor lose the tier with order or the default tier', () => {
    expect(tags(route({ model: 'acme/atlas:floor', service_tier: 'default' }))).not.toContain('openai/flex');
    expect(tags(route({ model: 'acme/atlas:nitro', provider: { order: ['azure'] } }))).not.toContain('openai/priority');
  });

  it('a base slug in ignore covers them', () => {
    expect(tags(route({ model: 'acme/atlas:nitro', provider: { ignore: ['openai'] } }))).toEqual(['azure', 'deepinfra/fp8']);
    expect(tags(route({ model: 'acme/atlas:nitro', provider: { ignore: ['openai/priority'] } }))[0]).toBe('openai');
  });
});
