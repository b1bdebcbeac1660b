/** `pnpm start [--live] [question]` writes the log of three radio calls, and answers a question from it. */
import { OpenRouterError } from '@waypost/fetch';
import { createGateway } from '@waypost/testing';
import { askLog } from './ask-log.js';
import { CALLS } from './calls.js';
import { localGateway, realApi } from './connection.js';
import { logCalls } from './log-calls.js';
import { scriptedModel } from './scripted.js';

const question = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? 'Who arrives, and is there water enough at that hour?';

try {
  const connection = process.argv.includes('--live') ? realApi() : localGateway(createGateway({ scenario: { reply: scriptedModel } }));
  const logged = await logCalls(connection, CALLS);
  console.table(logged.map(({ entry, cost }) => ({ ...entry, cost })));
  const log = logged.flatMap(({ entry }) => entry ?? []);
  const { steps, total } = await askLog(connection, log, question, (piece) => process.stdout.write(piece));
  const called = steps.flatMap(({ toolCalls }) => toolCalls.map(({ name }) => name));
  console.log(`\n\nlooked up: ${called.join(', ')}; ${total.calls} answers for $${total.cost.total}`);
} catch (error) {
  if (!OpenRouterError.isInstance(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
