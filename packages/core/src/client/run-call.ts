import { compact } from '../compact.js';
import { APIError } from '../errors/api-error.js';
import { OpenRouterError } from '../errors/openrouter-error.js';
import { PolicyViolationError } from '../errors/policy-violation-error.js';
import { redactDeep, secretsOf } from '../errors/redact.js';
import { StreamError } from '../errors/stream-error.js';
import type { Served } from '../receipt/collect.js';
import type { AttemptRecord, PolicyVerdict, Receipt } from '../receipt/receipt.js';
import { tokenUsage } from '../receipt/token-usage.js';
import { failover } from '../transport/failover.js';
import type { Answer, AttemptOptions, Window } from '../transport/types.js';
import { textOf } from '../text-of.js';
import type { ChatResponse } from '../wire/chat.js';
import type { ClientConfig } from './config.js';
import type { HookEvents } from './hooks.js';
import type { PreparedCall } from './prepare.js';

/** What differs between the calls of two routes. */
export interface CallParts<Result> {
  /** Makes one request. */
  attempt(sent: AttemptOptions, window: Window): Promise<Result>;
  servedBy(result: Result): Served;
  /** What the first chunk of a stream said. */
  firstServed?(): Served;
  /** Closes what is open. */
  close?(result: Result): void;
}

/**
 * Runs a call: one pass over its chain, repeated where the client retries by itself. An error leaves with the receipt on it.
 */
export async function runCall<Result extends Pick<Answer<unknown>, 'status' | 'headers'>>(config: ClientConfig, call: PreparedCall, parts: CallParts<Result>): Promise<Result> {
  const { effects, resilience } = config;
  const { signal, collector, deadlineAt, info, tell } = call;
  const { windows } = call.resolved;
  const { hooks, retry, failover: rules } = call.settings;
  let last: AttemptRecord | undefined;
  let opened: Result | undefined;

  const abandon = (): void => {
    call.leave?.();
    if (opened) parts.close?.(opened);
  };

  const request = async (window: Window, index: number): Promise<Result> => {
    // a hook may have thrown what counts as a reason to repeat the call
    abandon();
    call.leave = await resilience?.enter(effects, call, window, index === windows.length - 1);
    let sent: AttemptOptions;
    let result: Result;
    try {
      sent = await call.attempt(window);
      result = await parts.attempt(sent, window);
    } catch (error) {
      call.leave?.(error);
      if (APIError.isInstance(error)) tell('onResponse', { status: error.httpStatus, headers: error.responseHeaders, id: error.generationId });
      throw error;
    }
    opened = result;
    // hot: nothing is copied for nobody
    if (hooks.length > 0) tell('onResponse', { status: result.status, headers: redactDeep(result.headers, secretsOf(sent.headers)), id: parts.servedBy(result).id });
    return result;
  };

  const pass = (): Promise<Result> =>
    failover(windows, request, rules || {}, {
      effects,
      signal,
      onAttempt(record, result) {
        if (result !== undefined) {
          const { id, provider } = parts.servedBy(result);
          Object.assign(record, compact({ status: result.status, generationId: id, provider }));
        }
        last = record;
        collector.attempt(record);
        tell('onAttempt', record);
      },
      onFailover: (from, to, error) => tell('onFailover', { from: from.models, to: to.models, error }),
    });
  const onWait = (waitMs: number, error: OpenRouterError, count: number): void => {
    if (last) last.waitedMs = waitMs;
    // the server's delay counts once, also where its models cool down for as long
    call.waitedUntil = effects.now() + waitMs;
    tell('onRetry', { retry: count, waitMs, error });
  };

  try {
    tell('onStart', info);
    call.found.forEach((warning) => tell('onWarning', warning));
    const result = await (resilience && retry ? resilience.repeat(pass, retry, { effects, signal, deadlineAt, onWait }) : pass());
    if (info.stream) tell('onFirstToken', { ms: collector.firstToken() });
    return result;
  } catch (error) {
    abandon();
    const served = PolicyViolationError.isInstance(error) ? parts.firstServed?.() : servedIn(StreamError.isInstance(error) ? error.partial : undefined);
    throw withReceipt(call, error, served ?? {});
  }
}

/** Tells the hooks how a call ended. */
function end<Name extends 'onFinish' | 'onError'>({ tell }: PreparedCall, receipt: Receipt | undefined, how: Name, event: HookEvents[Name]): void {
  try {
    tell(how, event);
  } finally {
    // told also where a hook throws: it is what others count by
    if (receipt) tell('onReceipt', receipt);
  }
}

/** The last word on a call that failed: puts the receipt on an error of ours, and tells the hooks. Gives the error. */
export function withReceipt(call: PreparedCall, error: unknown, served: Served): unknown {
  call.leave?.();
  const receipt = call.collector.receipt(served);
  if (receipt && OpenRouterError.isInstance(error)) error.receipt ??= receipt;
  end(call, receipt, 'onError', { error });
  return error;
}

/** What a response, or what has arrived of one, says about who served it. Servers beside OpenRouter say `null`, or what is no text. */
export function servedIn(response: ChatResponse | undefined): Served {
  if (!response) return {};
  const { id, model, provider, usage, openrouter_metadata: router, choices } = response;
  return { id: textOf(id), model: textOf(model), provider: textOf(provider), usage, router, finishReason: textOf(choices[0]?.finish_reason) };
}

/** The last word on a call that went well: its receipt, told to the hooks. */
export function settle(call: PreparedCall, served: Served, response: () => unknown): Receipt | undefined {
  call.leave?.();
  const receipt = call.collector.receipt(served);
  if (call.settings.hooks.length > 0) {
    const { id, model, provider, finishReason, usage } = served;
    end(call, receipt, 'onFinish', compact({ id, model, provider, finishReason: textOf(finishReason), usage: tokenUsage(usage), response }));
  }
  return receipt;
}

/** @throws {PolicyViolationError} when `verify` asks for it and the verdict is not good enough. */
export function requireKept(call: PreparedCall, verdict: PolicyVerdict, served: Served): void {
  const { verify } = call.settings;
  if (!verify || verdict.overall === 'kept' || (verify === 'throw' && verdict.overall !== 'violated')) return;
  throw new PolicyViolationError(verdict, { generationId: served.id });
}
