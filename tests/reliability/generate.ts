/** Runs the suite's faults and cuts, and writes what came out to docs/reliability.md; nothing is written where something is not as expected. */
import { writeFileSync } from 'node:fs';
import { expectedOf, runCell } from './cell.js';
import { CLIENTS } from './clients/index.js';
import { runCuts } from './cuts.js';
import { GROUPS } from './faults/index.js';
import { MODES } from './modes.js';
import { reliabilityPage } from './page.js';
import { pool } from './pool.js';

const cells = GROUPS.flatMap(({ faults }) => faults.flatMap((fault) => CLIENTS.flatMap((client) => MODES.map((mode) => ({ fault, client, mode })))));
const ends = new Map<string, string>();
const wrong: string[] = [];
await pool(cells, 20, async (cell) => {
  const { fault, client, mode } = cell;
  const { end, left } = await runCell(cell);
  ends.set(`${client.name} ${fault.name} ${mode.name}`, end);
  if (end !== expectedOf(cell) || left.length > 0) wrong.push(`${client.name}, ${fault.name}, ${mode.name}: ${[end, ...left].join(', ')}; expected ${expectedOf(cell)}`);
});
const cuts = [];
for (const mode of MODES) for (const stop of ['ended', 'closed'] as const) cuts.push(await runCuts(mode, stop));
wrong.push(...cuts.flatMap((cut) => cut.wrong));
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exitCode = 1;
} else {
  writeFileSync(new URL('../../docs/reliability.md', import.meta.url), reliabilityPage((client, fault, mode) => ends.get(`${client} ${fault.name} ${mode}`) ?? '', cuts));
  console.log(`wrote reliability.md: ${cells.length} cells, ${cuts.length} answers cut`);
}
