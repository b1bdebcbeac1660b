import type { ChatRequest } from '../wire/chat.js';
import type { Accumulator } from '../stream/accumulator.js';

/** The `fetch` of the platform, or one that wraps it. */
export type FetchFunction = (input: string, init: RequestInit) => Promise<Response>;

/** Everything impure that a call needs; tests inject their own. */
export interface Effects {
  fetch: FetchFunction;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts, leaving no timer behind. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** In [0, 1). */
  random: () => number;
  /**
   * Calls back once after `ms` milliseconds; the returned function takes that back. It watches time limits, apart from `sleep`, so that
   * a test which shortens waits does not run into every limit. Default: the platform's timers.
   */
  timer?: (ms: number, callback: () => void) => () => void;
}

/** Time limits in milliseconds. Absent or `Infinity` means none. */
export interface TimeLimits {
  /** From sending a request to its response headers. */
  timeout?: number | undefined;
  /** From sending a request to the first chunk that carries something. */
  firstTokenTimeout?: number;
  /** Between two chunks; keep-alive comments do not count as chunks. */
  idleTimeout?: number;
  /** For the whole call, retries and waits included. */
  deadline?: number;
}

/** Bounds that keep a hostile server from filling the memory. */
export interface SizeLimits {
  /** Characters of one SSE event. Default 32 Mi. */
  maxEventSize: number;
  /** Bytes of one JSON body. Default 128 Mi. */
  maxBodySize: number;
}

/** One request of a failover chain: as many models as the server takes at once. */
export interface Window {
  readonly models: readonly string[];
  /** The body to send, complete but for `stream`. */
  readonly body: ChatRequest;
  /** Response timeout of this window's own, in milliseconds. */
  readonly timeout?: number;
}

/** What one HTTP request needs. */
export interface AttemptOptions {
  readonly effects: Effects;
  readonly url: string;
  /** Default `POST` with a body, `GET` without. */
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The caller's. When it aborts, everything rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  readonly limits?: TimeLimits;
  /** When the call began, in milliseconds since the epoch; the deadline counts from here. Default: now. */
  readonly startedAt?: number;
  readonly sizes?: Partial<SizeLimits>;
}

/** Headers by lower-case name. */
export type HeaderRecord = Readonly<Record<string, string>>;

/** An answer that arrived whole. */
export interface Answer<Body> {
  readonly body: Body;
  readonly status: number;
  readonly headers: HeaderRecord;
}

/**
 * An open stream whose first chunk is known to be good.
 */
export interface OpenStream<Chunk, Whole> {
  readonly status: number;
  readonly headers: HeaderRecord;
  /** Holds all chunks handed out so far, and those of the packet that is being handed out. */
  readonly accumulator: Accumulator<Chunk, Whole>;
  /**
   * The chunks of the next network packet: none for a packet of keep-alive comments or half an event, `undefined` at a
   * proper end. Rejects when the stream breaks, after all chunks before the break were handed out.
   */
  read(): Promise<readonly Chunk[] | undefined>;
  /** How many comments have come, which servers send to keep a connection alive. */
  comments(): number;
  /** Stops reading and closes the connection. */
  cancel(reason?: unknown): Promise<void>;
}
