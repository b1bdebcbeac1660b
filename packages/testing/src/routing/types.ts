import type { ChatRequest, ErrorMetadata, ProviderPreferences, ProviderSort, RoutingFunnelStep } from '@waypost/core';
import type { GatewayEndpoint, GatewayModel } from '../catalogue/types.js';

/** Settings of the account behind the key: they tighten what a request asks for. */
export interface AccountSettings {
  readonly only?: readonly string[];
  readonly ignore?: readonly string[];
  readonly zdr?: boolean;
  readonly data_collection?: 'allow' | 'deny';
  /** Default sort, which a request overrides. */
  readonly sort?: ProviderSort;
  /** Guardrail: ids of the models that may serve; `*` matches any text. */
  readonly allowedModels?: readonly string[];
  /** Own provider keys by slug: tried before, or after, OpenRouter's capacity. */
  readonly byok?: Readonly<Record<string, 'prioritized' | 'fallback'>>;
  /** Serves requests that name no model. */
  readonly defaultModel?: string;
}

export type Strategy = 'direct' | 'auto' | 'free' | 'latest' | 'alias' | 'fallback';

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

/** What the routing steps look at. */
export interface RouteContext {
  readonly body: ChatRequest;
  readonly provider: ProviderPreferences;
  readonly account: AccountSettings;
  /** All candidates, before any filter. */
  readonly initial: readonly Candidate[];
  /** What to do with tools that no endpoint supports: live bodies show a 404, the documentation says that they are dropped. */
  readonly unsupportedTools: 'reject' | 'ignore';
  /** Output that the route itself needs: text for chat, embeddings for embeddings. */
  readonly output: string;
}

/** Why no endpoint was left. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly metadata?: ErrorMetadata;
}

export interface RoutePlan {
  readonly requested: readonly RequestedModel[];
  readonly strategy: Strategy;
  readonly initial: readonly Candidate[];
  /** Steps passed, with the number of endpoints that each left. */
  readonly funnel: readonly RoutingFunnelStep[];
  /** Endpoints in the order in which they will be tried. */
  readonly order: readonly Candidate[];
  /** Probability of being first, by endpoint of `order`. */
  readonly weights: readonly number[];
}

export type RouteResult =
  | { readonly ok: true; readonly plan: RoutePlan }
  | { readonly ok: false; readonly refusal: Refusal; readonly funnel: readonly RoutingFunnelStep[]; readonly failedStep?: string; readonly initial: readonly Candidate[] };
