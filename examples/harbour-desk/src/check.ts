/** The worker against a gateway: what a page gets, what it cannot do, and that it never sees the key. */
import assert from 'node:assert/strict';
import { createGateway, fail, reply } from '@waypost/testing';
import { readAnswer } from './read-answer.js';
import { createWorker } from './worker.js';

const KEY = 'sk-or-v1-of-the-desk';
const ANSWER = 'From the east pier.';
const gateway = createGateway({ scenario: { reply: reply.text(ANSWER), wire: { textSize: 4 } } });
const told: unknown[] = [];
const worker = createWorker('acme/atlas', { apiKey: KEY, baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch, onError: (error) => told.push(error) });
const body = { model: 'acme/atlas', stream: true, messages: [{ role: 'user', content: 'Where?' }] };

const ask = (more: object = {}, headers: Record<string, string> = { cookie: 'ticket=anna' }, path = '/chat/completions'): Promise<Response> =>
  worker.fetch(new Request(`https://desk.example/api/ai${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ ...body, ...more }) }));

const page = await worker.fetch(new Request('https://desk.example/'));
const html = await page.text();
assert.match(html, /async function readAnswer\(response *, write *\)/, 'the page reads the stream by the function that is checked here');
assert.ok(!html.includes(KEY));

const pieces: string[] = [];
await readAnswer(await ask({ provider: { zdr: false, sort: 'price' }, user: 'ben' }), (piece) => pieces.push(piece));
assert.equal(pieces.join(''), ANSWER);
assert.ok(pieces.filter(Boolean).length > 3, 'it came piece by piece');
const { provider, user } = (gateway.requests[0]?.body ?? {}) as { provider?: unknown; user?: string };
assert.deepEqual(provider, { sort: 'price', zdr: true, max_price: { prompt: 5, completion: 20 } }, 'the policy holds, whatever the page says');
assert.equal(user, 'anna', 'and so does who it is');

const refused: readonly [Response, number][] = [
  [await ask({}, {}), 401],
  [await ask({ model: 'borealis/aurora' }), 400],
  [await ask({}, undefined, '/embeddings'), 404],
  [await ask({}, { cookie: 'ticket=anna', origin: 'https://evil.example' }), 403],
  [await ask({ padding: 'x'.repeat(100_000) }), 413],
];
for (const [{ status }, expected] of refused) assert.equal(status, expected);
assert.equal(gateway.requests.length, 1, 'none of that went any further');

gateway.setScenario({ gateway: [fail(401, { message: `No user has the key ${KEY}` })] });
await assert.rejects(readAnswer(await ask(), () => {}), /^Error: The model service refused the server$/);
assert.equal(told.length, 2, 'the server is told what the page is not: a model that is not allowed, and the key');

console.log('harbour-desk: ok');
