import { describe, expect, it } from 'vitest';
import { compareModels } from '../src/compare.js';
import { createOpenRouter, InvalidOptionsError } from '../src/index.js';
import { createPolicyFetch } from '../src/policy-fetch.js';
import { createProxyHandler } from '../src/proxy.js';
import { streamRespond } from '../src/responses/index.js';
import { generateObject } from '../src/structured.js';
import { runTools } from '../src/tools.js';
import { answer, fake, json, KEY, rejection, REQUEST } from './kit.js';

// A guardrail that an object does not have itself: a copy of it has none.
class Settings {
  readonly apiKey = KEY;
  get provider(): { zdr: true } {
    return { zdr: true };
  }
}
const LENT: readonly (readonly [string, object])[] = [['an instance of a class', new Settings()], ['an object made from another', Object.create({ provider: { zdr: true } }) as object]];

const thrown = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('it did not throw');
};
/** Where the options are wrong, by an error that does not show them. */
function placesOf(error: unknown): string[] {
  if (!InvalidOptionsError.isInstance(error) || String(error).includes(KEY)) throw error;
  return error.issues.map(({ path }) => path);
}

describe.each(LENT)('%s', (_, lent) => {
  it.each([['createOpenRouter', createOpenRouter], ['createPolicyFetch', createPolicyFetch], ['createProxyHandler', createProxyHandler]])('is refused by %s, for it might lose a guardrail', (__, create) => {
    expect(placesOf(thrown(() => create(lent)))).toEqual(['options']);
    expect(placesOf(thrown(() => create({ provider: lent })))).toEqual(['provider']);
    expect(placesOf(thrown(() => create({ extends: lent })))).toEqual(['extends']);
    expect(placesOf(thrown(() => create({ hooks: lent as never })))).toEqual(['hooks']);
  });

  it('is refused by a client, and nothing is sent', async () => {
    const { openrouter, requests } = fake([json(answer())]);
    expect(placesOf(thrown(() => openrouter.with(lent)))).toEqual(['policy']);
    const calls = [
      openrouter.chat(REQUEST, lent), openrouter.stream(REQUEST, lent), openrouter.stream(REQUEST, lent).final(), openrouter.embed({ model: 'a/b', input: 'x' }, lent),
      streamRespond(openrouter, { model: 'a/b', input: 'x' }, lent), openrouter.request('/embeddings', lent), compareModels(openrouter, REQUEST, ['a/b'], lent),
      runTools(openrouter, REQUEST, Object.assign(Object.create({ provider: { zdr: true } }), { tools: {} })),
      generateObject(openrouter, REQUEST, Object.assign(Object.create({ provider: { zdr: true } }), { schema: { type: 'object' } })),
    ];
    for (const call of calls) expect(placesOf(await rejection(call))).toEqual(['options']);
    expect(requests).toHaveLength(0);
  });
});

it('what has no prototype, or that of another realm, is as good as any', async () => {
  const { openrouter, requests } = fake([json(answer())]);
  const options: object = Object.assign(Object.create(null), { provider: { zdr: true } });
  await openrouter.with(options).chat(REQUEST, options);
  // as one of another realm looks: its prototype is the end of the chain
  await openrouter.chat(REQUEST, Object.assign(Object.create(Object.create(null)), { provider: { zdr: true } }));
  expect(requests.map(({ body }) => body)).toMatchObject([{ provider: { zdr: true } }, { provider: { zdr: true } }]);
});
