import type { Warning } from '../policy/policy.js';
import type { PolicyVerdict, Receipt } from '../receipt/receipt.js';
import type { Served } from '../receipt/collect.js';
import { worstOf } from '../receipt/verify-policy.js';
import { StreamError } from '../errors/stream-error.js';
import type { Accumulator } from '../stream/accumulator.js';
import { openStream } from '../transport/open-stream.js';
import type { StreamEnding } from '../transport/packet-reader.js';
import type { ChatStream } from '../transport/types.js';
import type { ChatRequest } from '../wire/chat.js';
import type { ChatChunk } from '../wire/chunk.js';
import { CHAT, type ChatRoute } from './chat-route.js';
import type { ClientConfig } from './config.js';
import { type Call, prepareCall } from './prepare.js';
import { requireKept, runCall, servedIn, settle, withReceipt } from './run-call.js';

/** A chat stream that is open, its first content known to be good. */
export interface ChatStreamCall extends ChatStream {
  /** The body that was sent, but for `stream`. */
  readonly request: ChatRequest;
  /** Where it was sent. */
  readonly url: string;
  readonly warnings: readonly Warning[];
  /** What is known so far; complete once `read` has given `undefined`. Undefined when receipts are off. */
  receipt(): Receipt | undefined;
}

// What only the end of a stream tells.
const LATE = ['max_price', 'allow_fallbacks', 'region'];

function early({ guardrails: all }: PolicyVerdict): PolicyVerdict {
  const guardrails = Object.fromEntries(Object.entries(all).filter(([name]) => !LATE.includes(name)));
  return { overall: worstOf(guardrails), guardrails };
}

const servedOf = ({ id, model, provider }: ChatChunk): Served => ({ id, model, provider });

/**
 * Opens a chat stream; resolves once its first content has arrived. For adapters; users call the client of their framework.
 *
 * @throws as `sendChat`; what breaks later rejects `read()`.
 */
export async function openChat(config: ClientConfig, call: Call, { path, route, toChunk, toResponse }: ChatRoute = CHAT): Promise<ChatStreamCall> {
  const prepared = prepareCall(config, call, route, path, true);
  const { collector, verify, warnings } = prepared;
  let request: ChatRequest = { messages: [] };
  let first: Served = {};
  const onFirstChunk = (chunk: ChatChunk): void => {
    first = servedOf(chunk);
    requireKept(prepared, early(collector.verdict(first)), first);
  };
  let ended: Receipt | undefined;
  let over = false;
  const ending = (accumulator: Accumulator): StreamEnding => ({
    done() {
      const served = servedIn(accumulator.response());
      over = true;
      try {
        if (verify) requireKept(prepared, collector.verdict(served), served);
      } catch (error) {
        throw withReceipt(config, prepared, error, served);
      }
      ended = settle(config, prepared, served);
    },
    broke(error) {
      over = true;
      return withReceipt(config, prepared, error, servedIn(StreamError.isInstance(error) ? error.partial : accumulator.response()));
    },
  });
  const stream = await runCall(
    config,
    prepared,
    async (window) => {
      request = window.body;
      return openStream({ ...(await prepared.attempt(window)), onFirstChunk: verify ? onFirstChunk : undefined, ending, toChunk, toResponse });
    },
    ({ accumulator, status }) => ({ ...accumulator.head(), status }),
    () => first,
  );
  collector.firstToken();
  const served = (): Served => servedIn(stream.accumulator.response());
  return {
    // hot: `read` is the stream's own, with nothing between
    ...stream,
    request,
    url: prepared.url,
    warnings,
    async cancel(reason) {
      const closed = stream.cancel(reason);
      if (!over) {
        // left by its reader, the call ends here
        over = true;
        ended = settle(config, prepared, served());
      }
      await closed;
    },
    receipt: () => ended ?? collector.receipt(served()),
  };
}
