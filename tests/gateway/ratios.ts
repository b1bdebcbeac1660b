/**
 * CPU time of the gateway over that of a plain answerer, for a JSON call and for a chunk: one line of JSON. A process of its own, as test runners
 * rewrite the modules that they load, and what each import costs then counts against the gateway alone.
 */
import { type Answerer, call, drain, gatewayOf, inProcess, median, plain, speedOf } from './measure.js';

const WARM = 3;
const ROUNDS = 7;

/** Who take turns, so that what else the machine does strikes both; the median of the rounds. */
async function ratio(ours: Answerer, theirs: Answerer, times: number, work: (answerer: Answerer) => Promise<number>): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < WARM + ROUNDS; round += 1) {
    const own = await speedOf(times, () => work(ours));
    const other = await speedOf(times, () => work(theirs));
    if (round >= WARM) ratios.push(other.perCpuSecond / own.perCpuSecond);
  }
  return median(ratios);
}

async function calls(answerer: Answerer): Promise<number> {
  await call(answerer);
  return 1;
}

const short = gatewayOf(6);
const long = gatewayOf(2000);
const bare = await plain(long);
if (await drain(inProcess(long)) !== await drain(bare)) throw new Error('the two do not send the same packets');
const perCall = await ratio(inProcess(short), await plain(short), 500, calls);
const perChunk = await ratio(inProcess(long), bare, 30, drain);
console.log(JSON.stringify({ perCall, perChunk }));
