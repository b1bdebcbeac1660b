import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { expectedOf, mostTime, runCell } from './cell.js';
import { CLIENTS } from './clients/index.js';
import { type Cuts, runCuts } from './cuts.js';
import { GROUPS } from './faults/index.js';
import { MODES } from './modes.js';
import { reliabilityPage } from './page.js';

/** For a machine that has much else to do. */
const PATIENT = 60_000;

const ends = new Map<string, string>();
const cuts: Cuts[] = [];
const faults = GROUPS.flatMap((group) => group.faults);

it('has no two faults of one name', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
});

describe.concurrent.each(CLIENTS.map((client) => [client.name, client] as const))('%s', (_name, client) => {
  it.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_fault, fault) => {
    await Promise.all(MODES.map(async (mode) => {
      const cell = { fault, client, mode };
      const { took, ...outcome } = await runCell(cell);
      ends.set(`${client.name} ${fault.name} ${mode.name}`, outcome.end);
      expect({ mode: mode.name, ...outcome }).toEqual({ mode: mode.name, end: expectedOf(cell), cause: fault.ends[mode.kind], requests: 1, waits: [], left: [] });
      expect(took).toBeLessThan(mostTime(cell));
    }));
  }, PATIENT);
});

describe('cut at every byte', () => {
  const ways = MODES.flatMap((mode) => (['ended', 'closed'] as const).map((stop) => [`${mode.name}, ${stop}`, mode, stop] as const));
  it.each(ways)('%s', async (_way, mode, stop) => {
    const run = await runCuts(mode, stop);
    cuts.push(run);
    expect(run.wrong).toEqual([]);
    expect(run.ends).toHaveLength(mode.kind === 'json' ? 2 : 3);
  }, PATIENT);
});

it('leaves no socket and no server in the process', async () => {
  const open = (): string[] => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP'));
  for (let tries = 0; tries < 200 && open().length > 0; tries += 1) await wait(10);
  expect(open()).toEqual([]);
});

it('is what the page says', () => {
  const page = readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8');
  expect(reliabilityPage((client, fault, mode) => ends.get(`${client} ${fault.name} ${mode}`) ?? '', cuts), 'run pnpm run docs:reliability').toBe(page);
});
