import { describe, expect, it } from 'vitest';
import { answer, chunk, collect, json, last, PROMPT, partsOf, serve, sse } from './support/fake-server.js';

const generate = (message: object, more: object = {}) => serve(answer(message, {}, more)).openrouter('acme/atlas').doGenerate({ prompt: PROMPT });
const citations = [{ type: 'url_citation', url_citation: { title: 'no address' } }, { type: 'url_citation', url_citation: { url: 'https://example.com/', title: null, content: null, start_index: null } }, null, 5];
const source = { type: 'source', sourceType: 'url', id: 'https://example.com/', url: 'https://example.com/', title: '', providerMetadata: { openrouter: { content: '', startIndex: 0, endIndex: 0 } } };
const pictures = [{ type: 'image_url' }, { image_url: { url: 5 } }, null, { image_url: { url: 'data:image/svg+xml,%3Csvg/%3E' } }];
const picture = { type: 'file', mediaType: 'image/*', data: { type: 'url', url: new URL('data:image/svg+xml,%3Csvg/%3E') } };

describe('no answer is lost over', () => {
  it.each([
    ['names that are null', { id: null, created: null, model: null, provider: null }],
    ['names that are no text', { id: 5, created: 'yesterday', model: 7, provider: {} }],
    ['a time that is none', { id: '', created: 1e18, model: '' }],
  ])('%s', async (_, names) => {
    const guarded = { provider: { ignore: ['openai'] }, allowedModels: ['acme/*'] };
    const whole = await serve(answer({ content: 'Hi' }, {}, names), guarded).openrouter('acme/atlas').doGenerate({ prompt: PROMPT });
    expect(whole.content).toEqual([{ type: 'text', text: 'Hi' }]);
    const { headers: _headers, body: _body, ...said } = whole.response ?? {};
    expect(said).toEqual({});
    expect(whole.providerMetadata).toMatchObject({ openrouter: { receipt: { verdict: { overall: 'unverifiable' } } } });
    const { stream } = await serve(sse([chunk({ content: 'Hi' }, names), { ...last('stop'), ...names }]), guarded).openrouter('acme/atlas').doStream({ prompt: PROMPT });
    const parts = await collect(stream);
    expect(parts.filter((part) => part.type === 'text-delta')).toMatchObject([{ delta: 'Hi' }]);
    for (const part of parts) if (part.type === 'response-metadata') expect(part).toEqual({ type: 'response-metadata' });
  });

  it('text in parts, thinking under its other name, and what is no text at all', async () => {
    expect((await generate({ content: [{ type: 'text', text: 'Hi ' }, { type: 'text', text: 'you' }, 5], reasoning_content: 'Hm' })).content).toEqual([{ type: 'reasoning', text: 'Hm' }, { type: 'text', text: 'Hi you' }]);
    expect((await generate({ content: 'Hi', reasoning: '', reasoning_content: 'Hm' })).content).toEqual([{ type: 'reasoning', text: 'Hm' }, { type: 'text', text: 'Hi' }]);
    expect((await generate({ content: { a: 1 }, reasoning: { a: 1 }, audio: { data: 5 } })).content).toEqual([]);
  });

  it('citations without an address, and with nothing else', async () => {
    expect((await generate({ content: 'Hi', annotations: citations })).content).toEqual([{ type: 'text', text: 'Hi' }, source]);
    const parts = await partsOf([chunk({ content: 'Hi' }), chunk({ annotations: citations }), last('stop')]);
    expect(parts.filter((part) => part.type === 'source')).toEqual([source]);
    expect(parts.find((part) => part.type === 'text-end')).not.toHaveProperty('providerMetadata');
  });

  it('pictures without an address, and in a data URL that is not base64', async () => {
    expect((await generate({ content: 'Hi', images: pictures })).content).toEqual([{ type: 'text', text: 'Hi' }, picture]);
    const parts = await partsOf([chunk({ content: 'Hi', images: pictures }), last('stop')]);
    expect(parts.filter((part) => part.type === 'file' || part.type === 'error')).toEqual([picture]);
  });
});

it('a ranking comes best first, in whatever order the server has it', async () => {
  const results = [{ index: 0, relevance_score: 0.1 }, { index: 1, relevance_score: 0.9 }];
  const { ranking } = await serve(json({ results })).openrouter.rerankingModel('acme/rank').doRerank({ query: 'q', documents: { type: 'text', values: ['a', 'b'] } });
  expect(ranking.map(({ index }) => index)).toEqual([1, 0]);
});

it('a picture without bytes is none', async () => {
  const call = { prompt: 'x', n: 1, size: undefined, aspectRatio: undefined, seed: undefined, files: undefined, mask: undefined, providerOptions: {} };
  await expect(serve(json({ data: [{ b64_json: '' }] })).openrouter.imageModel('acme/brush').doGenerate(call)).rejects.toMatchObject({ name: 'AI_NoContentGeneratedError' });
});

it('a tool that gave nothing has null to say', async () => {
  const { openrouter, sent } = serve(answer({ content: 'Hi' }));
  const output: { type: 'json'; value: null } = JSON.parse('{"type":"json"}');
  await openrouter('acme/atlas').doGenerate({ prompt: [...PROMPT, { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'f', output }] }] });
  expect(sent[0]?.body['messages']).toMatchObject([{}, { role: 'tool', content: 'null' }]);
});
