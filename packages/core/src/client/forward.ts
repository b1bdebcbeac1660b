import { isRecord } from '../policy/report.js';
import type { RouteName } from '../policy/routes.js';
import type { Served } from '../receipt/collect.js';
import { type RawAnswer, requestRaw } from '../transport/request-raw.js';
import type { ChatResponse } from '../wire/chat.js';
import type { ClientConfig } from './config.js';
import { early } from './open-call.js';
import { type Call, prepareCall } from './prepare.js';
import { requireKept, runCall, servedIn, settle, withReceipt } from './run-call.js';
import { servedInAny } from './send-inference.js';

/** Where a request goes that another client made. */
export interface ForwardRoute {
  /** Below the base URL, with its query. One that begins with `/alpha/` stands beside the base URL's `/v1`. */
  readonly path: string;
  readonly route: RouteName;
  /** Whether the body is to say `stream: true`. */
  readonly stream: boolean;
}

interface ForwardedAnswer extends RawAnswer {
  readonly served: Served;
}

const isChat = (said: unknown): said is ChatResponse => isRecord(said) && Array.isArray(said['choices']);

/** Of an event, what may stand one level down: `response.created` and `message_start` hold what serves. */
function eventPart(said: unknown): unknown {
  return isRecord(said) ? (said['response'] ?? said['message'] ?? said) : said;
}

function servedBy({ said, whole, headers }: Pick<RawAnswer, 'said' | 'whole' | 'headers'>): Served {
  if (isChat(said) && whole) return servedIn(said);
  const { usage, ...served } = servedInAny({ body: eventPart(said), headers });
  return { ...served, ...(whole && { usage }) };
}

/**
 * Sends a request that another client made, its layers folded as for any call, and gives the response for that client to read: JSON
 * as it came, streams packet by packet, neither parsed nor buffered. For adapters.
 *
 * Of a stream only the first event is looked at: it is what `verify` decides by. The receipt, told at its end, has what that event
 * said, and neither usage nor cost.
 *
 * @throws as `sendChat`. A body, or the first event of a stream, that holds nothing but an error throws too.
 */
export async function forwardCall(config: ClientConfig, call: Call, { path, route, stream }: ForwardRoute): Promise<Response> {
  const prepared = prepareCall(config, call, route, path, stream);
  const { collector, settings: { verify } } = prepared;
  let first: Served = {};
  let handedOn: Served | undefined;
  const onClose = (broken?: { readonly error: unknown }): void => {
    // one that is closed before it is handed on was refused, which has been told
    if (!handedOn) return;
    if (broken) withReceipt(prepared, broken.error, handedOn);
    else settle(prepared, handedOn, () => undefined);
  };
  const { served, status, body, whole, ...answer } = await runCall<ForwardedAnswer>(config, prepared, {
    async attempt(sent) {
      const raw = await requestRaw(sent, (said, all) => {
        if (all || !verify) return;
        first = servedBy({ said, whole: all, headers: {} });
        requireKept(prepared, early(collector.verdict(first), false), first);
      }, onClose);
      return { ...raw, served: servedBy(raw) };
    },
    servedBy: (raw) => raw.served,
    firstServed: () => first,
    close: (raw) => leave(raw.body),
  });
  try {
    // bytes have no first event; what the headers tell of them is known now
    if (verify && (whole || answer.said === undefined)) requireKept(prepared, whole ? collector.verdict(served) : early(collector.verdict(served), false), served);
  } catch (error) {
    leave(body, error);
    throw withReceipt(prepared, error, served);
  }
  if (body instanceof ReadableStream) handedOn = served;
  else settle(prepared, served, () => answer.said);
  // the platform has decoded the body, and what it is handed on through has a length of its own
  const { 'content-encoding': _encoding, 'content-length': _length, 'transfer-encoding': _transfer, ...headers } = answer.headers;
  const bodiless = status === 204 || status === 205;
  return new Response(bodiless ? null : body, { status, headers });
}

/** Closes a body that nobody will read. */
function leave(body: RawAnswer['body'], reason?: unknown): void {
  if (body instanceof ReadableStream) body.cancel(reason).catch(() => {});
}
