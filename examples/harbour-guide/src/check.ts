/** The guide against a gateway: the policy holds, whatever the application says, and refusals are errors of the openai package. */
import assert from 'node:assert/strict';
import { createGateway, fail, ok, reply } from '@waypost/testing';
import OpenAI from 'openai';
import { localGateway } from './connection.js';
import { guide } from './guide.js';

const ANSWER = 'From the east pier.';
const gateway = createGateway({ scenario: { reply: reply.text(ANSWER), wire: { textSize: 4 }, gateway: [fail(503, { retryAfter: 0.001 }), ok()] } });
const connection = localGateway(gateway);

const pieces: string[] = [];
await guide(connection, 'Where?', (piece) => pieces.push(piece), { provider: { data_collection: 'allow', max_price: { prompt: 100 }, sort: 'price' } });
assert.equal(pieces.join(''), ANSWER);
assert.ok(pieces.filter(Boolean).length > 3, 'it came piece by piece');
assert.deepEqual(gateway.requests.map(({ status }) => status), [503, 200], 'the openai package repeated what may pass');
const { provider } = (gateway.requests[1]?.body ?? {}) as { provider?: unknown };
assert.deepEqual(provider, { sort: 'price', data_collection: 'deny', max_price: { prompt: 5, completion: 20 } });

const before = gateway.requests.length;
await assert.rejects(guide(connection, 'Where?', () => {}, { provider: { data_colection: 'deny' } }), (error) => {
  assert.ok(error instanceof OpenAI.BadRequestError);
  assert.match(error.message, /data_collection/, 'it says what was meant');
  return true;
});
assert.equal(gateway.requests.length, before, 'nothing was sent, not even once more');

console.log('harbour-guide: ok');
