import { InvalidOptionsError, OpenRouterError, PolicyConflictError } from '@waypost/fetch';
import type { Clients } from './clients.js';
import { MODEL } from './policy.js';
import { expect, print, red, section } from './print.js';

async function failureOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    if (!OpenRouterError.isInstance(error)) throw error;
    print(`   ${red(error.name)} ${error.message}`);
    return error;
  }
  return undefined;
}

export async function showConflict({ openrouter, gateway }: Clients): Promise<void> {
  section('Refused before anything is sent');
  const before = gateway.requests.length;
  const messages = [{ role: 'user' as const, content: 'Hello?' }];
  const onlyAzure = openrouter.with({ provider: { only: ['azure'] } });

  const conflict = await failureOf(() => onlyAzure.chat({ model: MODEL, messages, provider: { only: ['openai'] } }));
  const typo = await failureOf(() => openrouter.chat({ model: MODEL, messages, provider: { ignore: ['opnai'] } }));

  expect('two layers without a provider in common are a conflict', PolicyConflictError.isInstance(conflict) && conflict.field === 'provider.only');
  expect('a misspelt provider is an error, not a guardrail that matches nothing', InvalidOptionsError.isInstance(typo) && typo.issues[0]?.path === 'provider.ignore[0]');
  expect('the gateway saw none of it', gateway.requests.length === before);
}
