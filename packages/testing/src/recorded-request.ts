import type { RoutingFunnelStep, Usage } from '@waypost/core';
import type { Strategy } from './routing/types.js';

/** An endpoint, as a record names it. */
export interface RecordedEndpoint {
  readonly model: string;
  /** Base slug of the provider. */
  readonly provider: string;
  /** Routing slug with variant, region or tier. */
  readonly tag: string;
}

/** How a request was routed. */
export interface RecordedRoute {
  readonly strategy?: Strategy;
  /** Every endpoint that could have served, before the filters. */
  readonly candidates: readonly RecordedEndpoint[];
  /** Steps passed, with the number of endpoints that each left. */
  readonly funnel: readonly RoutingFunnelStep[];
  /** The step that left nothing, where routing failed. */
  readonly failedStep?: string;
  /** Endpoints that the steps dropped, in the order of the steps: which step, and why, in words. */
  readonly dropped: readonly (RecordedEndpoint & { readonly step: string; readonly why: string })[];
  /** Endpoints in the order of trying, with the probability of each to be first. */
  readonly plan: readonly (RecordedEndpoint & { readonly weight: number })[];
}

/** One attempt at an endpoint. */
export interface RecordedAttempt extends RecordedEndpoint {
  /** HTTP status of the endpoint's answer; 0 where none came. */
  readonly status: number;
  /** When it began: milliseconds since the epoch, by the gateway's clock, which stands still unless `now` is given. */
  readonly at: number;
  /** Milliseconds until the endpoint answered, failed or was given up; absent while it is waited for. */
  readonly durationMs?: number;
}

/** What a gateway remembers of a request. The API key is never kept. */
export interface RecordedRequest {
  /** From 1, in order of arrival. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names; the key in `authorization` is replaced by `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON that came; `undefined` where there was none. */
  readonly body: unknown;
  readonly route?: RecordedRoute;
  readonly attempts: readonly RecordedAttempt[];
  readonly served?: RecordedEndpoint & { readonly generationId: string };
  /** What the response cache did, where the request asked for it. */
  readonly cache?: 'HIT' | 'MISS';
  /** HTTP status that the client got; 0 until there is one. */
  readonly status: number;
  /** What was wrong with a function of the scenario that this request asked; then there is no status. */
  readonly scenarioError?: string;
  /** USD charged, an exact decimal. */
  readonly cost: string;
  /** Tokens and cost as the client is told them; absent where nothing was generated. */
  readonly usage?: Usage;
  /** When it came: milliseconds since the epoch, by the gateway's clock, which stands still unless `now` is given. */
  readonly at: number;
  /** Milliseconds until the head of the response; absent until there is one. */
  readonly respondedMs?: number;
  /** Milliseconds until the end: the body was read or left, or the connection broke. Absent while the request is under way. */
  readonly durationMs?: number;
  /** The client aborted, or left before the end of the body. */
  readonly cancelled: boolean;
}

/** A record while its request is being answered. */
export type OpenRecord = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] } & { attempts: OpenAttempt[] };

/** An attempt while its endpoint is waited for. */
export type OpenAttempt = { -readonly [Key in keyof RecordedAttempt]: RecordedAttempt[Key] };
