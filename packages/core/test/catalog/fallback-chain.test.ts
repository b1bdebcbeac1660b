import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fallbackChain } from '../../src/catalog/fallback-chain.js';
import { filterModels } from '../../src/catalog/filter-models.js';
import { authorOf } from '../../src/catalog/model.js';
import { needsOf } from '../../src/catalog/needs-of.js';
import { cheapest, smartest } from '../../src/catalog/strategies.js';
import { endpoint, indices, row } from './kit.js';

describe('needsOf', () => {
  const schema = { type: 'json_schema', json_schema: { name: 'x', schema: {} } };
  test.each<[string, object, object]>([
    ['plain text', { messages: [{ role: 'user', content: 'hi' }] }, { inputs: ['text'], outputs: ['text'] }],
    ['a picture', { messages: [{ role: 'user', content: [{ type: 'text', text: 'what?' }, { type: 'image_url', image_url: { url: 'data:' } }] }] }, { inputs: ['text', 'image'], outputs: ['text'] }],
    ['tools and a schema', { messages: [], tools: [{}], tool_choice: 'required', response_format: schema }, { inputs: ['text'], outputs: ['text'], supports: ['tools', 'tool_choice', 'structured_outputs'] }],
    ['a tool by name', { tools: [{}], tool_choice: { type: 'function', function: { name: 'x' } } }, { inputs: ['text'], outputs: ['text'], supports: ['tools', 'tool_choice'] }],
    ['tools as the model likes', { tools: [{}], tool_choice: 'auto' }, { inputs: ['text'], outputs: ['text'], supports: ['tools'] }],
    ['tools that are not called', { tools: [{}], tool_choice: 'none' }, { inputs: ['text'], outputs: ['text'], supports: ['tools'] }],
    ['another format', { response_format: { type: 'grammar', grammar: 'x' } }, { inputs: ['text'], outputs: ['text'], supports: ['response_format'] }],
    ['text as the format', { response_format: { type: 'text' } }, { inputs: ['text'], outputs: ['text'] }],
    ['reasoning in the old way', { include_reasoning: true }, { inputs: ['text'], outputs: ['text'], supports: ['reasoning'] }],
    ['no reasoning in the old way', { include_reasoning: false }, { inputs: ['text'], outputs: ['text'] }],
    ['empty tools', { messages: [], tools: [] }, { inputs: ['text'], outputs: ['text'] }],
    ['reasoning', { reasoning: { effort: 'high' } }, { inputs: ['text'], outputs: ['text'], supports: ['reasoning'] }],
    ['no reasoning', { reasoning: { effort: 'none' } }, { inputs: ['text'], outputs: ['text'] }],
    ['pictures wanted', { modalities: ['image', 'text'] }, { inputs: ['text'], outputs: ['image', 'text'] }],
    ['odd messages', { messages: [null, { content: [null, { type: 5 }] }] }, { inputs: ['text'], outputs: ['text'] }],
  ])('%s', (_, request, needs) => {
    expect(needsOf({ ...request })).toEqual(needs);
  });
});

describe('fallbackChain', () => {
  const catalogue = [
    row('a/first', indices(60)),
    row('a/second', indices(59)),
    row('b/plain', { supported_parameters: [], ...indices(90) }),
    row('c/third', indices(50)),
    row('d/fourth', indices(40)),
    row('openrouter/auto', indices(99)),
  ];

  test('others who can do what the request needs, best first', () => {
    const chain = fallbackChain('a/first', catalogue, { request: { messages: [], tools: [{}] }, by: smartest() });
    expect(chain.models).toEqual(['a/first', 'c/third', 'd/fourth']);
    expect(chain.fallbacks.map(({ why }) => why)).toEqual(['intelligence index 50', 'intelligence index 40']);
  });

  test('as long as asked for, or as there are authors', () => {
    expect(fallbackChain('a/first', catalogue, { length: 1 }).models).toEqual(['a/first']);
    expect(fallbackChain('a/first', catalogue, { length: 9, by: smartest() }).models).toEqual(['a/first', 'b/plain', 'c/third', 'd/fourth']);
  });

  test('a provider that serves the chain already is no second source', () => {
    const served = [
      row('a/first', { endpoints: [endpoint('azure'), endpoint('openai')] }),
      row('b/same', { endpoints: [endpoint('azure/eu'), endpoint('openai')], pricing: { prompt: '0', completion: '0' } }),
      row('c/other', { endpoints: [endpoint('azure'), endpoint('groq')] }),
    ];
    expect(fallbackChain('a/first', served, { by: cheapest() }).models).toEqual(['a/first', 'c/other']);
  });

  test('says what is wrong with the primary', () => {
    expect(() => fallbackChain('a/frist', catalogue)).toThrow(/"a\/frist" is not in the catalogue/);
    expect(() => fallbackChain('b/plain', catalogue, { request: { tools: [{}] } })).toThrow(/lacks what the request needs/);
    expect(() => fallbackChain('a/first', catalogue, { length: 0 })).toThrow(/length/);
  });

  test('law: every member fits, and no author comes twice', () => {
    const anyRow = fc.record({ author: fc.constantFrom('a', 'b', 'c', 'd'), slug: fc.nat(9), tools: fc.boolean(), price: fc.nat(20) });
    fc.assert(
      fc.property(fc.uniqueArray(anyRow, { selector: ({ author, slug }) => `${author}/${slug}`, minLength: 1 }), fc.integer({ min: 1, max: 5 }), (rows, length) => {
        const models = rows.map(({ author, slug, tools, price }) => row(`${author}/${slug}`, { supported_parameters: tools ? ['tools'] : [], pricing: { prompt: `${price}e-6`, completion: '0' } }));
        const request = { tools: [{}] };
        const able = filterModels(models, needsOf(request));
        const [primary] = able;
        if (primary === undefined) return;
        const { models: chain } = fallbackChain(primary.id, models, { request, length, by: cheapest() });
        expect(chain.length).toBeLessThanOrEqual(length);
        expect(chain.length).toBe(Math.min(length, new Set(able.map(authorOf)).size));
        expect(new Set(chain.map((id) => authorOf({ id }))).size).toBe(chain.length);
        expect(chain.every((id) => able.some((model) => model.id === id))).toBe(true);
      }),
    );
  });
});
