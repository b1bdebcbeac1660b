import { APIError } from '@waypost/core';
import { fetchClient } from './clients/fetch.js';
import { type Mode, whole } from './modes.js';
import { pool } from './pool.js';
import { payloadOf, saidBy, type StreamEvent } from './servers/payload.js';
import { http } from './servers/served.js';

/** How a body stops: ended as if it were whole, or by a connection that closes. */
export type Stop = 'ended' | 'closed';

/** One way to stop a body, at each of its bytes. */
export interface Cuts {
  readonly mode: Mode;
  readonly stop: Stop;
  /** The different ends, in the words of the table, from the first byte to the last. */
  readonly ends: readonly string[];
  /** Cuts that did not end as they should: where, how, and how they should have. */
  readonly wrong: readonly string[];
}

/** The whole events at the beginning of a stream; one may lack its blank line. */
function eventsIn(text: string): StreamEvent[] {
  return text.split('\n\n').flatMap((event) => {
    try {
      return event.startsWith('data: {') ? [JSON.parse(event.slice('data: '.length)) as StreamEvent] : [];
    } catch {
      // half an event
      return [];
    }
  });
}

interface Due {
  readonly end: string;
  /** What is to be kept of the answer. */
  readonly kept: string;
  /** The text that is to be in the error, where half a JSON body is said to be whole. */
  readonly body?: string;
}

/** How a cut is to end; read the plain way, from the bytes that were sent. */
function expectedOf({ kind }: Mode, stop: Stop, bytes: Buffer, at: number): Due {
  const sent = bytes.subarray(0, at).toString();
  if (kind === 'json') {
    if (at === bytes.length) return { end: 'answer', kept: '' };
    return stop === 'closed' ? { end: 'NetworkError, retryable', kept: '' } : { end: 'APIError 200 server, retryable', kept: '', body: sent };
  }
  const events = eventsIn(sent);
  if (events.some(({ choices }) => choices?.[0]?.finish_reason)) return { end: 'answer', kept: '' };
  const kept = saidBy(events);
  if (kept !== '') return { end: 'StreamError truncated', kept };
  return { end: stop === 'closed' ? 'NetworkError, retryable' : 'StreamError truncated, retryable', kept };
}

/** Cuts the answer of a mode at each byte, and calls each time. */
export async function runCuts(mode: Mode, stop: Stop): Promise<Cuts> {
  const { bytes, type } = payloadOf(mode);
  const served = await http((response, request) => {
    const sent = bytes.subarray(0, Number(request.url?.split('/')[1]));
    response.writeHead(200, { 'content-type': type });
    if (stop === 'ended') return response.end(sent);
    response.flushHeaders();
    response.write(sent, () => response.destroy());
  });
  const { origin } = new URL(served.url);
  const { signal } = new AbortController();
  const wrong: string[] = [];
  try {
    const all = await pool(Array.from({ length: bytes.length + 1 }, (_, at) => at), 8, async (at) => {
      const { received, failure } = await fetchClient.run(mode, { url: `${origin}/${at}/api/v1`, limits: { deadline: 20_000 }, sizes: {}, signal, effects: {} });
      const due = expectedOf(mode, stop, bytes, at);
      const end = failure === undefined ? 'answer' : fetchClient.describe(failure.error);
      const kept = failure === undefined ? undefined : (fetchClient.kept(failure.error) ?? '');
      const body = APIError.isInstance(failure?.error) ? failure.error.responseBody : undefined;
      const good = failure === undefined ? received === whole(mode) : kept === due.kept && received === due.kept && body === due.body;
      if (end !== due.end || !good) wrong.push(`at ${at}: ${end}, handed out ${received}, kept ${kept}; not ${due.end}, ${due.kept}`);
      return kept ? `${end}, all kept` : end;
    });
    return { mode, stop, ends: all.filter((end, at) => end !== all[at - 1]), wrong };
  } finally {
    await served.close();
  }
}
