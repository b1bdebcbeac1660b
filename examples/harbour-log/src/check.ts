/** The log against gateways on which the model keeps to the schema, does so when it is asked again, and does not at all. */
import assert from 'node:assert/strict';
import { createGateway, reply } from '@waypost/testing';
import { askLog } from './ask-log.js';
import { CALLS } from './calls.js';
import { localGateway } from './connection.js';
import { logCalls } from './log-calls.js';
import { scriptedModel } from './scripted.js';

const gateway = createGateway({ scenario: { reply: scriptedModel, wire: { textSize: 8 } } });
const connection = localGateway(gateway);
const logged = await logCalls(connection, CALLS);
assert.deepEqual(logged.map(({ entry }) => [entry?.vessel, entry?.kind, entry?.persons]), [['Petrel', 'arrival', 2], ['Kittiwake', 'distress', 5], ['Old Margaret', 'departure', 1]]);
for (const { body } of gateway.requests) {
  const { provider, response_format: format } = body as { provider?: unknown; response_format?: { json_schema?: { strict?: boolean } } };
  assert.deepEqual(provider, { require_parameters: true, data_collection: 'deny', max_price: { prompt: 5, completion: 20 } });
  assert.equal(format?.json_schema?.strict, true);
}

const pieces: string[] = [];
const run = await askLog(connection, logged.flatMap(({ entry }) => entry ?? []), 'Who arrives?', (piece) => pieces.push(piece));
assert.equal(run.text, 'Petrel comes at seven, and finds 4.0 metres of water at the berths.');
assert.equal(pieces.join(''), run.text);
assert.ok(pieces.length > 3, 'it came piece by piece');
assert.equal(run.stoppedBy, 'finished');
assert.deepEqual(run.steps.map(({ toolResults }) => toolResults.map(({ name }) => name)), [['findEntries', 'waterLevel'], []]);
const charged = gateway.requests.reduce((sum, { cost }) => sum + Number(cost), 0);
const told = (run.total.cost.total ?? 0) + logged.reduce((sum, { cost }) => sum + cost, 0);
assert.ok(told > 0 && Math.abs(told - charged) < 1e-12, 'the receipts add up to what the gateway charged');

const hesitant = createGateway({ scenario: { reply: (context) => (context.request.messages.length === 2 ? reply.text('A boat, I think.') : reply.text('{"vessel":"Petrel","kind":"arrival","persons":null,"summary":"Comes in."}')) } });
const [repaired] = await logCalls(localGateway(hesitant), CALLS.slice(0, 1));
assert.equal(repaired?.entry?.vessel, 'Petrel', 'it is asked once more');
assert.equal(hesitant.requests.length, 2);

const stubborn = createGateway({ scenario: { reply: reply.text('A boat, I think.') } });
const [unheard] = await logCalls(localGateway(stubborn), CALLS.slice(0, 1));
assert.equal(unheard?.entry, null, 'what cannot be read is not made up');
assert.ok((unheard?.cost ?? 0) > 0, 'and what it cost is not forgotten');
console.log('harbour-log: ok');
