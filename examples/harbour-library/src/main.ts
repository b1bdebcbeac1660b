/** `pnpm start [--live] [question]` answers from the papers of a harbour. */
import { createGateway } from '@waypost/testing';
import { localModels, realModels } from './connection.js';
import { documents } from './documents.js';
import { openLibrary } from './library.js';
import { scriptedModel } from './scripted.js';

const live = process.argv.includes('--live');
const question = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? 'When does the bridge open?';

try {
  const models = live ? realModels() : localModels(createGateway({ scenario: { reply: scriptedModel } }));
  const library = await openLibrary(models, documents);
  const { text, sources, cited } = await library.invoke(question);
  console.log(`${text}\n`);
  for (const { id, pageContent } of cited) console.log(`[${id}] ${pageContent}`);
  console.log(`\nread: ${sources.map(({ id, metadata }) => `${id} ${Number(metadata['relevanceScore']).toFixed(2)}`).join(', ')}`);
  console.table(models.bill.items);
  console.log(`in sum: $${models.bill.total().toFixed(6)}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
