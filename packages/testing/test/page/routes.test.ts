import { describe, expect, it } from 'vitest';
import { createGateway } from '../../src/index.js';
import type { PageContents, PageList } from '../../src/page/page-request.js';
import { BASE, chat, post } from '../helpers.js';

const PATHS = ['/', '/__waypost/requests', '/__waypost/requests/1', '/__waypost/events'];

async function listOf(gateway: ReturnType<typeof createGateway>): Promise<PageList> {
  return (await (await gateway.fetch('http://localhost/__waypost/requests')).json()) as PageList;
}

describe('the page', () => {
  it('is one file that asks for nothing else and lets no other script run', async () => {
    const response = await createGateway().fetch('http://127.0.0.1/');
    const html = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+'; connect-src 'self'/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(html).not.toMatch(/(src|href)=["']?(https?:)?\/\//);
    expect(html).not.toMatch(/\son\w+\s*=\s*["']|innerHTML|insertAdjacentHTML|document\.write/);
  });

  it.each(PATHS)('answers %s under a name of this machine only, and never to another site', async (path) => {
    const gateway = createGateway();
    await chat(gateway);
    for (const host of ['gateway.local', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1']) {
      const response = await gateway.fetch(`http://${host}${path}`);
      expect([host, response.status]).toEqual([host, 403]);
      expect(await response.text()).not.toContain('acme');
    }
    // the name that the browser was given, on a connection to this machine
    expect((await gateway.fetch(`http://127.0.0.1${path}`, { headers: { host: 'evil.example:8080' } })).status).toBe(403);
    for (const host of ['localhost:8080', '127.0.0.1', '127.9.9.9:1', '[::1]:3000', 'app.localhost']) {
      const response = await gateway.fetch(`http://${host}${path}`);
      expect([host, response.status]).toEqual([host, 200]);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      await response.body?.cancel();
    }
  });

  it('is never among the requests', async () => {
    const gateway = createGateway();
    for (const path of PATHS) {
      await (await gateway.fetch(`http://localhost${path}`)).body?.cancel();
      await gateway.fetch(`http://elsewhere.example${path}`);
    }
    expect(gateway.requests).toHaveLength(0);
  });
});

describe('the list of requests', () => {
  it('says how each was routed, tried, paid for, and whether its policy was kept', async () => {
    const gateway = createGateway({ now: () => 1000 });
    await chat(gateway, { provider: { only: ['azure'], zdr: true }, models: ['borealis/aurora'], messages: [{ role: 'user', content: ' Which way? ' }] });
    await (await gateway.fetch(`${BASE}/models`)).text();
    const { total, timed, requests } = await listOf(gateway);
    expect([total, timed]).toEqual([2, true]);
    expect(requests[0]).toMatchObject({
      number: 1, method: 'POST', path: '/api/v1/chat/completions', state: 'answering', status: 200, asked: ['acme/atlas', 'borealis/aurora'], streamed: false,
      prompt: 'Which way?', at: 1000, attempts: [{ tag: 'azure', status: 200, at: 1000, durationMs: 0 }], served: { tag: 'azure' }, verdict: 'kept',
      tokens: { prompt: 6, cached: 0, reasoning: 0 }, cost: gateway.requests[0]?.cost,
    });
    expect(requests[0]?.route?.funnel).toEqual(gateway.requests[0]?.route?.funnel);
    expect(requests[1]).toMatchObject({ number: 2, method: 'GET', state: 'done', status: 200, asked: [], attempts: [], guardrails: [] });
    expect(requests[1]).not.toHaveProperty('verdict');
  });

  it('finds the prompt wherever a route has it', async () => {
    const gateway = createGateway();
    await chat(gateway, { messages: [{ role: 'user', content: 'first' }, { role: 'assistant', content: null }, { role: 'user', content: [{ type: 'text', text: 'of parts' }, { type: 'image_url', image_url: { url: 'data:,' } }] }] });
    await post(gateway, '/completions', { model: 'acme/atlas', prompt: ['one', 'two'] });
    await post(gateway, '/responses', { model: 'acme/atlas', input: 'items' });
    await post(gateway, '/rerank', { model: 'dune/compass', query: 'a query', documents: ['x'] });
    await post(gateway, '/chat/completions', 'no object');
    await post(gateway, '/chat/completions', { model: 7, models: 'x', messages: { role: 'user' }, provider: [1], stream: 'yes' });
    const { requests } = await listOf(gateway);
    expect(requests.map(({ prompt }) => prompt)).toEqual(['of parts', 'two', 'items', 'a query', '', '']);
  });

  it('holds the newest 500, with the number of all', async () => {
    const gateway = createGateway();
    for (let i = 0; i < 503; i += 1) await gateway.fetch(`${BASE}/key`);
    const { total, requests } = await listOf(gateway);
    expect([total, requests.length, requests[0]?.number, requests.at(-1)?.number]).toEqual([503, 500, 4, 503]);
  });

  it('shows prompts and bodies, and never a key', async () => {
    const gateway = createGateway({ apiKeys: ['my-own-secret', 'sk-or-v1-secret'] });
    const headers = { 'x-provider-api-keys': '{"azure":"az-123456"}', 'x-api-key': 'abcdef', 'cookie': 'session=1', 'x-title': 'Harbour', 'x-note': 'my-own-secret' };
    await chat(gateway, { messages: [{ role: 'user', content: 'my key is sk-or-v1-0123456789 or my-own-secret' }], user: 'Bearer abcdefghijkl' }, { headers });
    // a key at the place where the text is cut
    await chat(gateway, { model: 'my-own-secret', messages: [{ role: 'user', content: `${'x'.repeat(290)} my-own-secret` }], provider: { only: ['my-own-secret'] } });
    const list = await (await gateway.fetch('http://localhost/__waypost/requests')).text();
    const contents = (await (await gateway.fetch('http://localhost/__waypost/requests/1')).json()) as PageContents;
    expect(JSON.parse(contents.body)).toMatchObject({ messages: [{ role: 'user', content: 'my key is [redacted] or [redacted]' }] });
    expect(contents.headers).toMatchObject({ 'x-title': 'Harbour', 'authorization': '[redacted]', 'cookie': '[redacted]' });
    for (const secret of ['0123456789', 'my-own', 'sk-or-v1', 'az-123456', 'abcdef', 'session=1']) {
      expect(list).not.toContain(secret);
      expect(JSON.stringify(contents)).not.toContain(secret);
    }
  });

  it('is not broken by what a client sends', async () => {
    const gateway = createGateway();
    const deep = `${'{"content":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const many = JSON.stringify(Array.from({ length: 50_000 }, (_, i) => `model/${i}`));
    const body = `{"model":"acme/atlas","models":${many},"messages":[${deep}],"provider":{"only":["azure"],"max_price":{"prompt":${deep}}}}`;
    await (await gateway.fetch(`${BASE}/chat/completions`, { method: 'POST', headers: { authorization: 'Bearer k' }, body })).text();
    const { requests: [request] } = await listOf(gateway);
    expect(request).toMatchObject({ prompt: '', guardrails: [{ name: 'only', asked: '["azure"]' }, { name: 'max_price', asked: '(nested too deep to be shown)' }] });
    expect(request?.asked).toHaveLength(20);
    const contents = (await (await gateway.fetch('http://localhost/__waypost/requests/1')).json()) as PageContents;
    expect(contents.body).toBe('(nested too deep to be shown)');
  });

  it('has a 404 for a number that is not there', async () => {
    for (const number of ['2', '0', 'x', '__proto__']) {
      expect((await createGateway().fetch(`http://localhost/__waypost/requests/${number}`)).status).toBe(404);
    }
  });
});
