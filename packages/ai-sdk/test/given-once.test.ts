import { InvalidOptionsError, NetworkError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { createOpenRouter } from '../src/index.js';
import { deepCopy } from '../src/call/deep-copy.js';
import { answer, PROMPT, serve } from './support/fake-server.js';

describe('what was given once', () => {
  it('stays as it was then, whatever becomes of the objects', async () => {
    const extraBody = { provider: { zdr: true, ignore: ['azure'] } };
    const own = { provider: { data_collection: 'deny' } };
    const reasoning = { effort: 'low' as const };
    const { openrouter, sent } = serve(answer({ content: 'Hi' }), { extraBody, reasoning });
    const model = openrouter('acme/atlas', { extraBody: own });
    Object.assign(extraBody.provider, { zdr: false });
    extraBody.provider.ignore.pop();
    Object.assign(own, { provider: {} });
    Object.assign(reasoning, { effort: 'high' });
    await model.doGenerate({ prompt: PROMPT });
    expect(sent[0]?.body).toMatchObject({ provider: { zdr: true, ignore: ['azure'], data_collection: 'deny' }, reasoning: { effort: 'low' } });
  });

  it('is copied as far as it is plain data', () => {
    const map = new Map();
    const value = { a: [{ b: 1 }], map };
    const copy = deepCopy(value);
    expect(copy).toEqual(value);
    expect(copy.a[0]).not.toBe(value.a[0]);
    expect(copy.map).toBe(map);
  });
});

describe('provider options under a name that is nearly ours', () => {
  it.each(['OpenRouter', 'openRouter', 'open_router', 'open-router'])('%s: are refused, since their guardrails would be lost', async (name) => {
    const { openrouter, sent } = serve(answer({ content: 'Hi' }));
    const call = { prompt: PROMPT, providerOptions: { [name]: { provider: { zdr: true } } } };
    await expect(openrouter('acme/atlas').doGenerate(call)).rejects.toBeInstanceOf(InvalidOptionsError);
    expect(sent).toEqual([]);
  });

  it('those of other providers are left alone', async () => {
    const { openrouter, sent } = serve(answer({ content: 'Hi' }));
    await openrouter('acme/atlas').doGenerate({ prompt: PROMPT, providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } } });
    expect(sent).toHaveLength(1);
  });
});

describe('where a request went', () => {
  it('is told with the region, when it came through and when it did not', async () => {
    const { openrouter } = serve(answer({ content: 'Hi' }), { region: 'eu' });
    expect((await openrouter('acme/atlas').doGenerate({ prompt: PROMPT })).request?.url).toBe('https://eu.openrouter.ai/api/v1/chat/completions');
    const broken = createOpenRouter({ apiKey: 'sk-or-v1-test', region: 'us', fetch: () => Promise.reject(new TypeError('fetch failed')) });
    await expect(broken('acme/atlas').doGenerate({ prompt: PROMPT })).rejects.toMatchObject({
      url: 'https://us.openrouter.ai/api/v1/chat/completions', cause: expect.any(NetworkError),
    });
  });
});
