import { describe, expect, it } from 'vitest';
import { ignoresSlug, matchesGlob, matchesSlug } from '../../src/routing/slugs.js';

const turbo = { provider: 'deepinfra', tag: 'deepinfra/turbo' };
const base = { provider: 'openai', tag: 'openai' };
const flex = { provider: 'openai', tag: 'openai/flex', tier: 'flex' as const };

describe('slugs', () => {
  it('matches variants by the base slug, and one endpoint by a full slug', () => {
    expect(matchesSlug('deepinfra', turbo)).toBe(true);
    expect(matchesSlug('deepinfra/turbo', turbo)).toBe(true);
    expect(matchesSlug('deepinfra/fp8', turbo)).toBe(false);
    expect(matchesSlug('deep', turbo)).toBe(false);
  });

  it('matches a service tier by its own slug only', () => {
    expect(matchesSlug('openai', flex)).toBe(false);
    expect(matchesSlug('openai/flex', flex)).toBe(true);
    expect(matchesSlug('openai/flex', base)).toBe(false);
  });

  it('ignores tiers with the base slug', () => {
    expect(ignoresSlug('openai', flex)).toBe(true);
    expect(ignoresSlug('openai/flex', base)).toBe(false);
  });

  it('matches display names and other cases with nothing', () => {
    expect(matchesSlug('DeepInfra', turbo)).toBe(false);
    expect(ignoresSlug('OpenAI', base)).toBe(false);
  });

  it('globs', () => {
    expect(matchesGlob('acme/*', 'acme/atlas')).toBe(true);
    expect(matchesGlob('acme/*', 'dune/acme/atlas')).toBe(false);
    expect(matchesGlob('acme.atlas', 'acme/atlas')).toBe(false);
    expect(matchesGlob('*', 'anything')).toBe(true);
  });
});
