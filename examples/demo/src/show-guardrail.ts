import { generateText } from 'ai';
import type { Clients } from './clients.js';
import { MODEL } from './policy.js';
import { dim, expect, print, section, yellow } from './print.js';

export async function showGuardrail({ provider, sent, gateway }: Clients): Promise<void> {
  section('A call tries to loosen the guardrails');
  const loosening = { zdr: false, dataCollection: 'allow', maxPrice: { prompt: 100 } };
  print(`   The call (AI SDK) says ${JSON.stringify(loosening)}`);
  // The AI SDK would print them too.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  const { warnings = [] } = await generateText({
    model: provider(MODEL),
    prompt: 'Let us be careless.',
    providerOptions: { openrouter: { provider: loosening } },
  });
  for (const warning of warnings) print(`   ${yellow('!')} ${'message' in warning ? warning.message : warning.type}`);
  print(dim(`   sent: ${JSON.stringify(JSON.parse(sent.at(-1) ?? '{}').provider)}`));

  expect('each attempt is told, and none is heeded', warnings.length === 3);
  expect('what went out is the policy, unchanged', sent.at(-1)?.includes('"provider":{"data_collection":"deny","zdr":true,"max_price":{"prompt":4,"completion":16}}') ?? false);
  expect('an endpoint without data retention served', ['azure', 'deepinfra/fp8'].includes(gateway.requests.at(-1)?.served?.tag ?? ''));
}
