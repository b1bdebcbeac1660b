/** Calls and chunks per second of the gateway, in process and over a socket; the median of three runs. */
import { call, drain, gatewayOf, inProcess, median, plain, plainServer, type Speed, speedOf } from './measure.js';

const WORDS = 2000;
const CALLS = 3000;
const STREAMS = 60;
const RUNS = 3;

const show = (value: number): string => Math.round(value).toLocaleString('en').padStart(9);

async function report(name: string, work: () => Promise<number>, times: number): Promise<void> {
  await speedOf(Math.ceil(times / 4), work);
  const runs: Speed[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await speedOf(times, work));
  console.log(`${name.padEnd(42)} ${show(median(runs.map((one) => one.perSecond)))} a second ${show(median(runs.map((one) => one.perCpuSecond)))} a second of CPU`);
}

const gateway = gatewayOf(WORDS);
const short = gatewayOf(6);
const bare = await plain(gateway);
const bareShort = await plain(short);
const one = async (work: Promise<void>): Promise<number> => {
  await work;
  return 1;
};
await report('JSON calls, in process', () => one(call(inProcess(short))), CALLS);
await report('JSON calls, a plain answer', () => one(call(bareShort)), CALLS);
await report('chunks, in process', () => drain(inProcess(gateway)), STREAMS);
await report('chunks, a plain stream', () => drain(bare), STREAMS);

const server = await short.listen();
await report('JSON calls, over a socket', () => one(call({ fetch, url: `${server.url}/chat/completions` })), CALLS / 3);
await server.close();
const node = await plainServer(short);
await report('JSON calls, Node over a socket', () => one(call(node)), CALLS / 3);
node.close();
const long = await gateway.listen();
let bytes = 0;
await report('chunks, over a socket', async () => {
  const text = await (await fetch(`${long.url}/chat/completions`, {
    method: 'POST', headers: { authorization: 'Bearer k', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'acme/atlas', stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
  })).text();
  bytes = text.length;
  return text.split('\n\n').length - 2;
}, STREAMS / 3);
await long.close();
console.log(`a stream had ${WORDS} words in ${bytes} bytes`);
