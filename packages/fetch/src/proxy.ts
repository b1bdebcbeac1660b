import { authorization, type ClientConfig, createConfig, extendConfig, InvalidOptionsError, refuseRetries, requirePlain, sendJson } from '@waypost/core';
import { forwardRequest, parseBody } from './forward-request.js';
import { defaultsBody } from './options.js';
import type { Fetch } from './policy-fetch.js';
import { failure, passedAnswer, refusal } from './proxy-answer.js';
import { type Authorized, checkDoors, type Doors, inferencePath, type ProxyOptions, type ProxyUser } from './proxy-options.js';
import { corsHeaders, preflight } from './proxy-origin.js';
import { readLimited } from './read-limited.js';

export type { Authorized, ProxyOptions, ProxyPath, ProxyUser } from './proxy-options.js';

/** Answers requests of pages. */
export type ProxyHandler = (request: Request) => Promise<Response>;

/** The path of the API that a request is for, if it is one that is open: compared as it is written, so that no trick of spelling matters. */
function openPath(pathname: string, { paths, basePath }: Doors): string | undefined {
  if (pathname === basePath || pathname === `${basePath}/`) return paths[0];
  return paths.find((path) => pathname === basePath + path);
}

/** A request for `authorize` to look at: the body is the handler's to read. */
const headOf = ({ url, method, headers, signal }: Request): Request => new Request(url, { method, headers, signal });

// of this realm or another
const isResponse = (said: Authorized | undefined): said is Response => typeof said === 'object' && said !== null && 'headers' in said && 'status' in said;

const isUser = (said: unknown): said is ProxyUser => typeof said === 'object' && said !== null && !Array.isArray(said);

/** The client for one user: with their policy, and their id. @throws {InvalidOptionsError} where plain JavaScript says something else. */
function configFor(config: ClientConfig, said: unknown): ClientConfig {
  const user = typeof said === 'string' ? { user: said } : said;
  // not shown: it may be a whole session
  if (!isUser(user)) throw new InvalidOptionsError([{ path: 'authorize', message: `gave ${typeof said}`, suggestion: "the user's id, { user, …policy }, a Response or null" }]);
  const { user: id, ...policy } = user;
  if (id !== undefined && typeof id !== 'string') throw new InvalidOptionsError([{ path: 'authorize.user', message: `expected a string, got ${typeof id}` }]);
  return extendConfig(config, 'user', policy, { user: id });
}

/** Whether `authorize` says that it is nobody. */
const isNobody = (said: unknown): boolean => said == null || said === '' || said === false || (isUser(said) && (said.user === '' || said.user === null));

/** What the answer to a request must be given, whoever makes it. */
function withHeaders(response: Response, headers: Record<string, string>): Response {
  if (Object.keys(headers).length === 0) return response;
  const all = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'vary') all.append(name, value);
    else all.set(name, value);
  }
  return new Response(response.body, { status: response.status, headers: all });
}

/** Reads what the page asks for, and asks for it in the server's name. */
async function forward(request: Request, config: ClientConfig, path: string, { maxBodySize }: Doors, lenient: boolean, headers: Record<string, string>): Promise<Response> {
  const { signal } = request;
  const route = inferencePath(path);
  if (route === undefined) {
    const query: Record<string, string> = Object.create(null);
    new URL(request.url).searchParams.forEach((value, name) => {
      query[name] = value;
    });
    const { body } = await sendJson(config, { path, query, options: { signal, headers } });
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  }
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) return refusal(415, 'Send JSON, with content-type: application/json', 'invalid_request');
  if ((request.headers.get('content-encoding') ?? 'identity') !== 'identity') return refusal(415, 'Send the body without a content-encoding', 'invalid_request');
  const text = await readLimited(request, maxBodySize);
  if (text === undefined) return refusal(413, `The body is larger than ${maxBodySize} bytes`, 'payload_too_large');
  // whose request it is says `authorize`, and not the page; nor is it told what the server makes of it
  const { user: _user, safety_identifier: _identifier, debug: _debug, ...body } = parseBody(text);
  return forwardRequest(config, lenient, { path, route, body, headers, signal });
}

/**
 * Makes a handler to put between a page and OpenRouter: the key stays on the server, the policy is enforced on what the page sends, and only
 * what is on the lists passes: paths, models, origins, a body of so many bytes, and of the headers none. It takes and gives what the web
 * takes and gives, and so mounts in workers, Next.js, Hono, Deno and Bun.
 *
 * The handler does not reject: what goes wrong is an answer in OpenRouter's shape, `{ error: { code, message, metadata } }`, and `onError`
 * is told the rest.
 *
 * @throws {InvalidOptionsError} for options that are wrong.
 * @example
 * const handler = createProxyHandler({ basePath: '/api/ai', allowedModels: ['openai/gpt-5.1'], provider: { zdr: true }, authorize: (request) => userIdOf(request) });
 * export default { fetch: handler }; // a worker; or in Next.js: export const POST = handler
 */
export function createProxyHandler(options: ProxyOptions = {}): ProxyHandler {
  requirePlain(options);
  refuseRetries(options);
  const doors = checkDoors(options);
  const { authorize, onError, onReceipt, fetch, hooks } = options;
  const send: Fetch = fetch ?? ((input, init) => globalThis.fetch(input, init));
  const told = [hooks ?? [], onReceipt ? { onReceipt } : []].flat();
  const config = createConfig({ ...options, fetch: send, hooks: told, metadata: options.metadata ?? false }, { body: defaultsBody(options) });
  const tell = async (error: unknown, request: Request): Promise<void> => {
    try {
      await onError?.(error, request);
    } catch {
      // an answer is owed to the page, whatever the hook makes of the error, at once or later
    }
  };

  /** The door of the house: who asks, and may they? */
  const admit = async (request: Request): Promise<ClientConfig | Response> => {
    const said = await authorize?.(headOf(request));
    if (isResponse(said)) {
      if (said.status < 200) throw new InvalidOptionsError([{ path: 'authorize', message: 'gave a response that nobody can be sent', suggestion: 'a status from 200 on' }]);
      // one response may be meant for many requests
      return said.clone();
    }
    if (!authorize) return config;
    return isNobody(said) ? refusal(401, 'Who is asking?', 'authentication') : configFor(config, said);
  };

  const answer = async (request: Request, cors: Record<string, string>): Promise<Response> => {
    const path = openPath(new URL(request.url).pathname, doors);
    if (path === undefined) return refusal(404, 'There is nothing here', 'not_found');
    const method = inferencePath(path) === undefined ? 'GET' : 'POST';
    if (request.method === 'OPTIONS') return preflight(request, cors, [method]);
    if (request.method !== method) return refusal(405, `Use ${method}`, 'invalid_request', { allow: method });
    let key = '';
    try {
      const admitted = await admit(request);
      if (!('layers' in admitted)) return admitted;
      const headers = await authorization(admitted, admitted.headers);
      key = (headers['authorization'] ?? admitted.headers['authorization'] ?? '').replace(/^\w+ /, '');
      try {
        return passedAnswer(await forward(request, admitted, path, doors, options.allowUnknownPreferences ?? false, headers), key);
      } catch (error) {
        // nobody is there any more to be answered
        if (request.signal.aborted) return new Response(null, { status: 499 });
        void tell(error, request);
        return failure(error, key);
      }
    } catch (error) {
      // of the server's own making: `authorize`, or its key
      void tell(error, request);
      return failure(undefined, key);
    }
  };

  return async (request) => {
    const cors = corsHeaders(request, doors);
    if (cors === undefined) return refusal(403, 'Pages of this origin may not ask', 'permission_denied');
    return withHeaders(await answer(request, cors), cors);
  };
}
