import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closest } from '../../src/policy/did-you-mean.js';
import { displaysAs, isKnownSlug, knownSlugs, slugOfProvider } from '../../src/policy/slugs.js';

describe('a display name', () => {
  it.each([
    ['OpenAI', 'openai'],
    ['Amazon Bedrock', 'amazon-bedrock'],
    ['Black Forest Labs', 'black-forest-labs'],
    ['AtlasCloud', 'atlas-cloud'],
    ['AionLabs', 'aion-labs'],
    ['InferenceNet', 'inference-net'],
    ['OpenInference', 'open-inference'],
    ['Io Net', 'io-net'],
    ['Z.AI', 'z-ai'],
    ['Moonshot AI', 'moonshotai'],
    ['Google', 'google-vertex'],
    ['Google Vertex', 'google-vertex'],
    ['Google AI Studio', 'google-ai-studio'],
    ['Mancer', 'mancer'],
    ['Mancer 2', 'mancer'],
  ])('%s is that of %s', (name, slug) => {
    expect(slugOfProvider(name)).toBe(slug);
    expect([isKnownSlug(slug), displaysAs(slug), displaysAs(slug, name), displaysAs('azure', name)]).toEqual([true, true, true, false]);
  });

  it('unknown to this version still displays its own slug', () => {
    expect(slugOfProvider('Brand New.Cloud')).toBeUndefined();
    expect([displaysAs('brand-new-cloud', 'Brand New.Cloud'), displaysAs('brand-new-cloud')]).toEqual([true, false]);
  });

  it('is not a slug with a hyphen too many, which is a misspelling', () => {
    expect([slugOfProvider('open-ai'), slugOfProvider('Amazon-Bedrock')]).toEqual([undefined, undefined]);
  });
});

describe('the nearest word', () => {
  it.each([
    ['opnai', 'openai'],
    ['auzre', 'azure'],
    ['azuer', 'azure'],
    ['deepinfre', 'deepinfra'],
    ['anthopricc', undefined],
    ['anthropicc', 'anthropic'],
    ['open-ai', 'openai'],
    ['grok', 'groq'],
    ['xa', undefined],
    ['brand-new-cloud', undefined],
  ])('to %s among the providers is %s', (word, near) => {
    expect(closest(word, knownSlugs())).toBe(near);
  });

  it('is found after any one slip in a longer word, whatever its case', () => {
    const word = 'quantizations';
    const slip = fc.tuple(fc.nat(word.length - 2), fc.constantFrom('drop', 'swap', 'add', 'replace')).map(([at, how]) => {
      const [before, here, next, after] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)];
      if (how === 'drop') return `${before}${next}${after}`;
      if (how === 'swap') return `${before}${next}${here}${after}`;
      return how === 'add' ? `${before}X${here}${next}${after}` : `${before}X${next}${after}`;
    });
    fc.assert(fc.property(slip, (misspelt) => { expect(closest(misspelt, ['quality', word, 'options'])).toBe(word); }));
  });
});
