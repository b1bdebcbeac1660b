/** The summariser against gateways on which things go well, break off, and cannot be done. */
import assert from 'node:assert/strict';
import { NoRouteError, StreamError } from '@waypost/fetch';
import { createGateway, fail, reply } from '@waypost/testing';
import { localGateway } from './connection.js';
import { LETTER } from './letter.js';
import { summarise } from './summarise.js';

const SUMMARY = 'A patient feels better and sleeps worse.';

const gateway = createGateway({ scenario: { reply: reply.text(SUMMARY), wire: { textSize: 5 }, models: { 'acme/atlas': fail(503) } } });
const pieces: string[] = [];
const result = await summarise(LETTER, (piece) => pieces.push(piece), localGateway(gateway));
assert.equal(pieces.join(''), SUMMARY);
assert.ok(pieces.length > 3, 'it came piece by piece');
assert.equal(result.text, SUMMARY);
assert.equal(result.receipt?.served?.model, 'borealis/aurora', 'the fallback served');
const { body } = gateway.requests[0] ?? {};
assert.deepEqual((body as { provider?: unknown }).provider, { data_collection: 'deny', zdr: true, max_price: { prompt: 5, completion: 20 } });

const broken = createGateway({ scenario: { reply: reply.text(SUMMARY), wire: { textSize: 5, cut: 'before-finish' } } });
const heard: string[] = [];
await assert.rejects(summarise(LETTER, (piece) => heard.push(piece), localGateway(broken)), (error) => {
  assert.ok(StreamError.isInstance(error));
  assert.equal(error.reason, 'truncated');
  assert.equal(error.partial?.choices[0]?.message?.content, heard.join(''), 'nothing that had arrived is lost');
  return true;
});

const { options } = localGateway(createGateway());
await assert.rejects(summarise(LETTER, () => {}, { options, model: 'acme/atlas-mini:free', fallback: 'acme/atlas-mini:free' }), (error) => NoRouteError.isInstance(error));

console.log('private-summariser: ok');
