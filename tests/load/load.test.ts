/** A small version of load.mjs, against what is built. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { growthPerCall, manyStreams, soak, startServer } from './measure.mjs';

const OURS = '@waypost/fetch';
const STREAMS = 300;
const CALLS = 3000;
const SOAKED_STREAMS = 600;

let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  if (!existsSync(fileURLToPath(import.meta.resolve('@waypost/fetch/package.json')).replace('package.json', 'dist/index.js'))) {
    throw new Error('there is no dist: run `npx -y pnpm@12.21.0 run build` first');
  }
  server = await startServer();
});
afterAll(() => server?.close());

describe(`${STREAMS} streams at once`, () => {
  it('all arrive whole, in not much more memory than a plain fetch takes', async () => {
    const plain = await manyStreams('plain fetch', STREAMS, server.baseURL);
    expect({ complete: plain.complete, atOnce: await server.peak() }).toEqual({ complete: STREAMS, atOnce: STREAMS });
    const ours = await manyStreams(OURS, STREAMS, server.baseURL);
    expect({ complete: ours.complete, failure: ours.failure, atOnce: await server.peak() }).toEqual({ complete: STREAMS, failure: undefined, atOnce: STREAMS });
    expect(ours.peakRssMB).toBeLessThan(plain.peakRssMB * 1.8);
    // what stays are connections that are kept alive, as they are for the plain fetch
    expect(ours.leftHeapMB).toBeLessThan(plain.leftHeapMB + 2);
  }, 60_000);
});

describe(`${CALLS} calls and ${SOAKED_STREAMS} streams, one in four left early`, () => {
  it('leave nothing behind', async () => {
    const { wrong, failure, parts } = await soak(OURS, CALLS, SOAKED_STREAMS, server.baseURL);
    expect({ wrong, failure }).toEqual({ wrong: 0, failure: undefined });
    for (const { timers, sockets, listeners } of parts) expect({ timers, sockets, listeners }).toEqual({ timers: 0, sockets: 0, listeners: 0 });
    expect(growthPerCall(parts, CALLS + SOAKED_STREAMS)).toBeLessThan(400);
  }, 60_000);
});
