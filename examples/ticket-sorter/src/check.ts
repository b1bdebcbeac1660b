/** The sorter against a gateway: typed records, what was asked for on the wire, and a model that does not keep to the schema. */
import assert from 'node:assert/strict';
import { createGateway, reply } from '@waypost/testing';
import { localModel } from './connection.js';
import { scriptedModel } from './scripted.js';
import { sortTickets } from './sort.js';

const gateway = createGateway({ scenario: { reply: scriptedModel } });
const sorted = await sortTickets(localModel(gateway), ['The engine is on fire. Help.', 'An invoice is missing.', 'Do you open on Sundays?']);

assert.deepEqual(sorted.map(({ ticket }) => [ticket?.category, ticket?.urgency]), [['fault', 5], ['billing', 3], ['question', 1]]);
assert.equal(sorted[0]?.ticket?.summary, 'The engine is on fire');
assert.ok(sorted.every(({ provider, cost }) => provider === 'Azure' && cost !== undefined && cost > 0), 'only one endpoint fits the policy');
assert.equal(gateway.requests.length, 3);
for (const { body } of gateway.requests) {
  const { provider, response_format: format } = body as { provider?: unknown; response_format?: { type?: string; json_schema?: { name?: string } } };
  assert.deepEqual(provider, { ignore: ['deepinfra'], require_parameters: true, data_collection: 'deny' });
  assert.equal(format?.type, 'json_schema');
  assert.equal(format.json_schema?.name, 'ticket');
}

const stubborn = createGateway({ scenario: { reply: reply.text('It is about an engine, I think.') } });
const [unsorted] = await sortTickets(localModel(stubborn), ['The engine is on fire.']);
assert.equal(unsorted?.ticket, null, 'what cannot be parsed is not made up');
console.log('ticket-sorter: ok');
