/** Compares the gateway with recorded traffic, and writes how they differ into docs/gateway.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { folder, pageFile, present } from './fidelity/folder.js';
import { fidelityTables, withTables } from './fidelity/page.js';
import { survey } from './fidelity/survey.js';

if (present) {
  const surveys = await survey(folder);
  const open = surveys.flatMap(({ kind, rows }) => rows.filter(({ why }) => why === undefined).map(({ parts, path, how }) => `${kind}: ${parts.join(', ')} ${path} ${how}`));
  if (open.length > 0) {
    console.error(`not explained:\n${open.join('\n')}`);
    process.exitCode = 1;
  } else {
    writeFileSync(pageFile, withTables(readFileSync(pageFile, 'utf8'), fidelityTables(surveys)));
    console.log('wrote gateway.md');
  }
} else {
  console.error('the recorded traffic is not here: nothing was compared');
  process.exitCode = 1;
}
