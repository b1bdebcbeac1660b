import type { ClientOptions, JsonCall, Plugin, ReasoningOptions, ResilienceOptions, RunOptions, SharedOptions } from '@waypost/core';
import type { DebugOption } from './debug.js';

/** Fields of every request's body, for a request that does not state them itself. */
export interface RequestDefaults {
  reasoning?: ReasoningOptions | undefined;
  plugins?: readonly Plugin[] | undefined;
  /** Id of the end user. */
  user?: string | undefined;
  /** At most 256 characters: sticky routing and grouping. */
  sessionId?: string | undefined;
}

/** Options of a client; each may be left out. */
export interface OpenRouterOptions extends ClientOptions, ResilienceOptions, RequestDefaults {
  /** Tells what goes on, without keys and prompts; `true` writes to the console. Default `false`. See {@link DebugOption}. */
  debug?: DebugOption | undefined;
}

/** What `with` may add: policy, which only tightens, and other settings, which stand over the client's. */
export interface WithOptions extends SharedOptions, RunOptions, RequestDefaults {}

/** Options of a call that is not inference. */
export type RouteOptions = NonNullable<JsonCall['options']>;

/** The defaults as they are sent. */
export function defaultsBody({ reasoning, plugins, user, sessionId }: RequestDefaults): Record<string, unknown> {
  return { reasoning, plugins, user, session_id: sessionId };
}
