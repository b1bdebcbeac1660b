import type { Warning } from '../policy/policy.js';
import type { RoutingFunnelStep } from '../wire/error-body.js';
import type { Finding, OrderBasis, OrderReason, RouteModel } from './types.js';

/** How an endpoint fares, and why. */
export interface ExplainedEndpoint {
  /** Id of the model, as the listing spells it. */
  readonly model: string;
  readonly tag: string;
  /** Display name of the provider. */
  readonly provider: string;
  /** On a provider key of the account's own. */
  readonly byok: boolean;
  /** `unknown`: eligible if what could not be checked holds. */
  readonly status: 'eligible' | 'excluded' | 'unknown';
  /** All that speaks against it, and all that could not be checked; not the first alone. */
  readonly findings: readonly Finding[];
  /** From 1, in the order of trying; absent where it is not tried. */
  readonly place?: number;
  /** Of being tried first; absent where it is not tried, or where nobody can know. */
  readonly probability?: number;
  readonly reason?: OrderReason;
  /** Parameters that no endpoint of the model supports, and that are left out. */
  readonly ignoredParameters: readonly string[];
}

/** One change of a request, or of the settings of the account. */
export interface RouteChange {
  /** Wire name of the preference or request field. */
  readonly preference: string;
  readonly by: Finding['by'];
  readonly action: 'remove' | 'set';
  /** With `set`: the new value, as it is written on the wire. */
  readonly value?: unknown;
  /** What it loosens was put there to exclude endpoints: relax it only if that was not meant. */
  readonly guardrail: boolean;
  /** Prompts could be retained, trained on, or published after it. */
  readonly privacy: boolean;
  /** In words: `raise max_price: prompt to 2.5`. */
  readonly text: string;
}

/** Changes that together make a request routable; each of them is needed. */
export interface RouteSuggestion {
  readonly changes: readonly RouteChange[];
  /** Whether a privacy guardrail is among what would be relaxed. */
  readonly privacy: boolean;
  /** Tags that would be eligible, in the order of trying. */
  readonly endpoints: readonly string[];
  /** `false`: routable only if what is not known of these endpoints holds. */
  readonly certain: boolean;
}

/** What is to blame where nothing is left. */
export interface RouteBlame {
  /** Wire names; empty where it is a setting of the account that the server does not name. */
  readonly preferences: readonly string[];
  /** Who says so: the rules on this catalogue, or the server in its error. */
  readonly source: 'plan' | 'server';
  /** The step that left nothing. */
  readonly step?: string;
  /** Whether the catalogue shows it by itself. */
  readonly proven: boolean;
}

/** What the server said, where an error of the API is explained. */
export interface ServerWord {
  readonly message: string;
  readonly failedStep?: string;
  readonly funnel: readonly RoutingFunnelStep[];
  readonly suggestion?: string;
}

/** Why a request is routed as it is. Plain JSON; holds no prompt and no key. */
export interface Explanation {
  /** `unknown`: it depends on what no public catalogue tells, or on models whose endpoints were not given. */
  readonly status: 'routable' | 'unroutable' | 'unknown';
  readonly models: readonly RouteModel[];
  /** Every endpoint of the chain, in the order of trying, then those that are not tried. */
  readonly endpoints: readonly ExplainedEndpoint[];
  /** Endpoints left after each step. */
  readonly funnel: readonly RoutingFunnelStep[];
  readonly failedStep?: string;
  readonly basis?: OrderBasis;
  /** One endpoint of each model is tried, and no other; with `partition: "none"`, one of all. */
  readonly single: boolean;
  readonly blame?: RouteBlame;
  /**
   * The smallest changes that make the request routable, each verified by routing it anew; the one to prefer first. Where the smallest
   * ones all relax a privacy guardrail, the smallest that does not comes too. Empty where none suffices, or none is needed.
   */
  readonly suggestions: readonly RouteSuggestion[];
  /** What lint says of the request. */
  readonly warnings: readonly Warning[];
  readonly server?: ServerWord;
}
