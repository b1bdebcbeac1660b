import { expect, it } from 'vitest';
import { type Answerer, call, drain, gatewayOf, inProcess, median, plain, speedOf } from './measure.js';

// Machines are noisy, and differ: what is held is how much more CPU time the gateway takes than an answer that was made before, and
// that with a margin. A margin of three is left to what the figures in docs/gateway.md come to.
const ROUNDS = 7;

/** CPU time of the gateway over that of the plain answerer, who take turns: the median of the rounds. */
async function ratio(ours: Answerer, theirs: Answerer, times: number, work: (answerer: Answerer) => Promise<number>): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const own = await speedOf(times, () => work(ours));
    const other = await speedOf(times, () => work(theirs));
    // the first warms up
    if (round > 0) ratios.push(other.perCpuSecond / own.perCpuSecond);
  }
  return median(ratios);
}

async function calls(answerer: Answerer): Promise<number> {
  await call(answerer);
  return 1;
}

it('a JSON call is routed, billed and recorded in at most 15 times the time of parsing a request and sending an answer', async () => {
  const gateway = gatewayOf(6);
  expect(await ratio(inProcess(gateway), await plain(gateway), 250, calls)).toBeLessThan(15);
}, 60_000);

it('a chunk is made and sent in at most 8 times the time of sending it', async () => {
  const gateway = gatewayOf(1000);
  const bare = await plain(gateway);
  expect(await drain(inProcess(gateway))).toBe(await drain(bare));
  expect(await ratio(inProcess(gateway), bare, 12, drain)).toBeLessThan(8);
}, 60_000);

it('memory stays what it was, however many calls there were', async () => {
  const gateway = gatewayOf(6);
  for (let i = 0; i < 10_050; i += 1) await call(inProcess(gateway));
  expect(gateway.requests).toHaveLength(10_000);
  expect(gateway.requests[0]?.number).toBe(51);
}, 60_000);
