import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPolicyFetch } from '../src/policy-fetch.js';
import { createProxyHandler } from '../src/proxy.js';
import { KEY, openBody, rejection, REQUEST, text } from './kit.js';

// What ends a process, unless somebody listens.
const fatal: unknown[] = [];
const note = (reason: unknown): void => void fatal.push(reason);
beforeEach(() => {
  fatal.length = 0;
  process.on('unhandledRejection', note).on('uncaughtException', note);
});
afterEach(() => void process.off('unhandledRejection', note).off('uncaughtException', note));

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const boom = new Error('boom');
const fail = (): never => {
  throw boom;
};
const ask = (signal?: AbortSignal): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer own' }, body: JSON.stringify({ ...REQUEST, stream: true }), ...(signal && { signal }) });

describe('what a hook throws where nobody waits for it', () => {
  it('breaks a stream whose server is silent for too long, and not the process', async () => {
    const body = openBody();
    const fired: (() => void)[] = [];
    const timer = (_: number, callback: () => void) => {
      fired.push(callback);
      return () => {};
    };
    let now = 0;
    const handler = createProxyHandler({ apiKey: KEY, idleTimeout: 1000, onReceipt: fail, effects: { timer, now: () => now }, fetch: async () => body.response });
    body.push(text('a'));
    const response = await handler(new Request('https://site.example/', ask()));
    const read = rejection(response.text());
    await turns();
    now = 5000;
    fired.forEach((callback) => callback());
    expect(await read).toBe(boom);
    await turns();
    expect([fatal, body.cancelled()]).toEqual([[], true]);
  });

  it('breaks a stream that the caller aborts, and not the process', async () => {
    const body = openBody();
    const controller = new AbortController();
    const policyFetch = createPolicyFetch({ hooks: { onError: fail }, fetch: async () => body.response });
    body.push(text('a'));
    const response = await policyFetch('https://openrouter.ai/api/v1/chat/completions', ask(controller.signal));
    const read = rejection(response.text());
    await turns();
    controller.abort(new Error('enough'));
    expect(await read).toBe(boom);
    await turns();
    expect([fatal, body.cancelled()]).toEqual([[], true]);
  });

  it('is passed over where a proxy tells of an error, at once and later', async () => {
    for (const onError of [fail, () => Promise.reject(boom)]) {
      const handler = createProxyHandler({ apiKey: KEY, onError, authorize: fail });
      expect((await handler(new Request('https://site.example/', ask()))).status).toBe(500);
      const unreachable = createProxyHandler({ apiKey: KEY, onError, fetch: fail });
      expect((await unreachable(new Request('https://site.example/', ask()))).status).toBe(502);
    }
    await turns();
    expect(fatal).toEqual([]);
  });
});
