import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { createOpenRouter, type OpenRouterProvider, type OpenRouterProviderSettings } from '../../src/index.js';

export interface SentRequest {
  url: string;
  headers: Headers;
  body: { [field: string]: unknown };
}

export type Reply = () => Response | Promise<Response>;

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return () => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** One packet for each entry: a chunk, several, or raw text. */
export function sse(packets: readonly (object | readonly object[] | string)[], { done = true } = {}): Reply {
  return () => {
    const encoder = new TextEncoder();
    const texts = packets.map((packet) =>
      typeof packet === 'string' ? packet : [packet].flat().map((one) => `data: ${JSON.stringify(one)}\n\n`).join(''),
    );
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const text of texts) controller.enqueue(encoder.encode(text));
        if (done) controller.enqueue(encoder.encode('data: [DONE]\n\n'));
        controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
}

/** A chunk of `gen-1`; the delta repeats the role and an empty content, as live ones do. */
export function chunk(delta: object, more: { finish?: string | null; [field: string]: unknown } = {}): object {
  const { finish = null, ...rest } = more;
  return {
    id: 'gen-1', object: 'chat.completion.chunk', created: 1_790_000_000, model: 'acme/atlas', provider: 'Azure',
    choices: [{ index: 0, delta: { role: 'assistant', content: '', ...delta }, finish_reason: finish, native_finish_reason: finish }],
    ...rest,
  };
}

export const USAGE = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: 0.0001 };

/** The last chunk: the finish reason again, and the usage. */
export const last = (finish: string): object => chunk({}, { finish, usage: USAGE });

export function answer(message: object, choice: object = {}, more: object = {}): Reply {
  return json({
    id: 'gen-1', object: 'chat.completion', created: 1_790_000_000, model: 'acme/atlas', provider: 'Azure',
    choices: [{ index: 0, finish_reason: 'stop', native_finish_reason: 'end_turn', message: { role: 'assistant', content: null, ...message }, ...choice }],
    usage: USAGE,
    ...more,
  });
}

/** A provider whose server gives `replies` in turn, the last again and again. */
export function serve(replies: Reply | readonly Reply[], settings: OpenRouterProviderSettings = {}): { openrouter: OpenRouterProvider; sent: SentRequest[] } {
  const sent: SentRequest[] = [];
  const list = [replies].flat();
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    if (typeof init.body !== 'string') throw new TypeError('the body of a request is JSON');
    sent.push({ url, headers: new Headers(init.headers), body: JSON.parse(init.body) });
    init.signal?.throwIfAborted();
    const reply = list[Math.min(sent.length, list.length) - 1];
    if (!reply) throw new TypeError('no reply');
    return reply();
  };
  return { openrouter: createOpenRouter({ apiKey: 'sk-or-v1-test-secret', fetch, ...settings }), sent };
}

export const PROMPT = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello' }] }];

export async function collect(stream: ReadableStream<LanguageModelV4StreamPart>): Promise<LanguageModelV4StreamPart[]> {
  const parts: LanguageModelV4StreamPart[] = [];
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) parts.push(step.value);
  return parts;
}

/** The parts that one stream of packets makes. */
export async function partsOf(packets: Parameters<typeof sse>[0], settings: OpenRouterProviderSettings = {}, options: { done?: boolean; includeRawChunks?: boolean } = {}): Promise<LanguageModelV4StreamPart[]> {
  const { stream } = await serve(sse(packets, options), settings).openrouter('acme/atlas').doStream({ prompt: PROMPT, ...(options.includeRawChunks && { includeRawChunks: true }) });
  return collect(stream);
}

/** Parts in short: their type, and what they say. */
export function brief(parts: readonly LanguageModelV4StreamPart[]): string[] {
  return parts.map((part) => {
    if ('delta' in part) return `${part.type} ${part.delta}`;
    if (part.type === 'tool-input-start') return `${part.type} ${part.toolName}`;
    if (part.type === 'tool-call') return `${part.type} ${part.input}`;
    if (part.type === 'finish') return `${part.type} ${part.finishReason.unified}`;
    return part.type;
  });
}
