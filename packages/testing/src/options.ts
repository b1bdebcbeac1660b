import type { Hono } from 'hono';
import type { ExpectedRoute } from './assert/expect-route.js';
import type { Catalogue } from './catalogue/types.js';
import type { RecordedRequest } from './recorded-request.js';
import type { AccountSettings } from './routing/types.js';
import type { ScenarioError } from './scenario/scenario-error.js';
import type { Scenario } from './scenario/scenario.js';

export interface GatewayOptions {
  /** Default: a small catalogue of invented models, `defaultCatalogue`. */
  readonly catalogue?: Catalogue;
  /** Default: everything goes well. */
  readonly scenario?: Scenario;
  /** Default 1. The same seed, and the same requests in the same order, give the same choices and ids. */
  readonly seed?: number | string;
  /** Keys that are known. Default: any key is. */
  readonly apiKeys?: readonly string[];
  /** Milliseconds since the epoch, such as `Date.now`. Default: a clock that stands still in September 2026, so that runs repeat. */
  readonly now?: () => number;
  /**
   * Waits, where the scenario gives latencies or token rates. Default: goes on at once. See `realClock` and `manualClock`, which have
   * both `now` and `sleep`.
   */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Settings of the account behind every key: guardrails, default sort and model, own provider keys. */
  readonly account?: AccountSettings;
  /** USD that the account has bought; default 10. 0: an account of the free tier. */
  readonly credits?: number;
  /**
   * Refuses with 402 what the credits left, less what requests in flight may cost, cannot pay for. A request may cost what it would at the
   * dearest of the endpoints that it can reach: its prompt and `max_tokens`, or as many as the model can give; pictures, seconds, characters,
   * documents. Default `false`: credits are only reported.
   */
  readonly enforceCredits?: boolean;
  /** Reads of `GET /generation` that get a 404 before the record is there; default 1, since real records settle late. */
  readonly settleAfterReads?: number;
  /** Reads of `GET /videos/{id}` that say `pending` before the video is there; default 1. */
  readonly videoPendingReads?: number;
  /** How many requests, generations, videos, conversations and cached answers are remembered, of each; the oldest are forgotten. Default 10,000; `Infinity`: all. */
  readonly keep?: number;
  /** Tools that no endpoint of a model takes: a 404 (default), as live answers show, or dropped, as the documentation says. */
  readonly unsupportedTools?: 'reject' | 'ignore';
}

/** A server on the loopback interface. */
export interface LocalServer {
  /** Base URL for a client: `http://127.0.0.1:<port>/api/v1`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Where to listen: a port, by itself or under its name. 0, the default, takes a free one. */
export type ListenOn = number | { readonly port?: number };

/** A listening gateway. */
export interface GatewayServer extends LocalServer {
  /** The page that shows every request, live: `http://127.0.0.1:<port>/`. */
  readonly page: string;
}

/**
 * Environment of the Hono application: the signal of an in-process call, or the connection of one over a socket, with a signal that
 * aborts when the server closes.
 */
export interface GatewayEnv {
  Bindings: { signal?: AbortSignal; outgoing?: { destroy(): unknown }; closing?: AbortSignal };
}

export interface Gateway {
  /**
   * Answers a request in process; give it to a client as its `fetch`, with the base URL `http://gateway.local/api/v1` (any host
   * will do). Rejects with the signal's reason on abort, with a `TypeError` where the scenario breaks the connection, and with a
   * `ScenarioError` where a function of the scenario throws or gives what it may not.
   */
  fetch(this: void, input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /** The application, to mount elsewhere. */
  readonly app: Hono<GatewayEnv>;
  /**
   * Checks how a request was routed, and returns its record; what is left out of `expected` may be anything. Needs no test framework.
   *
   * @param which number of the request, from 1, in the order of arrival; default: the last `POST`.
   * @throws {RouteMismatchError} that shows each difference, and what happened instead.
   * @example
   * gateway.expectRoute({ provider: 'azure', attempts: ['openai', 'azure'] });
   */
  expectRoute(this: void, expected: ExpectedRoute, which?: number): RecordedRequest;
  /** The requests so far, in order of arrival, as many of the last as `keep` says. The list is live. */
  readonly requests: readonly RecordedRequest[];
  /**
   * What was wrong with functions of the scenario, since the beginning or the last `reset`: clients may wrap or repeat what they cannot
   * understand. The list is live; `useGateway` fails a test that leaves any.
   */
  readonly scenarioErrors: readonly ScenarioError[];
  /** Listens on the loopback interface; port 0, the default, takes a free one. Needs Node. */
  listen(this: void, port?: ListenOn): Promise<GatewayServer>;
  /** Forgets requests, spending and the progress of scripts; the seed starts anew. A request under way goes on, and leaves nothing behind. */
  reset(this: void): void;
  /**
   * Replaces the scenario; its scripts start from the beginning.
   *
   * @throws {InvalidOptionsError} for a scenario that makes no sense or would do nothing; the one before stays.
   */
  setScenario(this: void, scenario: Scenario): void;
}
