import type { RespondOutcome } from '../scenario/outcome.js';
import type { Answer } from './answer.js';
import { type BodyWatch, bodyOf } from './body.js';
import { chunksOf } from './chunks.js';
import { jsonBody } from './json.js';
import { toPackets } from './packets.js';
import { sseSegments } from './sse.js';

const COMMENT = ': OPENROUTER PROCESSING\n\n';

/** An answer as a stream of events. */
export function streamResponse(answer: Answer, headers: Headers, watch: BodyWatch): Response {
  headers.set('content-type', 'text/event-stream');
  headers.set('cache-control', 'no-cache');
  const packets = toPackets(sseSegments(chunksOf(answer), answer.wire), answer.wire);
  return new Response(bodyOf(packets, answer.wire, COMMENT, watch), { status: 200, headers });
}

/** An answer as one JSON body. */
export function jsonResponse(answer: Answer, headers: Headers, watch: BodyWatch): Response {
  headers.set('content-type', 'application/json');
  const { wire } = answer;
  const packets = toPackets([(wire.bom === true ? '\uFEFF' : '') + (wire.whitespace ?? ''), JSON.stringify(jsonBody(answer))], wire);
  return new Response(bodyOf(packets, wire, ' ', watch), { status: 200, headers });
}

/** A response that the scenario wrote itself. */
export function scriptedResponse(outcome: RespondOutcome, watch: BodyWatch): Response {
  const wire = outcome.wire ?? {};
  return new Response(bodyOf(toPackets([outcome.body], wire), wire, ' ', watch), { status: outcome.status, headers: outcome.headers });
}
