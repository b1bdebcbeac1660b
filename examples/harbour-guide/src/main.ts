/** `pnpm start [--live] [question]` answers a question, and then tries to get around the policy. */
import { createGateway, reply } from '@waypost/testing';
import OpenAI from 'openai';
import { localGateway, realApi } from './connection.js';
import { guide } from './guide.js';

const question = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? 'Where do the boats to the island leave?';
const answer = reply.text('From the east pier, behind the old customs house.');
const gateway = createGateway({ scenario: { reply: answer } });
const connection = process.argv.includes('--live') ? realApi() : localGateway(gateway);

try {
  await guide(connection, question, (piece) => process.stdout.write(piece));
  const sent = gateway.requests[0]?.body as { provider?: unknown } | undefined;
  if (sent) console.log(`\n\nsent under ${JSON.stringify(sent.provider)}, though the application said nothing of it`);
  await guide(connection, question, () => {}, { provider: { data_colection: 'allow' } });
} catch (error) {
  if (!(error instanceof OpenAI.APIError)) throw error;
  console.log(`\nrefused as the openai package knows it: ${error.name} ${error.status}, ${error.message}`);
}
