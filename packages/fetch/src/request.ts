import { type Answer, type ClientConfig, InvalidOptionsError, type JsonCall, PolicyConflictError, policyOf, requirePlain, sendChat, sendInference, sendJson } from '@waypost/core';
import { isAccountPath } from './forward-routes.js';
import { checkPath, inferenceRoute } from './inference-routes.js';
import type { RouteOptions } from './options.js';

/** What a request to any route takes. */
export interface RequestOptions extends RouteOptions {
  /** Default `GET`, with a body `POST`. */
  method?: string;
  query?: JsonCall['query'];
  /** Sent as JSON. */
  body?: unknown;
}

/**
 * Sends JSON to any route and gives the JSON of its answer, `undefined` for one that has none (204). On inference routes the client's policy is folded into the body as for
 * any call; what the route would not honour is refused. Under a policy, so is whatever sends to a route that this version does not know.
 */
export async function requestRoute(config: ClientConfig, path: string, asked?: RequestOptions | null): Promise<Answer<unknown>> {
  requirePlain(asked ?? {});
  const { method: given, query, body, ...options } = asked ?? {};
  checkPath(path);
  // one that is none would be told by `debug` as a part of a command
  if (given !== undefined && !(typeof given === 'string' && /^[a-z]+$/i.test(given))) throw new InvalidOptionsError([{ path: 'method', message: `expected a method, got ${typeof given}` }]);
  const method = (given ?? (body === undefined ? 'GET' : 'POST')).toUpperCase();
  const route = inferenceRoute(path, method);
  const fail = (where: string, message: string, suggestion: string): never => {
    throw new InvalidOptionsError([{ path: where, message, suggestion }]);
  };
  if (/^\/videos\/[^/]+\/content$/.test(path)) fail('path', 'answers with a film, and request() reads JSON', 'videos.download() of @waypost/fetch/media');
  if (route === undefined && !/^(GET|HEAD|DELETE)$/.test(method) && !isAccountPath(path) && isGuarded(config)) {
    throw new PolicyConflictError({ field: 'path', message: `${method} ${path} is no route that this version knows`, suggestion: 'use a documented one, or a client without a policy' });
  }
  if (route === undefined) return sendJson(config, { path, method, query, options, ...(body !== undefined && { body }) });
  if (method !== 'POST') fail('method', `${method} is not a method of an inference route`, 'POST');
  if (query != null) fail('query', 'is not a part of inference requests', 'put it into the body');
  if (path.toLowerCase() === '/audio/speech') fail('path', 'answers with sound, and request() reads JSON', 'speak() of @waypost/fetch/media');
  if (!isObject(body)) return fail('body', `expected an object, got ${typeof body}`, 'such as { model, input }');
  if (body['stream'] === true) fail('body.stream', 'request() gives whole answers', 'leave it out; for chat use stream(), for others streamRespond() of @waypost/fetch/responses or streamComplete() of @waypost/fetch/completions');
  const call = { body, options };
  const answer = route === 'chat' ? await sendChat(config, call) : await sendInference(config, call, path, route);
  return { body: answer.response, status: answer.status, headers: answer.headers };
}

/** Whether there is anything to enforce on what is sent; the region is where it is sent to. */
function isGuarded({ layers }: ClientConfig): boolean {
  const { region: _region, ...rest } = policyOf(layers);
  return Object.keys(rest).length > 0;
}

const isObject = (value: unknown): value is { readonly [field: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value);
