/** `pnpm start [--live] [question]` gives advice from tide tables that the agent looks up. */
import { createGateway } from '@waypost/testing';
import { ask } from './ask.js';
import { localModel, realModel } from './connection.js';
import { scriptedModel } from './scripted.js';

const live = process.argv.includes('--live');
const question = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? 'My boat draws two metres. Can I enter Stillwater at six in the morning?';

try {
  const { advice, steps } = await ask(live ? realModel() : localModel(createGateway({ scenario: { reply: scriptedModel } })), question);
  console.log(advice);
  console.table(steps.map(({ called, ...step }) => ({ called: called.join(', '), ...step })));
  console.log(`in sum: $${steps.reduce((sum, { cost }) => sum + cost, 0).toFixed(6)}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
