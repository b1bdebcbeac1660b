import type { Warning } from '../policy/policy.js';
import type { PolicyVerdict, Receipt } from '../receipt/receipt.js';
import type { Served } from '../receipt/collect.js';
import { StreamError } from '../errors/stream-error.js';
import { openStream } from '../transport/open-stream.js';
import type { ChatStream } from '../transport/types.js';
import type { ChatRequest } from '../wire/chat.js';
import type { ChatChunk } from '../wire/chunk.js';
import type { ClientConfig } from './config.js';
import { type Call, type PreparedCall, prepareCall } from './prepare.js';
import { requireKept, runCall, servedIn, settle, withReceipt } from './run-call.js';

/** A chat stream that is open, its first content known to be good. */
export interface ChatStreamCall extends ChatStream {
  /** The body that was sent, but for `stream`. */
  readonly request: ChatRequest;
  readonly warnings: readonly Warning[];
  /** What is known so far; complete once `read` has given `undefined`. Undefined when receipts are off. */
  receipt(): Receipt | undefined;
}

// What only the end of a stream tells.
const LATE = ['max_price', 'allow_fallbacks', 'region'];

function early(verdict: PolicyVerdict): PolicyVerdict {
  const guardrails = Object.fromEntries(Object.entries(verdict.guardrails).filter(([name]) => !LATE.includes(name)));
  const found = Object.values(guardrails).map((one) => one.verdict);
  const overall = found.includes('violated') ? 'violated' : found.includes('unverifiable') ? 'unverifiable' : 'kept';
  return { overall, guardrails };
}

function checkFirst(call: PreparedCall, chunk: ChatChunk): void {
  const served: Served = { id: chunk.id, model: chunk.model, provider: chunk.provider };
  requireKept(call, early(call.collector.verdict(served)), served);
}

/**
 * Opens a chat stream; resolves once its first content has arrived. For adapters; users call the client of their framework.
 *
 * @throws as `sendChat`; what breaks later rejects `read()`.
 */
export async function openChat(config: ClientConfig, call: Call): Promise<ChatStreamCall> {
  const prepared = prepareCall(config, call, 'chat', '/chat/completions');
  const { collector, verify, warnings } = prepared;
  let request: ChatRequest = { messages: [] };
  const stream = await runCall(
    config,
    prepared,
    async (window) => {
      request = window.body;
      const options = await prepared.attempt(window, true);
      return openStream(verify ? { ...options, onFirstChunk: (chunk) => checkFirst(prepared, chunk) } : options);
    },
    ({ accumulator, status }) => ({ ...servedIn(accumulator.response()), status }),
  );
  collector.firstToken();
  const { accumulator } = stream;
  const served = (): Served => servedIn(accumulator.response());
  let ended: Receipt | undefined;
  let over = false;
  return {
    status: stream.status,
    headers: stream.headers,
    accumulator,
    request,
    warnings,
    // hot: once per packet
    async read() {
      try {
        const chunks = await stream.read();
        if (chunks === undefined && !over) {
          over = true;
          if (verify) requireKept(prepared, collector.verdict(served()), served());
          ended = settle(config, prepared, served());
        }
        return chunks;
      } catch (error) {
        over = true;
        throw withReceipt(config, prepared, error, StreamError.isInstance(error) ? servedIn(error.partial) : served());
      }
    },
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
