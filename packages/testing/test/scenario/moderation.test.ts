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

it('looks at what other routes are given too', async () => {
  const gateway = createGateway({ scenario: { moderation: { words: ['plunder'] } } });
  expect((await post(gateway, '/images', { model: 'cinder/kiln', prompt: 'Plunder' })).status).toBe(403);
  expect((await post(gateway, '/responses', { model: 'acme/atlas', input: 'Plunder' })).status).toBe(403);
});
