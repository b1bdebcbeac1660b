import { APIError, InvalidOptionsError, PolicyConflictError } from '@waypost/fetch';
import { complete, streamComplete } from '@waypost/fetch/completions';
import { fail, faults, hang, reply, respond } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { collect, rejection, served } from './kit.js';

const REQUEST = { model: 'acme/atlas', prompt: 'Once upon a time' };
const SAYS = { scenario: { reply: reply.text(' there was a harbour.'), wire: { textSize: 5 } } } as const;

describe('complete', () => {
  it('goes on with a text', async () => {
    const { openrouter, gateway } = served(SAYS, { provider: { zdr: true } });
    const result = await complete(openrouter, { ...REQUEST, max_tokens: 20, provider: { only: ['azure'] } });
    expect(result).toMatchObject({ text: ' there was a harbour.', texts: [' there was a harbour.'], finishReason: 'stop', receipt: { served: { providerSlug: 'azure' } } });
    expect(result.usage?.outputTokens).toBeGreaterThan(0);
    expect(result.response.choices[0]).toMatchObject({ text: ' there was a harbour.' });
    expect(gateway.requests[0]).toMatchObject({ path: '/api/v1/completions', body: { ...REQUEST, max_tokens: 20, provider: { zdr: true, only: ['azure'] } } });
  });

  it('goes on with each of several', async () => {
    const { openrouter } = served();
    const { text, texts } = await complete(openrouter, { ...REQUEST, prompt: ['one', 'two'] });
    expect(texts).toHaveLength(2);
    expect(text).toBe(texts[0]);
  });

  it('retries, and fails over along a long chain', async () => {
    const { openrouter, gateway } = served({ ...SAYS, scenario: { ...SAYS.scenario, gateway: faults.internal() } });
    expect(await rejection(complete(openrouter, REQUEST))).toMatchObject({ status: 500 });
    expect(gateway.requests).toHaveLength(3);
    const chain = served({ scenario: { models: { 'acme/atlas': fail(503), 'acme/atlas-mini': fail(503), 'cinder/spark': fail(503), 'acme/atlas-mini:free': fail(503) } } }, { retry: false });
    const { receipt } = await complete(chain.openrouter, { ...REQUEST, models: ['acme/atlas-mini', 'cinder/spark', 'acme/atlas-mini:free', 'borealis/aurora'] });
    expect(receipt).toMatchObject({ fallbackUsed: true, served: { model: 'borealis/aurora' } });
    expect(chain.gateway.requests).toHaveLength(2);
  });

  it('refuses what is no prompt, and what breaks the policy', async () => {
    const { openrouter, gateway } = served({}, { allowedModels: ['borealis/*'] });
    // What plain JavaScript may give.
    for (const wrong of [undefined, ...[undefined, 5, [], [5], null].map((prompt) => ({ ...REQUEST, prompt }))]) {
      expect(await rejection(complete(openrouter, wrong as never))).toBeInstanceOf(InvalidOptionsError);
      expect(() => streamComplete(openrouter, wrong as never)).toThrow(/prompt/);
    }
    expect(await rejection(complete(openrouter, REQUEST))).toBeInstanceOf(PolicyConflictError);
    expect(await rejection(streamComplete(openrouter, REQUEST))).toBeInstanceOf(PolicyConflictError);
    expect(gateway.requests).toHaveLength(0);
  });
});

describe('streamComplete', () => {
  it('gives the same piece by piece', async () => {
    const { openrouter, gateway } = served(SAYS);
    const stream = streamComplete(openrouter, REQUEST);
    const chunks = await collect(stream);
    expect(chunks.map(({ choices }) => choices?.map((choice) => ('text' in choice ? choice.text : ''))).join('')).toBe(' there was a harbour.');
    expect(await stream.final()).toMatchObject({ text: ' there was a harbour.', finishReason: 'stop', receipt: { served: { model: 'acme/atlas' } } });
    expect((await collect(streamComplete(openrouter, REQUEST).textStream)).join('')).toBe(' there was a harbour.');
    expect(gateway.requests[0]).toMatchObject({ path: '/api/v1/completions', body: { ...REQUEST, stream: true } });
  });

  it('that is cut tells what had arrived', async () => {
    const { openrouter } = served({ scenario: { ...SAYS.scenario, wire: { textSize: 6, cut: 2 } } });
    const error = await rejection(streamComplete(openrouter, REQUEST).final());
    expect(error).toMatchObject({ name: 'StreamError', reason: 'truncated' });
    expect((error as { partial: { choices: { message: { content: string } }[] } }).partial.choices[0]?.message.content).toMatch(/^ there/);
  });

  it('that never begins rejects like any call', async () => {
    const { openrouter } = served({ scenario: { gateway: respond(402, { error: { code: 402, message: 'Insufficient credits' } }) } });
    expect(await rejection(streamComplete(openrouter, REQUEST))).toBeInstanceOf(APIError);
  });

  it('heeds its signal', async () => {
    const { openrouter, gateway } = served({ scenario: { gateway: hang() } });
    const controller = new AbortController();
    const error = rejection(streamComplete(openrouter, REQUEST, { signal: controller.signal }));
    while (gateway.requests.length === 0) await new Promise((resolve) => setTimeout(resolve));
    controller.abort(new Error('enough'));
    expect(await error).toMatchObject({ message: 'enough' });
  });
});
