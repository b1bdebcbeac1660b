import { compact } from '../compact.js';
import { OpenRouterError } from '../errors/openrouter-error.js';
import { PolicyViolationError } from '../errors/policy-violation-error.js';
import { StreamError } from '../errors/stream-error.js';
import type { Served } from '../receipt/collect.js';
import type { AttemptRecord, PolicyVerdict, Receipt } from '../receipt/receipt.js';
import { failover } from '../transport/failover.js';
import { retry } from '../transport/retry.js';
import type { Window } from '../transport/types.js';
import type { ChatResponse } from '../wire/chat.js';
import type { ClientConfig } from './config.js';
import type { PreparedCall } from './prepare.js';

/**
 * Runs a call: one pass over its chain, repeated where the client retries by itself. An error leaves with the receipt on it, and
 * one about who served with what `firstServed` knows of that.
 */
export async function runCall<Result>(
  config: ClientConfig,
  call: PreparedCall,
  attempt: (window: Window) => Promise<Result>,
  servedBy: (result: Result) => Served & { status: number },
  firstServed?: () => Served,
): Promise<Result> {
  const { effects, hooks } = config;
  const { signal, collector, deadlineAt } = call;
  let last: AttemptRecord | undefined;
  const pass = (): Promise<Result> =>
    failover(call.resolved.windows, attempt, config.failover || {}, {
      effects,
      signal,
      onAttempt(record, result) {
        if (result !== undefined) {
          const { id, provider, status } = servedBy(result);
          Object.assign(record, compact({ status, generationId: id, provider }));
        }
        last = record;
        collector.attempt(record);
        hooks.onAttempt?.(record);
      },
    });
  const onWait = (waitedMs: number): void => {
    if (last) last.waitedMs = waitedMs;
  };
  try {
    return await (config.retry ? retry(pass, config.retry, { effects, signal, deadlineAt, onWait }) : pass());
  } catch (error) {
    const served = PolicyViolationError.isInstance(error) ? firstServed?.() : servedIn(StreamError.isInstance(error) ? error.partial : undefined);
    throw withReceipt(config, call, error, served ?? {});
  }
}

/** Puts the receipt on an error of ours, and tells the hook. */
export function withReceipt(config: ClientConfig, call: PreparedCall, error: unknown, served: Served): unknown {
  const receipt = settle(config, call, served);
  if (receipt && OpenRouterError.isInstance(error)) error.receipt ??= receipt;
  return error;
}

/** What a response, or what has arrived of one, says about who served it. */
export function servedIn(response: ChatResponse | undefined): Served {
  if (!response) return {};
  const { id, model, provider, usage, openrouter_metadata: router, choices } = response;
  return { id, model, provider, usage, router, finishReason: choices[0]?.finish_reason };
}

/** The last word on a call: its receipt, told to the hook. */
export function settle(config: ClientConfig, call: PreparedCall, served: Served): Receipt | undefined {
  const receipt = call.collector.receipt(served);
  if (receipt) config.hooks.onReceipt?.(receipt);
  return receipt;
}

/** @throws {PolicyViolationError} when `verify` asks for it and the verdict is not good enough. */
export function requireKept(call: PreparedCall, verdict: PolicyVerdict, served: Served): void {
  const { verify } = call;
  if (!verify || verdict.overall === 'kept' || (verify === 'throw' && verdict.overall !== 'violated')) return;
  throw new PolicyViolationError(verdict, { generationId: served.id });
}
