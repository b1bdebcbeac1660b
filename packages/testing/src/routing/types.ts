import type { ErrorMetadata, ProviderSort, RoutingFunnelStep } from '@waypost/core';
import type { AccountSettings, RouteStrategy } from '@waypost/core/routing';
import type { GatewayEndpoint, GatewayModel } from '../catalogue/types.js';

export type { AccountSettings };
export type Strategy = RouteStrategy;

/** One model of the chain, with what its variants ask for. */
export interface RequestedModel {
  /** As the request spelled it. */
  readonly requested: string;
  readonly model: GatewayModel;
  readonly strategy: Strategy;
  readonly sort?: ProviderSort;
  /** Service tier that `:nitro` or `:floor` makes eligible. */
  readonly tier?: 'flex' | 'priority';
  readonly online: boolean;
}

/** An endpoint that may serve a request. */
export interface Candidate {
  readonly requested: RequestedModel;
  readonly endpoint: GatewayEndpoint;
  readonly byok: boolean;
  /** Parameters that no endpoint of the model supports and that are therefore left out. */
  readonly ignoredParameters: readonly string[];
}

/** Why no endpoint was left. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly metadata?: ErrorMetadata;
}

/** An endpoint that a step dropped, and why, in words. */
export interface Dropped {
  readonly candidate: Candidate;
  readonly step: string;
  readonly why: string;
}

export interface RoutePlan {
  readonly requested: readonly RequestedModel[];
  readonly strategy: Strategy;
  readonly initial: readonly Candidate[];
  /** Steps passed, with the number of endpoints that each left. */
  readonly funnel: readonly RoutingFunnelStep[];
  /** What the steps dropped, in their order. */
  readonly dropped: readonly Dropped[];
  /** Endpoints in the order in which they will be tried. */
  readonly order: readonly Candidate[];
  /** Probability of being first, by endpoint of `order`. */
  readonly weights: readonly number[];
}

export type RouteResult =
  | { readonly ok: true; readonly plan: RoutePlan }
  | { readonly ok: false; readonly refusal: Refusal; readonly funnel: readonly RoutingFunnelStep[]; readonly failedStep?: string; readonly initial: readonly Candidate[]; readonly dropped: readonly Dropped[] };
