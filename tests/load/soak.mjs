// `node --expose-gc soak.mjs <client> <calls> <streams> <base URL>`: a long run, in ten parts. Prints what was left after each, as JSON.
// One stream in four is left after its first piece. All calls share one signal, as they do in a server that is shut down by one.
import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { clients } from './clients.mjs';
import { TEXT } from './reply.mjs';

const PARTS = 10;
const AT_ONCE = 50;
const [name, calls, streams, baseURL] = process.argv.slice(2);
const { signal } = new AbortController();
const client = clients[name](baseURL, signal);
let wrong = 0;
let failure;

async function repeat(times, call) {
  let left = times;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      try {
        if (await call(left)) continue;
      } catch (error) {
        failure ??= `${error}: ${error.cause}`;
      }
      wrong += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function part() {
  await repeat(Math.ceil(calls / PARTS), async () => (await client.chat()) === TEXT);
  await repeat(Math.ceil(streams / PARTS), async (i) => {
    const leave = i % 4 === 0;
    const text = await client.stream('acme/atlas', leave);
    return leave ? text !== '' && TEXT.startsWith(text) : text === TEXT;
  });
}

async function look() {
  // Sockets of streams that were left close in a while; finalisers run after a collection.
  for (let i = 0; i < 3; i += 1) {
    globalThis.gc();
    await sleep(20);
  }
  const resources = process.getActiveResourcesInfo();
  const { heapUsed, external } = process.memoryUsage();
  return {
    heapBytes: heapUsed + external,
    timers: resources.filter((kind) => kind === 'Timeout').length,
    sockets: resources.filter((kind) => kind === 'TCPSocketWrap').length,
    listeners: getEventListeners(signal, 'abort').length,
  };
}

const began = performance.now();
const cpu = process.cpuUsage();
const parts = [];
for (let i = 0; i < PARTS; i += 1) {
  await part();
  parts.push(await look());
}
const { user, system } = process.cpuUsage(cpu);
const found = { wrong, failure, wallMs: performance.now() - began, cpuMs: (user + system) / 1000, parts };
// a timer that was left is told, and not waited for
process.stdout.write(JSON.stringify(found), () => process.exit());
