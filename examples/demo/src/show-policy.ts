import { generateText } from 'ai';
import type { Clients } from './clients.js';
import { MODEL, policy } from './policy.js';
import { dim, expect, print, section } from './print.js';

const PROMPT = 'Which way to the harbour?';

/** What a body says under `provider`, as it stands in the bytes. */
function providerIn(body: string | undefined): string {
  const { provider }: { provider?: unknown } = JSON.parse(body ?? '{}');
  const printed = `"provider":${JSON.stringify(provider)}`;
  return body?.includes(printed) ? printed : 'no provider';
}

export async function showPolicy({ openrouter, provider, chatModel, sent }: Clients): Promise<void> {
  section('One policy, written once');
  print(dim(`   ${JSON.stringify(policy)}`));

  await openrouter.chat({ model: MODEL, messages: [{ role: 'user', content: PROMPT }] });
  await generateText({ model: provider(MODEL), prompt: PROMPT });
  await chatModel.invoke(PROMPT);

  print('\n   As it goes out, through each adapter:');
  const names = ['fetch', 'AI SDK', 'LangChain'];
  const bodies = sent.slice(-names.length);
  names.forEach((name, i) => print(`   ${name.padEnd(10)}${providerIn(bodies[i])}`));
  const expected = '"provider":{"data_collection":"deny","zdr":true,"max_price":{"prompt":4,"completion":16}}';
  expect('the policy is the same, byte for byte, in all three', bodies.length === 3 && bodies.every((body) => providerIn(body) === expected));
  expect('for the same prompt, so is the whole body', new Set(bodies).size === 1 && (bodies[0]?.includes('"models":["borealis/aurora"]') ?? false));
}
