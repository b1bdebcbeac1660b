import { execFile, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Starts the server in a process of its own.
 * @returns {Promise<{ baseURL: string, peak(): Promise<number>, close(): void }>} `peak`: the most streams that were open at once since it was last asked
 */
export async function startServer() {
  const child = fork(path('server.mjs'));
  /** @type {number} */
  const port = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    baseURL: `${origin}/api/v1`,
    peak: async () => Number(await (await fetch(`${origin}/peak`)).text()),
    close: () => child.disconnect(),
  };
}

/** @param {string} script @param {(string | number)[]} args @returns {Promise<any>} */
async function inProcess(script, ...args) {
  const { stdout } = await exec(process.execPath, ['--expose-gc', path(script), ...args.map(String)], { maxBuffer: 1 << 24 });
  return JSON.parse(stdout);
}

/**
 * So many streams at once, in a fresh process.
 * @param {string} client name in clients.mjs
 * @param {number} count
 * @param {string} baseURL
 * @returns {Promise<{ complete: number, failure?: string, wallMs: number, cpuMs: number, peakRssMB: number, peakHeapMB: number, addedHeapMB: number, leftHeapMB: number }>}
 */
export const manyStreams = (client, count, baseURL) => inProcess('streams.mjs', client, count, baseURL);

/**
 * A long run in a fresh process, in ten parts.
 * @param {string} client name in clients.mjs
 * @param {number} calls
 * @param {number} streams
 * @param {string} baseURL
 * @returns {Promise<{ wrong: number, failure?: string, wallMs: number, cpuMs: number, parts: { heapBytes: number, timers: number, sockets: number, listeners: number }[] }>}
 */
export const soak = (client, calls, streams, baseURL) => inProcess('soak.mjs', client, calls, streams, baseURL);

/**
 * Bytes of heap that each call leaves behind: the least of the last three parts against the least of the three before the middle, since
 * a single look after a collection is still noisy, and code that is compiled on the way counts too.
 * @param {{ heapBytes: number }[]} parts
 * @param {number} calls in all parts
 */
export function growthPerCall(parts, calls) {
  const least = (some) => Math.min(...some.map(({ heapBytes }) => heapBytes));
  return (least(parts.slice(-3)) - least(parts.slice(2, 5))) / ((calls / parts.length) * 5);
}
