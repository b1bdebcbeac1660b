// CPU of each adapter over a plain fetch loop, in one process, no sockets. Fails where a ratio is more than 30 % above the
// recorded one: machines are noisy, and a slip in a hot path is larger than that. `--record` writes what it measures.
import { readFileSync, writeFileSync } from 'node:fs';
import { fetchOf, stream } from './payload.mjs';
import { plain, readers } from './readers.mjs';

const TOLERANCE = 1.3;
const ROUNDS = 25;
const REPEATS = 3;
const WARM_UP = 30;
const file = new URL('recorded.json', import.meta.url);
const record = process.argv.includes('--record');
const recorded = JSON.parse(readFileSync(file, 'utf8'));

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function cpu(read) {
  const before = process.cpuUsage();
  for (let i = 0; i < REPEATS; i++) await read();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function check(name, got, expected) {
  for (const key of Object.keys(expected)) if (got[key] !== expected[key]) throw new Error(`${name} lost some of the ${key}`);
}

/** The two take turns, the first in line changing each round, so that drift of the machine's speed hits both. */
async function ratio(ours, theirs) {
  const ratios = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = round % 2 === 0;
    const a = await cpu(first ? ours : theirs);
    const b = await cpu(first ? theirs : ours);
    ratios.push(first ? a / b : b / a);
  }
  return median(ratios);
}

const measured = {};
let failed = 0;
for (const kind of ['text', 'tool', 'reasoning']) {
  const { packets, expected } = stream(kind);
  const fetch = fetchOf(packets);
  const raw = plain(fetch);
  for (const [adapter, make] of Object.entries(readers)) {
    const name = `${adapter}, ${kind}`;
    const read = make(fetch);
    for (let i = 0; i < WARM_UP; i++) {
      check('the plain loop', await raw(), expected);
      check(name, await read(), expected);
    }
    const limit = (recorded[name] ?? Infinity) * TOLERANCE;
    let result = await ratio(read, raw);
    // a second look before calling it a regression
    if (!record && result > limit) result = Math.min(result, await ratio(read, raw));
    const slow = !record && result > limit;
    failed += slow ? 1 : 0;
    measured[name] = Number(result.toFixed(2));
    console.log(`${name.padEnd(22)} ${result.toFixed(2)} x a plain fetch loop${record ? '' : `  (recorded ${recorded[name]}, limit ${limit.toFixed(2)})${slow ? '  TOO SLOW' : ''}`}`);
  }
}
if (record) writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`);
if (failed > 0) process.exitCode = 1;
