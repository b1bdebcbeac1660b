import type { OpenRouterError } from '../errors/openrouter-error.js';
import type { Warning } from '../policy/policy.js';
import type { RouteName } from '../policy/routes.js';
import type { AttemptRecord, Receipt, TokenUsage } from '../receipt/receipt.js';
import type { ChatRequest } from '../wire/chat.js';

/** What the events of one call have in common. It is the same object for all of them, so that it may be a key of a `WeakMap`. */
export interface CallInfo {
  /** Tells the calls of this process apart: `1`, `2` … */
  readonly id: string;
  readonly route: RouteName;
  /** Where it is sent; holds no key. */
  readonly url: string;
  /** The chain asked for: `[model, ...models]` without duplicates. */
  readonly models: readonly string[];
  readonly stream: boolean;
  /** The body of its first request, with the prompt. A function, so that no log prints it by itself. */
  readonly body: () => ChatRequest;
}

/**
 * What hooks are told. None of it holds a key or a prompt, but for what is asked for with a function. Errors are those that are thrown: what
 * may quote a prompt does not print, but a message may hold what a provider said.
 */
export interface HookEvents {
  /** Once per call, as it begins, before it waits for anything. */
  onStart: CallInfo;
  /** Before each HTTP request. */
  onRequest: { readonly url: string; readonly models: readonly string[] };
  /**
   * For each request that was answered, well or not: once a JSON body has been read, or the first content of a stream is there. `headers`
   * are by lower-case name and without secrets, `id` is the generation's.
   */
  onResponse: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly id: string | undefined };
  /** After each HTTP request; also for one that was not sent, since its models cool down. */
  onAttempt: AttemptRecord;
  /** Before the next window of a long chain is tried: the models that failed, and those that are next. */
  onFailover: { readonly from: readonly string[]; readonly to: readonly string[]; readonly error: OpenRouterError };
  /** Before each wait for a retry; `retry` counts from 1. Where a framework repeats calls, that is for the framework to tell. */
  onRetry: { readonly retry: number; readonly waitMs: number; readonly error: OpenRouterError };
  /** Of a stream, once: its first content is there, so many milliseconds after the call began. */
  onFirstToken: { readonly ms: number };
  /** For what is legal but odd. Told without a call where a client's own options are. */
  onWarning: Warning;
  /** Once per call that ended well, or whose stream was left: who served it, and what for. `response` gives what came. */
  onFinish: {
    readonly id?: string | undefined;
    readonly model?: string | undefined;
    readonly provider?: string | undefined;
    readonly finishReason?: string | undefined;
    readonly usage?: TokenUsage | undefined;
    readonly response: () => unknown;
  };
  /** Once per call that failed: the error as it is thrown, also the reason of an abort. */
  onError: { readonly error: unknown };
  /** Once per call, at its end, well or not, unless receipts are off. */
  onReceipt: Receipt;
}

/** Tells the hooks of one call. */
export type Tell = <Name extends keyof HookEvents>(name: Name, event: HookEvents[Name]) => void;

/**
 * Called as a call goes along, with what happened and with what the events of one call have in common. Each call is told `onStart`, and at
 * its end either `onFinish` or `onError`. They are not waited for, so that one that is `async` must catch its own errors. An error that one
 * throws reaches the caller, and what was open is closed then.
 *
 * @example
 * const hooks: Hooks = { onRetry: ({ waitMs, error }, call) => console.warn(`call ${call.id} again in ${waitMs} ms: ${error.message}`) };
 */
export type Hooks = { [Name in keyof HookEvents]?: ((event: HookEvents[Name], call: Name extends 'onWarning' ? CallInfo | undefined : CallInfo) => void) | undefined };

/** What tells all hooks, also where one throws, and then throws what the first of those threw. */
export function teller(hooks: readonly Hooks[], call?: CallInfo): Tell {
  return (name, event) => {
    let thrown: { readonly error: unknown } | undefined;
    for (const { [name]: hook } of hooks) {
      try {
        // only `onWarning` is told without a call, and its type says so
        hook?.(event, call as CallInfo);
      } catch (error) {
        thrown ??= { error };
      }
    }
    if (thrown) throw thrown.error;
  };
}
