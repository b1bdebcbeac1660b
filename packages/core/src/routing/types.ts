import type { ChatRequest } from '../wire/chat.js';
import type { RoutingFunnelStep } from '../wire/error-body.js';
import type { Endpoint, ModelEndpoints } from '../wire/models.js';
import type { ProviderSort } from '../wire/provider-preferences.js';
import type { ProviderPreferencesInput } from '../policy/preferences-input.js';

/** The fields of a wire body as they are; `Partial` and `Omit` would lose the known names to the index signature. */
type Fields<Body> = { [Field in keyof Body as Field extends 'provider' ? never : Field]?: Body[Field] };

/** A request as routing reads it: the wire body, of which no field is required; the keys of `provider` in either spelling. */
export interface RouteRequest extends Fields<ChatRequest> {
  provider?: ProviderPreferencesInput | null;
}

/**
 * What a request is routed over: an answer of `GET /models/{author}/{slug}/endpoints` or its `data`, which tell the model's
 * modalities too; several of them; or bare endpoints, such as those of `GET /endpoints/zdr`.
 */
export type EndpointListing = ModelEndpoints | ModelEndpoints['data'] | readonly (ModelEndpoints | ModelEndpoints['data'] | Endpoint)[];

/** Why endpoints are in the order in which they will be tried; see {@link PlannedEndpoint.reason}. */
export type OrderReason = 'byok' | 'sticky' | 'order' | 'sort' | 'exacto' | 'weight' | 'outage' | 'threshold' | 'byok-fallback';

/** How a model id was understood. `fallback`: the request names several models. */
export type RouteStrategy = 'direct' | 'auto' | 'free' | 'latest' | 'alias' | 'fallback';

/** One model of the chain `[model, ...models]`. */
export interface RouteModel {
  /** As the request spelled it. */
  readonly requested: string;
  /** As the listing spells it: aliases resolved, without the variants that every model has. */
  readonly id: string;
  /** `false`: no endpoint of it was given, so that nothing can be said about it. */
  readonly listed: boolean;
  readonly strategy: Exclude<RouteStrategy, 'fallback'>;
  readonly variants: readonly string[];
  /** What `:nitro`, `:floor` or `:exacto` sort by. */
  readonly sort?: ProviderSort;
  /** Service tier that `:nitro` or `:floor` makes eligible. */
  readonly tier?: 'flex' | 'priority';
}

/** What speaks against an endpoint, or could not be checked. */
export interface Finding {
  /** The step of the funnel, by the server's name where that is known: `Filter by Max Price`. */
  readonly step: string;
  /** Wire name of the preference or request field: `max_price`, `zdr`, `tools` … */
  readonly preference: string;
  /** Who set it: the request, or the settings of the account behind the key. */
  readonly by: 'request' | 'account';
  /** `unknown`: a public catalogue does not tell, and no fact was given. */
  readonly verdict: 'excluded' | 'unknown';
  /** Why, in words. */
  readonly detail: string;
}

/** An endpoint that may serve. */
export interface RouteCandidate {
  readonly model: RouteModel;
  /** As it was given. */
  readonly endpoint: Endpoint;
  /** Routing slug, variant, region or tier included. */
  readonly tag: string;
  /** Provider part of the tag. */
  readonly provider: string;
  /** Served by a provider key of the account's own. */
  readonly byok: boolean;
  /** Parameters that no endpoint of the model supports, and that are therefore left out. */
  readonly ignoredParameters: readonly string[];
  /** What could not be checked: it is eligible only if these hold. */
  readonly unknown: readonly Finding[];
}

/** An endpoint in the order of trying. */
export interface PlannedEndpoint extends RouteCandidate {
  /** Probability of being tried first; `undefined` where it depends on what is not known: a figure, or whether an endpoint is eligible. */
  readonly probability: number | undefined;
  /**
   * What put it there. `weight`: chance, by 1/price²; `outage` and `threshold`: moved behind others, by a recent failure or
   * a `preferred_*` bound, which within one entry of `order` may happen too; `byok`: an own key; `order`, `sort`, `sticky`, `exacto`: as named.
   */
  readonly reason: OrderReason;
}

/** An endpoint that a step dropped, and why. */
export interface DroppedEndpoint {
  readonly candidate: RouteCandidate;
  readonly findings: readonly Finding[];
}

/** One step of the funnel; the server tells the first two fields. */
export interface PlannedStep extends Readonly<RoutingFunnelStep> {
  readonly dropped: readonly DroppedEndpoint[];
}

/** What decides between the endpoints that are left. */
export interface OrderBasis {
  readonly by: OrderReason;
  /** With `by: "sort"`. */
  readonly sort?: ProviderSort;
}

/** How a request is routed. Plain data. */
export interface RoutePlan {
  readonly strategy: RouteStrategy;
  /** The chain, in order. */
  readonly models: readonly RouteModel[];
  /** Every endpoint that could have served, before the filters; service tiers only where the request opts into them. */
  readonly candidates: readonly RouteCandidate[];
  /** The steps in order, up to the one that left nothing. */
  readonly funnel: readonly PlannedStep[];
  /** The step that left nothing; `undefined` where something is left. */
  readonly failedStep?: string;
  /** Endpoints in the order of trying. Where only one is tried, and chance or something unknown decides which, all that it may be. */
  readonly order: readonly PlannedEndpoint[];
  /** `undefined` where nothing is left. */
  readonly basis?: OrderBasis;
  /** `allow_fallbacks: false` without `order`: one endpoint of each model is tried, and no other; with `partition: "none"`, one of all. */
  readonly single: boolean;
  /** Whether the conversation's endpoint is tried first, and why not; only where `sticky` was given. */
  readonly sticky?: { readonly applies: boolean; readonly detail: string };
}
