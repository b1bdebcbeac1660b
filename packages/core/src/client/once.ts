import { APIError } from '../errors/api-error.js';
import { NetworkError } from '../errors/network-error.js';
import { OpenRouterError } from '../errors/openrouter-error.js';
import { isRecord } from '../policy/report.js';

/** The runtime's words for a connection that was never made, so that nothing was sent. */
const NOT_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

/** Turned away before any work: a rate limit, or credits that other requests hold. */
const TURNED_AWAY = [402, 429];

/** Nobody to send it to. From a provider, or from something on the way, they say less: the work may have begun. */
const NOBODY = [503, 529];

/** Whether it is certain that a request which failed made nothing. */
function madeNothing(error: OpenRouterError): boolean {
  if (NetworkError.isInstance(error)) return NOT_CONNECTED.test(error.errno ?? '');
  if (!APIError.isInstance(error)) return false;
  const { status, metadata, provider, generationId, responseBody } = error;
  const others: unknown = metadata?.previous_errors;
  if (Array.isArray(others) && !others.every((other: { code?: unknown } | null) => TURNED_AWAY.includes(Number(other?.code)))) return false;
  return TURNED_AWAY.includes(status) || (NOBODY.includes(status) && isRecord(responseBody) && provider === undefined && generationId === undefined);
}

/**
 * The error of a request that creates pictures or films, which cost again when they are made again: it stays `isRetryable` only
 * where it is certain that nothing was made. That is so after 429, after 402 for credits in flight, after 503 and 529 of OpenRouter
 * itself, and where no connection was made; not after a timeout, a broken connection, a provider's 5xx or an answer that makes no sense.
 *
 * @param made that something was made is known already.
 */
export function asOnce(error: unknown, made = false): unknown {
  if (OpenRouterError.isInstance(error) && 'isRetryable' in error && (made || !madeNothing(error))) Object.assign(error, { isRetryable: false });
  return error;
}
