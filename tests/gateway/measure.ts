import { createServer } from 'node:http';
import { createGateway, type Gateway, reply } from '@waypost/testing';

/** Something that answers chats, quickly or as the gateway does. */
export interface Answerer {
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  /** Of `/chat/completions`. */
  readonly url: string;
}

const request = (stream: boolean): RequestInit => ({
  method: 'POST',
  headers: { authorization: 'Bearer sk-or-v1-test', 'content-type': 'application/json' },
  body: JSON.stringify({ model: 'acme/atlas', stream, messages: [{ role: 'user', content: 'Which way to the harbour?' }] }),
});

const IN_PROCESS = 'http://gateway.local/api/v1/chat/completions';

/** A gateway that says so many words, one per chunk. */
export function gatewayOf(words: number): Gateway {
  return createGateway({ scenario: { reply: reply.text('word '.repeat(words)) } });
}

export function inProcess({ fetch }: Gateway): Answerer {
  return { fetch, url: IN_PROCESS };
}

/** The least that can be done: the same bytes, read and sent by the platform, from a text that was made before. */
export async function plain(gateway: Gateway): Promise<Answerer> {
  const whole = await (await gateway.fetch(IN_PROCESS, request(false))).text();
  const events = (await (await gateway.fetch(IN_PROCESS, request(true))).text()).split(/(?<=\n\n)/);
  gateway.reset();
  return {
    url: IN_PROCESS,
    fetch: async (input, init) => {
      const { stream } = (await new Request(input, init).json()) as { stream: boolean };
      if (!stream) return Response.json(JSON.parse(whole));
      const encoder = new TextEncoder();
      let next = 0;
      return new Response(new ReadableStream<Uint8Array>({
        pull(controller) {
          const event = events[next];
          next += 1;
          if (event === undefined) controller.close();
          else controller.enqueue(encoder.encode(event));
        },
      }), { headers: { 'content-type': 'text/event-stream' } });
    },
  };
}

/** Node's own server, which sends the same body to everyone. */
export async function plainServer(gateway: Gateway): Promise<Answerer & { close(): void }> {
  const whole = await (await gateway.fetch(IN_PROCESS, request(false))).text();
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => outgoing.setHeader('content-type', 'application/json').end(whole));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { fetch, url: `http://127.0.0.1:${port}/`, close: () => { server.closeAllConnections(); server.close(); } };
}

/** Reads one answer as JSON. */
export async function call({ fetch: send, url }: Answerer): Promise<void> {
  const response = await send(url, request(false));
  const { choices } = (await response.json()) as { choices: unknown[] };
  if (choices.length !== 1) throw new Error('that was no answer');
}

/** Reads one stream to its end, without looking into it; how many packets came. */
export async function drain({ fetch: send, url }: Answerer): Promise<number> {
  const { body } = await send(url, request(true));
  if (body === null) return 0;
  const reader = body.getReader();
  let packets = 0;
  while (!(await reader.read()).done) packets += 1;
  return packets;
}

/** What a second brings: by the clock, and by the CPU time of all threads. */
export interface Speed {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** Does something over and over. `work`: does it, and says how many it was. */
export async function speedOf(times: number, work: () => Promise<number>): Promise<Speed> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let done = 0;
  for (let i = 0; i < times; i += 1) done += await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: done / seconds, perCpuSecond: done / ((user + system) / 1e6) };
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
