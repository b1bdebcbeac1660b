import type { RespondOutcome } from '../scenario/outcome.js';
import type { Wire } from '../scenario/wire.js';
import type { Answer } from './answer.js';
import { type BodyWatch, bodyOf } from './body.js';
import { chunksOf } from './chunks.js';
import { jsonBody } from './json.js';
import { malformed } from './malformed.js';
import { cutPackets, toPackets } from './packets.js';
import { type EventList, sseSegments } from './sse.js';

const COMMENT = ': OPENROUTER PROCESSING\n\n';

/** Events as a stream. */
export function eventResponse(events: EventList, wire: Wire, headers: Headers, watch: BodyWatch): Response {
  headers.set('content-type', 'text/event-stream');
  headers.set('cache-control', 'no-cache');
  return new Response(bodyOf(toPackets(sseSegments(events, wire), wire), wire, COMMENT, watch), { status: 200, headers });
}

/** An answer as a stream of events. */
export function streamResponse(answer: Answer, headers: Headers, watch: BodyWatch): Response {
  return eventResponse(chunksOf(answer), answer.wire, headers, watch);
}

/** An object as one JSON body, with the quirks of its wire. */
export function objectResponse(body: object, wire: Wire, headers: Headers, watch: BodyWatch, status = 200): Response {
  headers.set('content-type', 'application/json');
  const prefix = (wire.bom === true ? '\uFEFF' : '') + (wire.whitespace ?? '');
  const text = malformed(JSON.stringify(body), wire.malformed);
  const packets = toPackets(prefix === '' ? [text] : [prefix, text], wire);
  return new Response(bodyOf(packets, wire, ' ', watch), { status, headers });
}

/** An answer as one JSON body. */
export function jsonResponse(answer: Answer, headers: Headers, watch: BodyWatch): Response {
  return objectResponse(jsonBody(answer), answer.wire, headers, watch);
}

/** A body that is no text: sound, a film. */
export function bytesResponse(bytes: Uint8Array, wire: Wire, headers: Headers, watch: BodyWatch): Response {
  return new Response(bodyOf(cutPackets([bytes], wire), wire, ' ', watch), { status: 200, headers });
}

/** A response that the scenario wrote itself. */
export function scriptedResponse(outcome: RespondOutcome, watch: BodyWatch): Response {
  const wire = outcome.wire ?? {};
  return new Response(bodyOf(toPackets([outcome.body], wire), wire, ' ', watch), { status: outcome.status, headers: outcome.headers });
}
