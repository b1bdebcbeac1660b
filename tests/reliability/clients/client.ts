import type { Effects, RetryOptions, SizeLimits, TimeLimits } from '@waypost/core';
import type { Mode } from '../modes.js';

/** What a client is told for one call. */
export interface Connection {
  readonly url: string;
  readonly limits: TimeLimits;
  readonly sizes: Partial<SizeLimits>;
  readonly signal: AbortSignal;
  readonly effects: Partial<Effects>;
  /** Of the client's own, where it has any. Default off. */
  readonly retry?: RetryOptions | undefined;
}

/** How one call ended. */
export interface Ending {
  /** What was handed out of the answer, as `said` puts it. */
  readonly received: string;
  /** Absent where it went well. */
  readonly failure?: { readonly error: unknown; readonly part: boolean };
}

/** One of the packages, asking as its users do. */
export interface Client {
  readonly name: string;
  /** What its users call the two ways to ask. */
  readonly methods: Readonly<Record<Mode['kind'], string>>;
  run(mode: Mode, connection: Connection): Promise<Ending>;
  /** The error in the client's own words; what was kept is said elsewhere. */
  describe(error: unknown): string;
  /** What the error, or its cause, has kept of the answer. */
  kept(error: unknown): string | undefined;
  /** What the client says where the core says `end`. */
  words(end: string, kind: Mode['kind']): string;
}

/** Notes what is handed out, and how it ended. */
export async function ending(run: (hand: (piece: string) => void, fail: (error: unknown) => void) => Promise<void>): Promise<Ending> {
  let received = '';
  let failure: Ending['failure'];
  try {
    await run((piece) => void (received += piece), (error) => void (failure ??= { error, part: true }));
  } catch (error) {
    failure = { error, part: false };
  }
  return { received, ...(failure && { failure }) };
}
