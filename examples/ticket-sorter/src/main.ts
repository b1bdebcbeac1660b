/** `pnpm start [--live]` sorts three tickets. */
import { createGateway } from '@waypost/testing';
import { localModel, realModel } from './connection.js';
import { scriptedModel } from './scripted.js';
import { sortTickets } from './sort.js';

const TICKETS = [
  'We were charged twice for the blue dinghy. Please send a new invoice.',
  'The engine of number four stops when it is warm. We are adrift off the mole.',
  'Do you have life jackets for children?',
];

try {
  const model = process.argv.includes('--live') ? realModel() : localModel(createGateway({ scenario: { reply: scriptedModel } }));
  const sorted = await sortTickets(model, TICKETS);
  console.table(sorted.map(({ ticket, provider, cost }) => ({ ...ticket, provider, cost })));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
