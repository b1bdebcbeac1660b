import type { SizeLimits, TimeLimits } from '@waypost/core';
import type { Mode } from '../modes.js';
import type { Payload } from '../servers/payload.js';
import type { Served } from '../servers/served.js';

/**
 * What is expected, in the words of `describe`: `answer`, or the error's class with its kind or reason, `retryable` where it is,
 * and `all kept` where all that had arrived of the answer is in the error and was handed out before it.
 */
interface Ends {
  /** Of a whole JSON body, whether text or a tool call. */
  readonly json: string;
  /** Of a stream. */
  readonly stream: string;
}

/** One way for a server or network to go wrong, or to be odd, and how each call is to end. */
export interface Fault {
  /** What the table calls it. */
  readonly name: string;
  readonly serve: (mode: Mode, payload: Payload) => Promise<Served>;
  readonly ends: Ends;
  /** Where an adapter does not say the same in its own words. */
  readonly aiSdk?: Partial<Ends>;
  /** How much of the answer had arrived. Default nothing. */
  readonly arrives?: Partial<Record<Mode['kind'], 'half' | 'whole'>>;
  /** In place of the suite's generous ones, in milliseconds. */
  readonly limits?: Partial<Record<Mode['kind'], TimeLimits>>;
  readonly sizes?: Partial<SizeLimits>;
  /** Milliseconds after which the caller aborts. */
  readonly abortAfter?: number;
}

/** Faults of one kind, as one table. */
export interface FaultGroup {
  readonly title: string;
  readonly faults: readonly Fault[];
}

/** The limit that a fault of time is to run into, in milliseconds. */
export const SHORT = 150;

/** The same limit for both kinds of answer. */
export const limited = (limits: TimeLimits): NonNullable<Fault['limits']> => ({ json: limits, stream: limits });
