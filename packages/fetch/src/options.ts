import { type ClientOptions, InvalidOptionsError, type JsonCall, type Plugin, type ReasoningOptions, requirePlain, type ResilienceOptions, type RunOptions, type SharedOptions } from '@waypost/core';
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

const OF_THE_CLIENT = /^(apiKey|baseURL|fetch|debug|metadata|maxConcurrent|lint|sizes|effects|app[A-Z])/;

/** @throws {InvalidOptionsError} for what is no layer: with another key, say, calls would go out under the client's own all the same. */
export function requireLayer(policy: unknown): void {
  requirePlain(policy, 'policy');
  for (const [name, value] of Object.entries(Object(policy))) {
    if (value !== undefined && OF_THE_CLIENT.test(name)) throw new InvalidOptionsError([{ path: name, message: 'is not an option of with()', suggestion: 'pass it to createOpenRouter()' }]);
  }
}
