import { createOpenRouter as createProvider } from '@waypost/ai-sdk';
import { createOpenRouter } from '@waypost/fetch';
import { ChatOpenRouter } from '@waypost/langchain';
import { describe, expect, it } from 'vitest';
import { MODEL, MODES, PROMPT } from './modes.js';
import { trickle } from './servers/flood.js';
import { payloadOf } from './servers/payload.js';
import { http, type Served } from './servers/served.js';
import { watch } from './watch.js';

const apiKey = 'sk-or-v1-local';
const stream = MODES.find(({ name }) => name === 'stream');
if (stream === undefined) throw new Error('there is no stream');
const { type, half } = payloadOf(stream);

/** Reads one piece of a stream, and leaves it. */
type Leave = (baseURL: string, signal: AbortSignal) => Promise<void>;

const leave = async (pieces: AsyncIterable<unknown>): Promise<void> => {
  for await (const piece of pieces) if (piece !== '') break;
};

const ways: readonly (readonly [string, Leave])[] = [
  ['a loop over chunks', (baseURL, signal) => leave(createOpenRouter({ apiKey, baseURL }).stream({ model: MODEL, messages: [{ role: 'user', content: PROMPT }] }, { signal }))],
  ['a loop over textStream', (baseURL, signal) => leave(createOpenRouter({ apiKey, baseURL }).stream({ model: MODEL, messages: [{ role: 'user', content: PROMPT }] }, { signal }).textStream)],
  ['a body for a browser', async (baseURL, signal) => {
    const response = createOpenRouter({ apiKey, baseURL }).stream({ model: MODEL, messages: [{ role: 'user', content: PROMPT }] }, { signal }).toResponse();
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
  }],
  ['a stream of the AI SDK', async (baseURL, abortSignal) => {
    const model = createProvider({ apiKey, baseURL }).chat(MODEL);
    await leave((await model.doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: PROMPT }] }], abortSignal })).stream);
  }],
  ['a stream of LangChain', async (baseURL, signal) => leave(await new ChatOpenRouter(MODEL, { apiKey, baseURL }).stream(PROMPT, { signal }))],
];

const servers: readonly (readonly [string, () => Promise<Served>])[] = [
  ['falls silent', () => http((response) => response.writeHead(200, { 'content-type': type }).write(half))],
  ['goes on and on', () => trickle(type, half, half.toString())],
];

describe.each(servers)('a server that %s', (_server, serve) => {
  it.each(ways)('is left with %s, and nothing stays', async (_way, run) => {
    const { url, close } = await serve();
    const { controller, left } = watch([Number(new URL(url).port)]);
    await run(url, controller.signal);
    expect(await left()).toEqual([]);
    await close();
  });
});
