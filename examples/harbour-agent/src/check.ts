/** The agent against a gateway: the loop, the structured answer, the policy on every request, and failures in the middle of it. */
import assert from 'node:assert/strict';
import { type AttemptContext, createGateway, fail, type Outcome } from '@waypost/testing';
import { ask } from './ask.js';
import { localModel } from './connection.js';
import { scriptedModel } from './scripted.js';

/** At the second step the first provider is busy; at the third the whole model is down. */
function rough({ request, tag }: AttemptContext): Outcome | undefined {
  const step = 1 + request.messages.filter(({ role }) => role === 'tool').length;
  return step === 3 || (step === 2 && tag === 'azure') ? fail(503) : undefined;
}

const gateway = createGateway({ scenario: { reply: scriptedModel, models: { 'acme/atlas': rough } } });
const { advice, steps } = await ask(localModel(gateway), 'My boat draws two metres. Can I enter Stillwater at six?');

assert.deepEqual(advice, { enter: true, depth: 4.2, why: 'There are 4.2 metres of water at Stillwater.' });
assert.deepEqual(steps.map(({ called }) => called), [['find_harbour'], ['water_level'], ['advice']]);
assert.deepEqual(steps.map(({ model, provider }) => `${model} at ${provider}`), ['acme/atlas at Azure', 'acme/atlas at DeepInfra', 'borealis/aurora at Amazon Bedrock']);

assert.equal(gateway.requests.length, 3, 'one request per step: failover is the router\'s');
assert.deepEqual(gateway.requests.map(({ attempts }) => attempts.map(({ tag, status }) => `${tag} ${status}`)), [
  ['azure 200'],
  ['azure 503', 'deepinfra/fp8 200'],
  ['azure 503', 'deepinfra/fp8 503', 'amazon-bedrock 200'],
]);
for (const { body } of gateway.requests) {
  const { provider, models, tools, tool_choice: choice } = body as { provider?: unknown; models?: unknown; tools?: { function?: { name?: string } }[]; tool_choice?: unknown };
  assert.deepEqual(provider, { order: ['azure', 'deepinfra'], require_parameters: true, zdr: true, max_price: { prompt: 5, completion: 20 } });
  assert.deepEqual(models, ['borealis/aurora']);
  assert.deepEqual(tools?.map((tool) => tool.function?.name), ['find_harbour', 'water_level', 'advice']);
  assert.equal(choice, 'required', 'the answer comes by a tool, so that one is always called');
}

const charged = gateway.requests.reduce((sum, { cost }) => sum + Number(cost), 0);
const told = steps.reduce((sum, { cost }) => sum + cost, 0);
assert.ok(told > 0 && Math.abs(told - charged) < 1e-12, 'the receipts add up to what the gateway charged');
console.log('harbour-agent: ok');
