import type { RecordedAttempt, RecordedEndpoint, RecordedRoute } from '../recorded-request.js';

/** Whether a guardrail was kept: `unverifiable` where the catalogue does not tell. */
export type PageVerdict = 'kept' | 'violated' | 'unverifiable';

/** One guardrail that the request's own `provider` asked for, held against each attempt. */
export interface PageGuardrail {
  /** Name on the wire. */
  readonly name: string;
  /** What was asked for, as JSON. */
  readonly asked: string;
  /** By attempt. */
  readonly verdicts: readonly PageVerdict[];
}

/** `waiting` for a response, its body being `answering`, `done`, `left` by the client, or `broken` by the scenario. */
export type PageState = 'waiting' | 'answering' | 'done' | 'left' | 'broken';

/** A request, as the page lists and explains it. */
export interface PageRequest {
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly state: PageState;
  /** HTTP status; 0 until there is one. */
  readonly status: number;
  /** Models asked for, in order. */
  readonly asked: readonly string[];
  readonly streamed: boolean;
  /** Beginning of what was asked last. */
  readonly prompt: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly respondedMs?: number;
  readonly durationMs?: number;
  readonly route?: RecordedRoute;
  readonly attempts: readonly RecordedAttempt[];
  readonly served?: RecordedEndpoint & { readonly generationId: string };
  readonly tokens?: { readonly prompt: number; readonly completion: number; readonly reasoning: number; readonly cached: number };
  /** USD, an exact decimal. */
  readonly cost: string;
  readonly guardrails: readonly PageGuardrail[];
  /** The worst of all guardrails and attempts; absent where the request asked for none. */
  readonly verdict?: PageVerdict;
}

/** What is read only when a request is opened. */
export interface PageContents {
  readonly headers: Readonly<Record<string, string>>;
  /** Indented JSON, keys masked. */
  readonly body: string;
}

/** The newest requests. */
export interface PageList {
  /** How many there are in all. */
  readonly total: number;
  /** Whether the gateway's clock moves. */
  readonly timed: boolean;
  /** By number, rising; at most `PAGE_LIMIT`. */
  readonly requests: readonly PageRequest[];
}
