import type { RecordedEndpoint } from '@waypost/testing';
import type { Clients } from './clients.js';
import { MODEL } from './policy.js';
import { bold, dim, expect, print, section, table } from './print.js';

const nameOf = ({ model, tag }: RecordedEndpoint): string => `${model} at ${tag}`;
const percent = (weight: number): string => (weight === 0 ? 'fallback' : `first in ${(weight * 100).toFixed(0)} %`);

export async function showRoute({ openrouter, gateway }: Clients): Promise<void> {
  section('A route, and why');
  await openrouter.chat({ model: MODEL, messages: [{ role: 'user', content: 'Which route did this take?' }] });
  const route = gateway.requests.at(-1)?.route;
  const planned = new Map(route?.plan.map((endpoint, i) => [nameOf(endpoint), `${i + 1}. ${percent(endpoint.weight)}`]));

  table(
    (route?.candidates ?? []).map((endpoint) => [nameOf(endpoint), planned.get(nameOf(endpoint)) ?? 'filtered out']),
    ([endpoint = ''], line) => (planned.has(endpoint) ? bold(line) : dim(line)),
  );
  const steps = (route?.funnel ?? []).map(({ step, endpoint_count: left }, i, all) => ({ step, left, before: all[i - 1]?.endpoint_count ?? 0 }));
  print('\n   What took endpoints away:');
  for (const { step, left, before } of steps.filter((one) => one.left < one.before)) print(`   ${step}: ${before} → ${left}`);

  const tags = route?.plan.map(({ tag }) => tag) ?? [];
  expect('providers that retain data are out', tags.length > 0 && !tags.includes('openai') && !tags.includes('anthropic'));
  expect('so is the region that costs more than max_price', !tags.includes('google-vertex/europe-west1'));
  expect('what is left is weighted by 1/price²: $10 against $15 is 69 % to 31 %', route?.plan.find(({ tag }) => tag === 'deepinfra/fp8')?.weight.toFixed(3) === '0.692');
}
