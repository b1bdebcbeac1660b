import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import { formatModelId, type ModelId, parseModelId } from '../../src/request/model-id.js';

const word = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,12}$/);
const parts: fc.Arbitrary<ModelId> = fc
  .record({
    alias: fc.boolean(),
    author: word,
    slug: word,
    variants: fc.array(fc.oneof(fc.constantFrom('nitro', 'floor', 'free', 'online'), word), { maxLength: 3 }),
    preset: fc.option(word, { nil: undefined }),
  })
  .map(({ preset, ...rest }) => ({ ...rest, ...(preset === undefined ? {} : { preset }) }));

describe('model ids', () => {
  it('parse to what they were printed from, over the whole grammar', () => {
    fc.assert(fc.property(parts, (id) => { expect(parseModelId(formatModelId(id))).toEqual(id); }));
    fc.assert(fc.property(word, (preset) => { expect(parseModelId(`@preset/${preset}`)).toEqual({ alias: false, variants: [], preset }); }));
  });

  it('print to the text they were parsed from, or are refused, whatever the text', () => {
    const text = fc.oneof(fc.string(), fc.array(fc.constantFrom('a', 'b/', '/', ':', '~', '@preset/', '@', 'free', ' '), { maxLength: 8 }).map((bits) => bits.join('')));
    fc.assert(
      fc.property(text, (id) => {
        let parsed: ModelId;
        try {
          parsed = parseModelId(id);
        } catch (error) {
          expect(InvalidOptionsError.isInstance(error)).toBe(true);
          return;
        }
        expect(formatModelId(parsed)).toBe(id);
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, Partial<ModelId>]>([
    ['openai/gpt-5.1', { author: 'openai', slug: 'gpt-5.1' }],
    ['openai/gpt-5.1-2025-11-13', { author: 'openai', slug: 'gpt-5.1-2025-11-13' }],
    ['deepseek/deepseek-r1:free', { author: 'deepseek', slug: 'deepseek-r1', variants: ['free'] }],
    ['a/b:extended', { author: 'a', slug: 'b', variants: ['extended'] }],
    ['a/b:thinking', { author: 'a', slug: 'b', variants: ['thinking'] }],
    ['a/b:batch', { author: 'a', slug: 'b', variants: ['batch'] }],
    ['a/b:nitro', { author: 'a', slug: 'b', variants: ['nitro'] }],
    ['a/b:floor', { author: 'a', slug: 'b', variants: ['floor'] }],
    ['a/b:exacto', { author: 'a', slug: 'b', variants: ['exacto'] }],
    ['a/b:free:online', { author: 'a', slug: 'b', variants: ['free', 'online'] }],
    ['~anthropic/claude-sonnet-latest', { alias: true, author: 'anthropic', slug: 'claude-sonnet-latest' }],
    ['openrouter/auto', { author: 'openrouter', slug: 'auto' }],
    ['openrouter/pareto-code', { author: 'openrouter', slug: 'pareto-code' }],
    ['@preset/email', { preset: 'email' }],
    ['a/b@preset/email', { author: 'a', slug: 'b', preset: 'email' }],
    ['~a/b:nitro:online@preset/email', { alias: true, author: 'a', slug: 'b', variants: ['nitro', 'online'], preset: 'email' }],
    ['gpt-4', { slug: 'gpt-4' }],
  ])('%s', (id, expected) => {
    expect(parseModelId(id)).toEqual({ alias: false, variants: [], ...expected });
    expect(formatModelId(parseModelId(id))).toBe(id);
  });

  it.each([
    '', ' ', 'a b/c', 'a/b\n', '/b', 'a/', '/', '~', '~/b', 'a/~b', '~~a/b', 'a/b/c', ':nitro', 'a/b:', 'a/b::nitro', '@preset/', 'a/b@preset/', 'a/b@x',
    'a/b@preset/x@preset/y', 'a/b@preset/x:nitro', '@preset/x/y', '~@preset/x', 'a/b,c/d',
  ])('%j is refused', (id) => {
    expect(() => parseModelId(id)).toThrow(InvalidOptionsError);
  });

  it('names the place, shows no more than the start of a long text, and says what to write', () => {
    const error = ((): unknown => {
      try {
        return parseModelId('x '.repeat(5000), 'models[1]');
      } catch (caught) {
        return caught;
      }
    })();
    expect(InvalidOptionsError.isInstance(error) && error.issues[0]).toMatchObject({ path: 'models[1]', suggestion: 'write "author/slug" without spaces' });
    expect(String(error).length).toBeLessThan(300);
  });
});
