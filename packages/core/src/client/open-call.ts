import type { Warning } from '../policy/policy.js';
import type { RouteName } from '../policy/routes.js';
import type { Served } from '../receipt/collect.js';
import type { PolicyVerdict, Receipt } from '../receipt/receipt.js';
import { worstOf } from '../receipt/verify-policy.js';
import type { PartialResponse } from '../errors/stream-error.js';
import type { Accumulator } from '../stream/accumulator.js';
import { openStream, type StreamReading } from '../transport/open-stream.js';
import type { StreamEnding } from '../transport/packet-reader.js';
import type { OpenStream } from '../transport/types.js';
import type { ChatRequest } from '../wire/chat.js';
import type { ClientConfig } from './config.js';
import { type Call, prepareCall } from './prepare.js';
import { requireKept, runCall, settle, withReceipt } from './run-call.js';

/** A stream of any route that is open, its first content known to be good. */
export interface StreamCall<Chunk extends object, Whole> extends OpenStream<Chunk, Whole> {
  /** The body that was sent, but for `stream`. */
  readonly request: ChatRequest;
  /** Where it was sent. */
  readonly url: string;
  readonly warnings: readonly Warning[];
  /** What has arrived so far, as an error carries it. */
  partial(): PartialResponse;
  /** What is known so far; complete once `read` has given `undefined`. Undefined when receipts are off. */
  receipt(): Receipt | undefined;
}

/** Where a stream comes from, and how it is read. */
export interface StreamRoute<Chunk extends object, Whole> extends StreamReading<Chunk, Whole> {
  /** Below the base URL. */
  readonly path: string;
  readonly route: RouteName;
}

// What only the end of a stream tells.
const LATE = ['max_price', 'allow_fallbacks', 'region'];

/** The part of a verdict that the beginning of a stream decides. */
export function early({ guardrails: all }: PolicyVerdict, servedLate: boolean | undefined): PolicyVerdict {
  const guardrails = Object.fromEntries(Object.entries(all).filter(([name, { verdict }]) => !LATE.includes(name) && !(servedLate && verdict === 'unverifiable')));
  return { overall: worstOf(guardrails), guardrails };
}

/**
 * @internal Opens a stream of any route; resolves once its first content has arrived.
 *
 * @throws as `sendChat`; what breaks later rejects `read()`.
 */
export async function openCall<Chunk extends object, Whole>(config: ClientConfig, call: Call, { path, route, ...reading }: StreamRoute<Chunk, Whole>): Promise<StreamCall<Chunk, Whole>> {
  const { shape } = reading;
  const prepared = prepareCall(config, call, route, path, true);
  const { collector, warnings, settings: { verify } } = prepared;
  let request: ChatRequest = { messages: [] };
  let first: Served = {};
  const onServed = (head: Served): void => {
    first = head;
    requireKept(prepared, early(collector.verdict(first), shape.servedLate), first);
  };
  let ended: Receipt | undefined;
  let over = false;
  const ending = (accumulator: Accumulator<Chunk, Whole>): StreamEnding => ({
    done() {
      const response = (): Whole => accumulator.response();
      const served = shape.servedIn(response());
      over = true;
      try {
        if (verify) requireKept(prepared, collector.verdict(served), served);
      } catch (error) {
        throw withReceipt(prepared, error, served);
      }
      ended = settle(prepared, served, response);
    },
    closed: () => prepared.leave?.(),
    broke(error) {
      over = true;
      return withReceipt(prepared, error, shape.servedIn(accumulator.response()));
    },
  });
  const stream = await runCall<OpenStream<Chunk, Whole>>(config, prepared, {
    attempt(sent, window) {
      request = window.body;
      return openStream({ ...sent, ...reading, onServed: verify ? onServed : undefined, ending });
    },
    servedBy: ({ accumulator }) => accumulator.head(),
    firstServed: () => first,
    close: (open) => void open.cancel(),
  });
  const { accumulator } = stream;
  const response = (): Whole => accumulator.response();
  const served = (): Served => shape.servedIn(response());
  return {
    // hot: `read` is the stream's own, with nothing between
    ...stream,
    request,
    url: prepared.url,
    warnings,
    partial: () => shape.partialOf(accumulator.response(), undefined),
    async cancel(reason) {
      const closed = stream.cancel(reason);
      if (!over) {
        // left by its reader, the call ends here
        over = true;
        ended = settle(prepared, served(), response);
      }
      await closed;
    },
    receipt: () => ended ?? collector.receipt(served()),
  };
}
