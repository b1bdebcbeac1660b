import type { ChatChunk, ChatRequest, FetchFunction } from '@waypost/core';

/** An answer, or what the connection fails with. */
export type Reply = Response | Error;

export interface FakeServer {
  readonly fetch: FetchFunction;
  readonly bodies: ChatRequest[];
  readonly headers: Record<string, string>[];
}

/** Answers with one reply after another, the last one again and again. */
export function fakeServer(...replies: (() => Reply)[]): FakeServer {
  const bodies: ChatRequest[] = [];
  const headers: Record<string, string>[] = [];
  return {
    bodies,
    headers,
    fetch: async (_url, init) => {
      init.signal?.throwIfAborted();
      bodies.push(JSON.parse(init.body as string) as ChatRequest);
      headers.push({ ...(init.headers as Record<string, string>) });
      const reply = replies[Math.min(bodies.length, replies.length) - 1]?.();
      if (reply === undefined || reply instanceof Error) throw reply ?? new Error('no reply');
      return reply;
    },
  };
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

const encoder = new TextEncoder();
const event = (data: unknown): Uint8Array => encoder.encode(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);

/** A stream of chunks, one packet each; without `done` it is cut. */
export function sse(chunks: readonly unknown[], { done = true }: { done?: boolean } = {}): Response {
  const packets = chunks.map(event);
  if (done) packets.push(event('[DONE]'));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      packets.forEach((packet) => controller.enqueue(packet));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

const GENERATION = { id: 'gen-1', model: 'openai/gpt-5.1', provider: 'OpenAI', created: 1_790_000_000 };
export const USAGE = {
  prompt_tokens: 10, completion_tokens: 7, total_tokens: 17, cost: 0.0021,
  prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 2 },
  completion_tokens_details: { reasoning_tokens: 3 },
};

export const chunk = (delta: Record<string, unknown>, more: Record<string, unknown> = {}): ChatChunk => ({
  ...GENERATION, object: 'chat.completion.chunk', choices: [{ index: 0, delta: { role: 'assistant', content: '', ...delta }, finish_reason: null, ...more }],
});

export const usageChunk = (usage: unknown = USAGE): ChatChunk => ({ ...GENERATION, choices: [], usage: usage as ChatChunk['usage'] });

export const response = (message: Record<string, unknown>, finish = 'stop', usage: unknown = USAGE): Record<string, unknown> => ({
  ...GENERATION, object: 'chat.completion', usage,
  choices: [{ index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason: finish, native_finish_reason: finish }],
});
