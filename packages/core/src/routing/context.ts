import type { ChatRequest } from '../wire/chat.js';
import type { Endpoint } from '../wire/models.js';
import type { ProviderPreferences } from '../wire/provider-preferences.js';
import type { AccountSettings, EndpointFacts, EndpointHealth, RouteOptions } from './options.js';
import type { RouteCandidate } from './types.js';

/** The body of a request, of which no field is required, without its preferences. */
export type RouteBody = { [Field in keyof ChatRequest as Field extends 'provider' ? never : Field]?: ChatRequest[Field] };

/** An endpoint with everything that is known about it. */
export interface Candidate extends RouteCandidate {
  /** Set on a service-tier endpoint. */
  readonly tier?: 'flex' | 'priority';
  readonly facts: EndpointFacts;
  readonly health: EndpointHealth;
}

/** What the steps of routing look at. */
export interface RouteContext {
  readonly body: RouteBody;
  readonly provider: ProviderPreferences;
  readonly account: AccountSettings;
  readonly options: RouteOptions;
  /** What the server said that nothing passed: what is unknown there is excluded. */
  readonly refused?: { readonly preference: string; readonly step?: string };
}

/** A model of the listing. */
export interface ListedModel {
  readonly id: string;
  readonly inputModalities?: readonly string[];
  readonly outputModalities?: readonly string[];
  readonly endpoints: readonly Endpoint[];
}
