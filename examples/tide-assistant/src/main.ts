/** `pnpm start [--live] [question]` answers from tide tables that the model looks up. */
import { createGateway } from '@waypost/testing';
import { ask } from './ask.js';
import { localModel, realModel } from './connection.js';
import { scriptedModel } from './scripted.js';

const live = process.argv.includes('--live');
const question = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? 'My boat draws two metres. Can I enter Stillwater at six in the morning?';

try {
  const { text, called, cost } = await ask(live ? realModel() : localModel(createGateway({ scenario: { reply: scriptedModel } })), question);
  console.log(`${text}\n\nlooked up: ${called.join(', ')}; cost: $${cost}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
