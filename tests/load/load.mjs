// The full size: 2,000 streams at once, 100,000 calls and 10,000 streams in a row, three times each, @waypost/fetch and a plain fetch in
// turn. Prints the tables of docs/performance.md, medians with the lowest and highest; fails where something is lost or left.
// `--streams`, `--calls`, `--soaked-streams` and `--runs` change the sizes.
import { parseArgs } from 'node:util';
import { clients } from './clients.mjs';
import { growthPerCall, manyStreams, soak, startServer } from './measure.mjs';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '2000' },
    calls: { type: 'string', default: '100000' },
    'soaked-streams': { type: 'string', default: '10000' },
    runs: { type: 'string', default: '3' },
  },
});
const streams = Number(values.streams);
const calls = Number(values.calls);
const soakedStreams = Number(values['soaked-streams']);
const names = Object.keys(clients);
const complaints = [];

/** The median of the runs, and their lowest and highest. */
function spread(runs, pick, digits = 0) {
  const sorted = runs.map(pick).sort((a, b) => a - b);
  const [low, middle, high] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)].map((value) => value.toFixed(digits));
  return low === high ? middle : `${middle} (${low}–${high})`;
}

function table(...rows) {
  const [head, ...rest] = rows.map((cells) => `| ${cells.join(' | ')} |`);
  return [head, `|${'---|'.repeat(rows[0].length)}`, ...rest].join('\n');
}

/** Measures all clients in turn, so many times over. */
async function inTurn(what, measure) {
  const found = Object.fromEntries(names.map((name) => [name, []]));
  for (let run = 1; run <= Number(values.runs); run += 1) {
    for (const name of names) {
      console.error(`${what}, run ${run}: ${name}`);
      const result = await measure(name);
      // told at once, so that a long run that is stopped has said something
      console.error(JSON.stringify(result));
      found[name].push(result);
    }
  }
  return found;
}

const server = await startServer();
try {
  const many = await inTurn('streams at once', async (name) => {
    const result = await manyStreams(name, streams, server.baseURL);
    const atOnce = await server.peak();
    if (result.complete !== streams) complaints.push(`${name}: ${result.complete} of ${streams} streams were complete: ${result.failure}`);
    if (atOnce !== streams) complaints.push(`${name}: ${atOnce} of ${streams} streams were open at once`);
    return result;
  });
  console.log(table(
    [`${streams} streams at once`, 'complete', 'wall, ms', 'CPU, ms', 'peak memory, MB', 'heap at its peak, MB', 'heap left, MB'],
    ...names.map((name) => {
      const runs = many[name];
      return [
        name, spread(runs, ({ complete }) => complete), spread(runs, ({ wallMs }) => wallMs), spread(runs, ({ cpuMs }) => cpuMs),
        spread(runs, ({ peakRssMB }) => peakRssMB), spread(runs, ({ peakHeapMB }) => peakHeapMB), spread(runs, ({ leftHeapMB }) => leftHeapMB, 1),
      ];
    }),
  ));
  console.log();
  const long = await inTurn('soak', async (name) => {
    const { parts, ...result } = await soak(name, calls, soakedStreams, server.baseURL);
    const { timers, sockets, listeners, heapBytes } = parts.at(-1);
    if (result.wrong !== 0) complaints.push(`${name}: ${result.wrong} answers were wrong: ${result.failure}`);
    if (timers + sockets + listeners !== 0) complaints.push(`${name}: ${timers} timers, ${sockets} sockets and ${listeners} listeners were left`);
    return { ...result, growth: growthPerCall(parts, calls + soakedStreams), firstMB: parts[0].heapBytes / 1024 ** 2, lastMB: heapBytes / 1024 ** 2, left: timers + sockets + listeners };
  });
  console.log(table(
    [`${calls} calls, ${soakedStreams} streams`, 'wrong', 'CPU, s', 'heap after a tenth, MB', 'at the end, MB', 'growth per call, bytes', 'timers, sockets, listeners left'],
    ...names.map((name) => {
      const runs = long[name];
      return [
        name, spread(runs, ({ wrong }) => wrong), spread(runs, ({ cpuMs }) => cpuMs / 1000, 1), spread(runs, ({ firstMB }) => firstMB, 1),
        spread(runs, ({ lastMB }) => lastMB, 1), spread(runs, ({ growth }) => growth, 1), spread(runs, ({ left }) => left),
      ];
    }),
  ));
} finally {
  server.close();
}
for (const complaint of complaints) console.error(`failed: ${complaint}`);
process.exitCode = complaints.length === 0 ? 0 : 1;
