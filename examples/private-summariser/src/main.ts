/** `pnpm start [--live] [file]` summarises a file, or a letter that comes with the example. */
import { readFileSync } from 'node:fs';
import { NoRouteError, OpenRouterError, StreamError } from '@waypost/fetch';
import { createGateway, reply } from '@waypost/testing';
import { localGateway, realApi } from './connection.js';
import { LETTER } from './letter.js';
import { summarise } from './summarise.js';

const file = process.argv.slice(2).find((argument) => !argument.startsWith('-'));
const text = file === undefined ? LETTER : readFileSync(file, 'utf8');
const answer = reply.text('A patient reports that the new dose helps, but keeps her awake, and asks whether to take it in the morning.');
const connection = process.argv.includes('--live') ? realApi : localGateway(createGateway({ scenario: { reply: answer } }));

try {
  const { receipt } = await summarise(text, (piece) => process.stdout.write(piece), connection);
  console.log(`\n\n${receipt?.served?.provider} served it for $${receipt?.cost.total}; guardrails: ${JSON.stringify(receipt?.verdict.guardrails)}`);
} catch (error) {
  if (NoRouteError.isInstance(error)) console.error(`No endpoint keeps to the policy: ${error.suggestion ?? error.message}`);
  else if (StreamError.isInstance(error)) console.error(`\nThe summary broke off: ${error.message}`);
  else if (OpenRouterError.isInstance(error)) console.error(error.message);
  else throw error;
  process.exitCode = 1;
}
