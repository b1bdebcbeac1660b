import { createOpenRouter } from '@waypost/fetch';
import { expect, it } from 'vitest';
import { describeError } from './clients/describe.js';
import { MODEL, MODES, PROMPT, TEXT } from './modes.js';
import { type Flood, flood } from './servers/flood.js';
import { payloadOf } from './servers/payload.js';

const MEGABYTE = 1024 * 1024;
const stream = MODES.find(({ name }) => name === 'stream');
if (stream === undefined) throw new Error('there is no stream');

/** Runs a call, and says how far the memory of the process rose above what it was, in bytes: server and client together. */
async function rise<Result>(run: () => Promise<Result>): Promise<{ result: Result; bytes: number }> {
  const used = (): number => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  let most = before;
  const sampling = setInterval(() => (most = Math.max(most, used())), 2);
  try {
    return { result: await run(), bytes: most - before };
  } finally {
    clearInterval(sampling);
  }
}

async function endOf(served: Flood, streamed: boolean): Promise<string> {
  const openrouter = createOpenRouter({ apiKey: 'sk-or-v1-local', baseURL: served.url, retry: false, deadline: 15_000, sizes: { maxBodySize: MEGABYTE, maxEventSize: MEGABYTE } });
  const request = { model: MODEL, messages: [{ role: 'user' as const, content: PROMPT }] };
  try {
    return streamed ? (await openrouter.stream(request).final()).text : (await openrouter.chat(request)).text;
  } catch (error) {
    return describeError(error);
  } finally {
    await served.close();
  }
}

it.each([
  ['a body', false, 200, '{"pad":"', 'StreamError too-large'],
  ['an event', true, 200, 'data: {"pad":"', 'StreamError too-large'],
  ['an error', false, 500, '{"error":{"message":"', 'APIError 500 server, retryable'],
])('%s of 100 MB is left after the limit of 1 MB, and never in memory', async (_name, streamed, status, first, expected) => {
  const served = await flood(status, streamed ? 'text/event-stream' : 'application/json', first, undefined, 100 * MEGABYTE);
  const { result, bytes } = await rise(() => endOf(served, streamed));
  expect(result).toBe(expected);
  // what sockets and streams hold on the way is not ours
  expect(served.sent()).toBeLessThan(20 * MEGABYTE);
  expect(bytes).toBeLessThan(40 * MEGABYTE);
});

it('100 MB of comments before an answer take no memory, and the answer arrives', async () => {
  const comments = ': OPENROUTER PROCESSING\n\n'.repeat(2000);
  const served = await flood(200, 'text/event-stream', '', comments, 100 * MEGABYTE, payloadOf(stream).bytes);
  const { result, bytes } = await rise(() => endOf(served, true));
  expect(result).toBe(TEXT);
  expect(served.sent()).toBeGreaterThanOrEqual(100 * MEGABYTE);
  expect(bytes).toBeLessThan(60 * MEGABYTE);
});
