/** The assistant against a gateway: the whole loop, what it costs, and a provider that fails in the middle of it. */
import assert from 'node:assert/strict';
import { createGateway, fail, ok } from '@waypost/testing';
import { ask } from './ask.js';
import { localModel } from './connection.js';
import { scriptedModel } from './scripted.js';

const gateway = createGateway({ scenario: { reply: scriptedModel, endpoints: { openai: [ok(), fail(503), ok()] } } });
const { text, called, cost } = await ask(localModel(gateway), 'Can I enter Stillwater at six?');

assert.equal(text, 'At six there are 4.2 metres of water at Stillwater: enough for your two.');
assert.deepEqual(called, ['findHarbour', 'waterLevel']);
assert.equal(gateway.requests.length, 3, 'one request per step');
const charged = gateway.requests.reduce((sum, request) => sum + Number(request.cost), 0);
assert.ok(cost > 0 && Math.abs(cost - charged) < 1e-12, 'the receipts add up to what the gateway charged');
assert.deepEqual(gateway.requests.map(({ attempts }) => attempts.map(({ tag, status }) => `${tag} ${status}`)), [
  ['openai 200'],
  ['openai 503', 'azure 200'],
  ['openai 200'],
]);
for (const { body } of gateway.requests) {
  const { provider } = body as { provider?: unknown };
  assert.deepEqual(provider, { require_parameters: true, sort: 'throughput', max_price: { completion: 20 } });
}
console.log('tide-assistant: ok');
