import { setTimeout as sleep } from 'node:timers/promises';
import { reply } from '@waypost/testing';
import type { Clients } from './clients.js';
import { MODEL } from './policy.js';
import { dim, dollars, expect, green, section, table } from './print.js';

const TEXT = 'Follow the lights on the quay, keep the chapel to your left, and the harbour opens before you.';

export async function showStream({ openrouter, gateway }: Clients): Promise<void> {
  section('Streaming, with a receipt');
  gateway.setScenario({ reply: reply.text(TEXT, { tokens: { prompt: 12, completion: 22 } }), wire: { textSize: 6, packets: 'event' } });
  const stream = openrouter.stream({ model: MODEL, messages: [{ role: 'user', content: 'Which way to the harbour?' }] });

  let heard = '';
  let pieces = 0;
  process.stdout.write('   ');
  for await (const text of stream.textStream) {
    process.stdout.write(green(text));
    heard += text;
    pieces += 1;
    // The gateway answers at once; a reader likes to see it come.
    if (process.stdout.isTTY) await sleep(40);
  }
  process.stdout.write('\n\n');

  const { receipt, usage } = await stream.final();
  const request = gateway.requests.at(-1);
  table([
    ['generation', receipt?.id ?? ''],
    ['served by', `${receipt?.served?.model} at ${receipt?.served?.provider}`],
    ['tokens', `${usage?.inputTokens} in, ${usage?.outputTokens} out`],
    ['cost', dollars(receipt?.cost.total)],
  ], (_row, line) => dim(line));
  expect('every piece arrived, in order', heard === TEXT && pieces > 5);
  expect('the cost on the receipt is what the gateway charged', receipt?.cost.total !== undefined && receipt.cost.total === Number(request?.cost));
  gateway.setScenario({});
}
