import { addExpected, createReport, isPlain, type Report, throwIssues } from '../policy/report.js';
import { effectiveBaseURL } from '../request/base-url.js';
import { policyOf } from '../request/policy-of.js';
import { requestJson } from '../transport/read-body.js';
import type { Answer, AttemptOptions } from '../transport/types.js';
import { authorization } from './authorization.js';
import type { ClientConfig } from './config.js';
import { jsonOf } from './json-of.js';
import type { CallOptions } from './options.js';
import { checkOptions } from './prepare.js';
import type { Request } from './send-inference.js';
import { settingsWithin } from './settings.js';

/** A request that is not inference: catalogue and account routes. */
export interface JsonCall {
  /** Below the base URL: `/models`. */
  path: string;
  /** Default `GET`, with a body `POST`. */
  method?: string;
  /** A list is sent with commas; what is null is not sent. */
  query?: { readonly [name: string]: string | number | boolean | readonly string[] | null | undefined } | undefined;
  body?: unknown;
  /** `false` for routes that need no key: one is sent where there is one. Default `true`. */
  keyed?: boolean;
  options?: Pick<CallOptions, 'signal' | 'headers' | 'timeout' | 'deadline' | 'retry'> | undefined;
}

/** A query as an address has it. What would be lost, or sent as `[object Object]`, is reported. */
function searchOf(query: unknown, report: Report): string {
  // a `URLSearchParams` has no fields of its own
  if (!isPlain(query)) return addExpected(report, 'query', 'an object of parameters', query, 'such as { limit: 10 }') ?? '';
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] => {
    if (value == null) return [];
    if (Array.isArray(value) || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[name, String(value)]];
    addExpected(report, `query.${name}`, 'a text, a number, a boolean or a list', value);
    return [];
  });
  return pairs.length > 0 ? `?${new URLSearchParams(pairs).toString()}` : '';
}

/**
 * Sends a request to a route that is not inference, and gives its JSON. `GET`s are retried as the client retries; neither hooks nor `maxConcurrent` hold for them.
 *
 * @throws {InvalidOptionsError} {@link APIError} {@link NetworkError} {@link TimeoutError}, or the signal's reason.
 */
export function sendJson(config: ClientConfig, call: JsonCall): Promise<Answer<unknown>> {
  return sendPlain(config, call, requestJson);
}

/**
 * As `sendJson`, for a route whose answer is no JSON: `request` reads it.
 *
 * @throws as `sendJson`.
 * @example
 * const { body } = await sendPlain(config, { path: `/videos/${id}/content` }, requestBytes);
 */
export async function sendPlain<Body>(config: ClientConfig, call: JsonCall, request: Request<Body>): Promise<Answer<Body>> {
  const { effects, resilience } = config;
  const { body, keyed = true } = call;
  const report = createReport();
  const options: NonNullable<JsonCall['options']> = checkOptions(call.options, report);
  const settings = settingsWithin(config, options, report);
  const search = searchOf(call.query ?? {}, report);
  throwIssues(report);
  const { limits, retry } = settings;
  const { 'x-openrouter-cache': _cache, 'x-openrouter-metadata': _metadata, ...headers } = settings.headers;
  const { region } = policyOf(config.layers);
  const startedAt = effects.now();
  const method = call.method ?? (body === undefined ? 'GET' : 'POST');
  const attempt = async (): Promise<Answer<Body>> => {
    const hasKey = keyed || config.apiKey !== undefined;
    const made: AttemptOptions = {
      effects,
      url: effectiveBaseURL(config.baseURL, region) + call.path + search,
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...(hasKey && (await authorization(config, headers, { signal: options.signal, limits, startedAt }))), ...headers },
      ...(body !== undefined && { body: jsonOf(body) }),
      signal: options.signal,
      limits,
      startedAt,
      sizes: config.sizes,
    };
    return request(made);
  };
  // what may have changed something is never repeated unasked
  if (!resilience || !retry || method !== 'GET') return attempt();
  const deadlineAt = limits.deadline === undefined ? undefined : startedAt + limits.deadline;
  return resilience.repeat(attempt, retry, { effects, signal: options.signal, deadlineAt });
}
