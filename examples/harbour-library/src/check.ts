/** The library against a gateway: what is found, cited and paid, the policy on every request, and providers that fail. */
import assert from 'node:assert/strict';
import { createGateway, defaultCatalogue, fail, type Gateway, ok, type RecordedRequest, reply } from '@waypost/testing';
import { localModels } from './connection.js';
import { documents } from './documents.js';
import { openLibrary } from './library.js';
import { scriptedModel } from './scripted.js';

/** Whether the endpoint that served a request keeps nothing of it, by the gateway's catalogue. */
function keptNothing({ served }: RecordedRequest): boolean {
  const model = defaultCatalogue.models.find(({ id }) => id === served?.model);
  return model?.endpoints.find(({ tag }) => tag === served?.tag)?.dataPolicy.retains === false;
}

/** The receipts say what the gateway charged, and every request has the policy on it. */
function checkBooks(gateway: Gateway, total: number): void {
  const charged = gateway.requests.reduce((sum, { cost }) => sum + Number(cost), 0);
  assert.ok(total > 0 && Math.abs(total - charged) < 1e-12, 'the receipts add up to what the gateway charged');
  for (const { body } of gateway.requests) {
    const { provider } = body as { provider?: unknown };
    assert.deepEqual(provider, { data_collection: 'deny', max_price: { prompt: 3, completion: 15, request: 0.01 } });
  }
}

// Questions and answers.
const gateway = createGateway({ scenario: { reply: scriptedModel } });
const models = localModels(gateway);
const library = await openLibrary(models, documents);
assert.deepEqual(gateway.requests.map(({ body }) => (body as { input?: unknown }).input), [documents.map(({ pageContent }) => pageContent)], 'one request for all documents');

const bridge = await library.invoke('When does the bridge open?');
assert.equal(bridge.text, 'The bridge at Stillwater opens on the hour from seven to nineteen [bridge].');
assert.deepEqual(bridge.cited.map(({ id }) => id), ['bridge']);
assert.equal(bridge.sources.length, 3);
const scores = bridge.sources.map(({ metadata }) => Number(metadata['relevanceScore']));
assert.deepEqual(scores, scores.toSorted((a, b) => b - a), 'best first');
assert.equal(bridge.sources[0]?.id, 'bridge');

const [berths, sauna] = await library.batch(['What does a berth cost?', 'Is there a sauna?']);
assert.deepEqual(berths?.cited.map(({ id }) => id), ['berths']);
assert.equal(sauna?.text, 'The papers do not say.');
assert.deepEqual(sauna.cited, []);
assert.equal(gateway.requests.length, 1 + 3 * 3, 'a question is embedded, its papers are ranked, and read');
assert.equal(models.bill.items.length, gateway.requests.length);
assert.ok(gateway.requests.every(keptNothing), 'providers that keep what they are sent are never asked');
checkBooks(gateway, models.bill.total());

// What the model was never shown is no citation.
const inventive = createGateway({ scenario: { reply: reply.text('It opens at noon [almanac], on the hour [bridge].') } });
const invented = await (await openLibrary(localModels(inventive), documents)).invoke('When does the bridge open?');
assert.deepEqual(invented.cited.map(({ id }) => id), ['bridge']);

// A ranking that fails at one provider goes to another, and the model hands over to its fallback, all under the same policy.
const rough = createGateway({ scenario: { reply: scriptedModel, models: { 'dune/compass': [fail(503), ok()], 'acme/atlas': fail(503) } } });
const troubled = localModels(rough);
const answer = await (await openLibrary(troubled, documents)).invoke('When does the bridge open?');
assert.equal(answer.text, bridge.text);
const [, , ranked, read] = rough.requests;
assert.deepEqual(ranked?.attempts.map(({ status }) => status), [503, 200]);
assert.equal(read?.served?.model, 'borealis/aurora');
checkBooks(rough, troubled.bill.total());

console.log('harbour-library: ok');
