import { type ClientConfig, type FetchFunction, forwardCall, InvalidOptionsError, type RequestLayer, type RouteName } from '@waypost/core';
import { completeForm, type SdkForm } from './sdk-form.js';

/** A request that somebody else made, to a route of inference. */
export interface ForeignRequest {
  /** Below the base URL, with its query. */
  readonly path: string;
  readonly route: RouteName;
  readonly body: { readonly [field: string]: unknown };
  readonly form?: SdkForm;
  /** Headers to send beside those of the options, by lower-case name. */
  readonly headers?: { readonly [name: string]: string };
  readonly signal?: AbortSignal | undefined;
  /** Layers inside the options', outermost first. */
  readonly layers?: readonly RequestLayer[];
  /** What else `fetch` is to be given. */
  readonly rest?: RequestInit;
}

/** The JSON object that a body is. @throws {InvalidOptionsError} where it is none. It is not shown, since it may hold prompts. */
export function parseBody(text: string): { readonly [field: string]: unknown } {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // the parser's message quotes the text
    throw new InvalidOptionsError([{ path: 'body', message: 'is not JSON', suggestion: 'send a JSON object' }]);
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw new InvalidOptionsError([{ path: 'body', message: `expected an object, got ${Array.isArray(body) ? 'an array' : typeof body}` }]);
}

function streamOf(stream: unknown): boolean {
  if (typeof stream === 'boolean' || stream == null) return stream ?? false;
  throw new InvalidOptionsError([{ path: 'stream', message: `expected true or false, got ${typeof stream}` }]);
}

/**
 * Sends such a request under the client's policy. Its own `provider` is the innermost layer, in which unknown preferences are let
 * through where the client lets them through.
 *
 * @throws as `forwardCall`.
 */
export function forwardRequest(config: ClientConfig, lenient: boolean, { path, route, body, form, headers, signal, layers = [], rest }: ForeignRequest): Promise<Response> {
  const { provider, stream, ...fields } = body;
  const { fetch } = config.effects;
  const send: FetchFunction = (url, init) => {
    if (form === undefined || typeof init.body !== 'string') return fetch(url, { ...rest, ...init });
    const { 'content-type': _, ...others } = Object.fromEntries(new Headers(init.headers));
    return fetch(url, { ...rest, ...init, headers: others, body: completeForm(form, init.body) });
  };
  // `layerPolicy` checks the value, whatever it is; this is only the type that it declares.
  const own: RequestLayer = { name: 'request', provider: provider as RequestLayer['provider'], allowUnknownPreferences: lenient };
  return forwardCall(
    { ...config, effects: { ...config.effects, fetch: send } },
    { body: fields, layers: [...layers, own], options: { ...(signal && { signal }), ...(headers && { headers }) } },
    { path, route, stream: streamOf(stream) },
  );
}
