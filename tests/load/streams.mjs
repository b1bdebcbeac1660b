// `node --expose-gc streams.mjs <client> <count> <base URL>`: so many streams at once in this process. Prints what it took, as JSON.
import { clients } from './clients.mjs';
import { TEXT } from './reply.mjs';

const [name, count, baseURL] = process.argv.slice(2);
const n = Number(count);
const client = clients[name](baseURL, new AbortController().signal);
const megabytes = (bytes) => bytes / 1024 ** 2;

for (let i = 0; i < 50; i += 1) await client.stream('acme/atlas');
globalThis.gc();
const before = process.memoryUsage();
const cpu = process.cpuUsage();
const began = performance.now();

let [rss, heap] = [0, 0];
const watch = setInterval(() => {
  const usage = process.memoryUsage();
  rss = Math.max(rss, usage.rss);
  heap = Math.max(heap, usage.heapUsed);
}, 20);
const outcomes = await Promise.allSettled(Array.from({ length: n }, () => client.stream(`held/${n}`)));
clearInterval(watch);

const wallMs = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
const complete = outcomes.filter(({ value }) => value === TEXT).length;
const failure = outcomes.find(({ status }) => status === 'rejected');
globalThis.gc();
const found = {
  complete, failure: failure && String(failure.reason), wallMs, cpuMs: (user + system) / 1000,
  peakRssMB: megabytes(rss), peakHeapMB: megabytes(heap), addedHeapMB: megabytes(heap - before.heapUsed), leftHeapMB: megabytes(process.memoryUsage().heapUsed - before.heapUsed),
};
process.stdout.write(JSON.stringify(found), () => process.exit());
