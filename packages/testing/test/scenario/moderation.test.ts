import { expect, it } from 'vitest';
import { createGateway, type Moderation } from '../../src/index.js';
import { chat, errorOf, post } from '../helpers.js';

const says = (content: unknown): object => ({ messages: [{ role: 'user', content }], provider: { only: ['azure'] } });

async function status(moderation: Moderation, body: object): Promise<number> {
  return (await chat(createGateway({ scenario: { moderation } }), body)).status;
}

it('flags words, whatever their case, in every part of a message', async () => {
  const response = await chat(createGateway({ scenario: { moderation: { words: ['plunder'] } } }), says([{ type: 'text', text: 'Let us PLUNDER the harbour' }]));
  expect(response.status).toBe(403);
  expect(await errorOf(response)).toMatchObject({ error: {
    code: 403, metadata: { reasons: ['violence'], flagged_input: 'Let us PLUNDER the harbour', provider_name: 'Azure', model_slug: 'acme/atlas' },
  } });
  expect(await status({ words: ['plunder'] }, says('Let us trade'))).toBe(200);
});

it('flags by a function, and shows a hundred characters without the middle', async () => {
  const moderation: Moderation = { flag: (text) => (text.length > 100 ? ['length'] : undefined) };
  const { error } = await errorOf(await chat(createGateway({ scenario: { moderation } }), says(`${'a'.repeat(80)}${'b'.repeat(80)}`)));
  expect(error.metadata?.reasons).toEqual(['length']);
  expect(error.metadata?.['flagged_input']).toBe(`${'a'.repeat(50)}...${'b'.repeat(47)}`);
  expect(await status(moderation, says('short'))).toBe(200);
});

it('goes on to the next model, and no provider was tried', async () => {
  const gateway = createGateway({ scenario: { moderation: { words: ['plunder'], endpoints: 'moderated' } } });
  const { status: code } = await chat(gateway, { ...says('plunder'), models: ['cinder/spark'], provider: { only: ['openai', 'groq'] } });
  expect(code).toBe(200);
  expect(gateway.requests[0]?.attempts).toMatchObject([{ model: 'cinder/spark', tag: 'groq', status: 200 }]);
});

it.each<[string, object]>([
  ['/images', { model: 'cinder/kiln', prompt: 'Plunder' }],
  ['/videos', { model: 'cinder/reel', prompt: 'Plunder' }],
  ['/completions', { model: 'acme/atlas', prompt: ['a', 'Plunder'] }],
  ['/responses', { model: 'acme/atlas', input: 'Plunder' }],
  ['/responses', { model: 'acme/atlas', input: [{ role: 'user', content: [{ type: 'input_text', text: 'Plunder' }] }] }],
  ['/responses', { model: 'acme/atlas', input: 'a', instructions: 'Plunder' }],
  ['/embeddings', { model: 'dune/vector', input: 'Plunder' }],
  ['/embeddings', { model: 'dune/vector', input: ['a', 'Plunder'] }],
  ['/embeddings', { model: 'dune/vector', input: [{ content: [{ type: 'text', text: 'Plunder' }] }] }],
  ['/rerank', { model: 'dune/compass', query: 'Plunder', documents: ['a'] }],
  ['/rerank', { model: 'dune/compass', query: 'a', documents: ['a', 'Plunder'] }],
  ['/rerank', { model: 'dune/compass', query: 'a', documents: [{ text: 'Plunder' }] }],
  ['/audio/speech', { model: 'echo/lark', input: 'Plunder' }],
])('looks at what %s is given: %j', async (path, body) => {
  const gateway = createGateway({ scenario: { moderation: { words: ['plunder'] } } });
  const response = await post(gateway, path, body);
  expect([response.status, (await errorOf(response)).error.metadata?.['flagged_input']]).toEqual([403, 'Plunder']);
  expect(gateway.requests[0]?.attempts).toEqual([]);
});

it('looks at all that a decision is about', async () => {
  const gateway = createGateway({ scenario: { moderation: { words: ['plunder'] } } });
  const ask = (body: object): Promise<Response> => gateway.fetch('http://gateway.local/api/alpha/decisions', {
    method: 'POST', headers: { authorization: 'Bearer k' }, body: JSON.stringify({ model: 'dune/verdict', state: 'a', questions: { q: { type: 'noul' } }, ...body }),
  });
  expect((await ask({})).status).toBe(200);
  expect((await ask({ state: { deep: ['Plunder'] } })).status).toBe(403);
  expect((await ask({ questions: { q: { type: 'choice', criteria: { go: 'Plunder', stay: null } } } })).status).toBe(403);
});

it('is asked of each text once', async () => {
  const seen: string[] = [];
  const flag = (text: string): undefined => void seen.push(text);
  await post(createGateway({ scenario: { moderation: { flag } }, account: { only: ['azure'] } }), '/responses', { model: 'acme/atlas', input: 'a', instructions: 'b' });
  expect(seen).toEqual(['b', 'a']);
});

it('a picture, and what else is no text, is not looked at', async () => {
  expect(await status({ words: ['plunder'] }, says([{ type: 'image_url', image_url: { url: 'https://x.test/plunder.png' } }]))).toBe(200);
});
