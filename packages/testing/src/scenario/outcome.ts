import type { ErrorType } from '@waypost/core';
import type { Reply } from './reply.js';
import type { Wire } from './wire.js';

/** The endpoint answers. */
export interface OkOutcome {
  readonly kind: 'ok';
  readonly reply?: Reply;
  readonly wire?: Wire;
}

/** The endpoint fails before any output; the router goes on to the next one. */
export interface FailOutcome {
  readonly kind: 'fail';
  readonly status: number;
  /** What the provider said: text, JSON in a string, or an object. Default: a sentence with the status. */
  readonly raw?: unknown;
  /** Default `Provider returned error`. */
  readonly message: string;
  readonly errorType?: ErrorType;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Whose error it is; default `provider`. `openrouter`: the answer says nothing of a provider, and `metadata` is all that it has. */
  readonly source?: 'provider' | 'openrouter';
  /** Headers of the answer, where this is the last failure. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Nothing ever comes back; only an abort ends the request. */
export interface HangOutcome {
  readonly kind: 'hang';
}

/** The client gets exactly this, and no other endpoint is tried. */
export interface RespondOutcome {
  readonly kind: 'respond';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly wire?: Wire;
}

/** The connection breaks before there is a response. */
export interface DisconnectOutcome {
  readonly kind: 'disconnect';
}

export type Outcome = OkOutcome | FailOutcome | HangOutcome | RespondOutcome | DisconnectOutcome;

/** The endpoint answers, with a reply of its own where one is given and with quirks on the wire. */
export function ok(reply?: Reply, wire?: Wire): OkOutcome {
  return { kind: 'ok', ...(reply === undefined ? {} : { reply }), ...(wire === undefined ? {} : { wire }) };
}

export type FailOptions = Partial<Omit<FailOutcome, 'kind' | 'status'>>;

/**
 * The endpoint fails with this status; the router goes on to the next endpoint or model.
 *
 * @example
 * createGateway({ scenario: { endpoints: { azure: fail(429, { retryAfter: 2 }) } } });
 */
export function fail(status: number, options: FailOptions = {}): FailOutcome {
  return { kind: 'fail', status, message: 'Provider returned error', ...options };
}

/** The endpoint never answers. */
export function hang(): HangOutcome {
  return { kind: 'hang' };
}

/** The connection breaks, as when a host cannot be reached: `fetch` rejects with a `TypeError`. */
export function disconnect(): DisconnectOutcome {
  return { kind: 'disconnect' };
}

/** Answers the client with exactly this; an object is sent as JSON. */
export function respond(
  status: number,
  body: string | object,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly wire?: Wire } = {},
): RespondOutcome {
  const json = typeof body !== 'string';
  return {
    kind: 'respond',
    status,
    headers: { 'content-type': json ? 'application/json' : 'text/plain; charset=utf-8', ...options.headers },
    body: json ? JSON.stringify(body) : body,
    ...(options.wire === undefined ? {} : { wire: options.wire }),
  };
}
