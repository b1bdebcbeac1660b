import type { Receipt } from '@waypost/fetch';
import { fail, ok } from '@waypost/testing';
import type { Clients } from './clients.js';
import { MODEL } from './policy.js';
import { dim, dollars, expect, print, section, table } from './print.js';

function showReceipt(receipt: Receipt | undefined): void {
  const { served, fallbackUsed, attempts = [], router, cost, verdict } = receipt ?? { verdict: { guardrails: {} } };
  table([
    ['served by', `${served?.model} at ${served?.provider}`],
    ['fallback used', String(fallbackUsed)],
    ['requests', attempts.map(({ models, outcome }) => `${models.join(', ')}: ${outcome}`).join(' | ')],
    ['behind them', (router?.attempts ?? []).map(({ model, provider, status }) => `${model} at ${provider} ${status}`).join(' → ')],
    ['cost', dollars(cost?.total)],
    ['guardrails', Object.entries(verdict.guardrails).map(([name, { verdict: word }]) => `${name} ${word}`).join(', ')],
  ], (_row, line) => dim(line));
}

export async function showFailover({ openrouter, chatModel, gateway }: Clients): Promise<void> {
  section('A provider fails; then a whole model; then three models');
  const messages = [{ role: 'user' as const, content: 'Is anyone there?' }];

  print('   deepinfra has a rate limit (fetch):');
  gateway.setScenario({ endpoints: { 'deepinfra/fp8': fail(429, { retryAfter: 2 }) } });
  const { receipt: first } = await openrouter.chat({ model: MODEL, messages, provider: { order: ['deepinfra', 'azure'] } });
  showReceipt(first);
  expect('azure serves the same model', first?.served?.providerSlug === 'azure' && first.served.model === MODEL);

  print('\n   acme/atlas is down everywhere (LangChain):');
  gateway.setScenario({ models: { [MODEL]: fail(503) } });
  const message = await chatModel.invoke('Is anyone there?');
  // What LangChain keeps has no type of its own.
  const second = message.response_metadata['receipt'] as Receipt | undefined;
  showReceipt(second);
  expect('the next model serves', second?.served?.model === 'borealis/aurora' && second.fallbackUsed);

  print('\n   Five models, the first three down; the server takes three at a time (fetch):');
  gateway.setScenario({
    models: { [MODEL]: fail(503), 'borealis/aurora': fail(502), 'acme/atlas-mini': fail(500), 'cinder/spark': ok() },
  });
  const before = gateway.requests.length;
  const chain = ['borealis/aurora', 'acme/atlas-mini', 'cinder/spark', 'acme/atlas-mini:extended'];
  const { receipt: third } = await openrouter.chat({ model: MODEL, models: chain, messages });
  showReceipt(third);
  expect('a second request carries the rest of the chain', gateway.requests.length - before === 2 && third?.served?.model === 'cinder/spark');
  expect('one failed request and one good one are on the receipt', third?.attempts?.map(({ outcome }) => outcome).join() === 'error,ok');
  gateway.setScenario({});
}
