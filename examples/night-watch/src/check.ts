/** The chain against gateways on which all but the last fail, and all of them. */
import assert from 'node:assert/strict';
import { APIError, OpenRouterError } from '@waypost/fetch';
import { createGateway, fail, hang, reply } from '@waypost/testing';
import { localGateway } from './connection.js';
import { SIGHTINGS } from './sightings.js';
import { watch } from './watch.js';

const DOWN = { 'borealis/aurora': fail(503), 'acme/atlas': fail(529), 'cinder/spark': hang() };

const gateway = createGateway({ scenario: { reply: reply.text('A quiet night.'), models: DOWN } });
const lines: string[] = [];
const { text, receipt } = await watch(SIGHTINGS, (line) => lines.push(line), localGateway(gateway));
assert.equal(text, 'A quiet night.');
assert.equal(receipt?.served?.model, 'acme/atlas-mini');
assert.deepEqual(lines, ['borealis/aurora, acme/atlas: answered 529', 'cinder/easel: nobody serves it at that price', 'cinder/spark: too slow']);
const sent = gateway.requests.map(({ body }) => body as { model: string; models?: string[]; provider: { max_price: object; data_collection: string } });
assert.deepEqual(sent.map(({ model, models }) => [model, models]), [['borealis/aurora', ['acme/atlas']], ['cinder/easel', undefined], ['cinder/spark', undefined], ['acme/atlas-mini', undefined]]);
assert.ok(sent.every(({ provider }) => provider.data_collection === 'deny'), 'the guardrail is in every request');
assert.deepEqual(sent.map(({ provider }) => provider.max_price), [{ prompt: 5, completion: 20 }, { prompt: 0.01, completion: 20 }, { prompt: 5, completion: 20 }, { prompt: 1, completion: 2 }]);

const dark = createGateway({ scenario: { models: { ...DOWN, 'acme/atlas-mini': fail(502) } } });
await assert.rejects(watch(SIGHTINGS, () => {}, localGateway(dark)), (error) => {
  assert.ok(APIError.isInstance(error) && OpenRouterError.isInstance(error));
  assert.equal(error.status, 502);
  assert.equal(error.previousErrors?.length, 3, 'what failed before is not lost');
  return true;
});

console.log('night-watch: ok');
