import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPolicyFetch, type Fetch } from '../src/policy-fetch.js';
import { answer, json } from './kit.js';

const ASK = { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer own' }, body: JSON.stringify({ model: 'a/b', messages: [{ role: 'user', content: 'hi' }] }) };
// Plain JavaScript may give anything that becomes text.
const js = (value: unknown): never => value as never;

/** A policy fetch for a base URL, and what it sends. */
function stage(baseURL: string): { policyFetch: Fetch; sent: unknown[] } {
  const sent: unknown[] = [];
  const policyFetch = createPolicyFetch({
    baseURL,
    provider: { zdr: true },
    fetch: async (_, init) => {
      sent.push(typeof init?.body === 'string' ? JSON.parse(init.body) : undefined);
      return json(answer());
    },
  });
  return { policyFetch, sent };
}

afterEach(() => vi.unstubAllGlobals());

describe('a base URL without a path', () => {
  const BASE = 'https://gateway.example';

  it('is one like any other', async () => {
    const { policyFetch, sent } = stage(BASE);
    await policyFetch(`${BASE}/chat/completions`, ASK);
    expect(sent).toMatchObject([{ provider: { zdr: true } }]);
  });

  it.each([
    '//chat/completions', '/chat%2fcompletions', '/ch%61t/completions', '/chat/completions/', '/chat/completions;x', '/x/..%2fchat/completions',
  ])('guards what a server may read as a route: %s', async (path) => {
    const { policyFetch, sent } = stage(BASE);
    expect((await policyFetch(BASE + path, ASK)).status).toBe(400);
    expect(sent).toEqual([]);
  });

  it.each(['http://gateway.example/chat/completions', 'https://gateway.example./chat/completions'])('guards its host by another name: %s', async (url) => {
    const { policyFetch, sent } = stage(BASE);
    expect((await policyFetch(url, ASK)).status).toBe(400);
    expect(sent).toEqual([]);
  });
});

describe('a route of inference at the host of the base URL, but not below it', () => {
  const ASTRAY = ['https://gateway.example/v1/chat/completions', 'https://gateway.example/chat/completions', 'https://gateway.example/api/v2/responses', 'https://gateway.example/openai/embeddings', 'https://gateway.example/v1/messages', 'http://gateway.example/chat/completions/'];

  it.each(ASTRAY)('is refused under a policy, which an SDK with another base URL would go round: %s', async (url) => {
    const { policyFetch, sent } = stage('https://gateway.example/api/v1');
    const response = await policyFetch(url, ASK);
    expect([response.status, await response.json()]).toEqual([400, { error: expect.objectContaining({ param: 'baseURL', message: expect.stringContaining('give the SDK the base URL https://gateway.example/api/v1') }) }]);
    expect(sent).toEqual([]);
  });

  it.each(ASTRAY)('passes where it only reads, and where there is no policy: %s', async (url) => {
    const { policyFetch, sent } = stage('https://gateway.example/api/v1');
    await policyFetch(url);
    const lax = createPolicyFetch({ baseURL: 'https://gateway.example/api/v1', fetch: async () => json({ passed: true }) });
    expect([sent, await (await lax(url, ASK)).json()]).toEqual([[undefined], { passed: true }]);
  });

  it.each(['https://gateway.example/chat/messages', 'https://gateway.example/images', 'https://gateway.example/api/login', 'https://gateway.example:8443/v1/chat/completions', 'https://other.example/v1/chat/completions'])('is not %s', async (url) => {
    const { policyFetch, sent } = stage('https://gateway.example/api/v1');
    expect((await policyFetch(url, ASK)).status).toBe(200);
    expect(sent).toHaveLength(1);
  });
});

it('takes what init may be for the platform: nothing, or null', async () => {
  const { policyFetch, sent } = stage('https://gateway.example/v1');
  await policyFetch(new Request('https://gateway.example/v1/chat/completions', ASK), js(null));
  await policyFetch('https://gateway.example/v1/models', js(null));
  expect(sent).toMatchObject([{ provider: { zdr: true } }, undefined]);
});

describe('an address that is given as something else', () => {
  const BASE = 'https://gateway.example/api/v1';
  const CHAT = `${BASE}/chat/completions`;

  it.each([['a String', Object(CHAT)], ['what becomes text', { toString: () => CHAT }], ['a URL', new URL(CHAT)]])('%s is guarded as text is', async (_, input) => {
    const { policyFetch, sent } = stage(BASE);
    await policyFetch(js(input), ASK);
    expect(sent).toMatchObject([{ provider: { zdr: true } }]);
  });

  it.each([['location', { href: '' }], ['document', { baseURI: 'nowhere' }], ['location', {}]])('is guarded whatever the %s says: %j', async (name, value) => {
    vi.stubGlobal(name, value);
    const { policyFetch, sent } = stage(BASE);
    await policyFetch(CHAT, ASK);
    expect(sent).toMatchObject([{ provider: { zdr: true } }]);
  });

  it.each([['location', { href: 'https://gateway.example/app' }], ['document', { baseURI: 'https://gateway.example/app/' }]])('a path is guarded where it stands below the %s', async (name, value) => {
    vi.stubGlobal('location', undefined);
    vi.stubGlobal('document', undefined);
    vi.stubGlobal(name, value);
    const { policyFetch, sent } = stage(BASE);
    await policyFetch('/api/v1/chat/completions', ASK);
    expect(sent).toMatchObject([{ provider: { zdr: true } }]);
    expect((await policyFetch('/api/v1//chat/completions', ASK)).status).toBe(400);
    expect(sent).toHaveLength(1);
  });
});
