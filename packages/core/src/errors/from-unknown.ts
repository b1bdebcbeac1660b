import { NetworkError } from './network-error.js';
import { OpenRouterError } from './openrouter-error.js';
import { redact, safeUrl } from './redact.js';

type Caught = { name?: unknown; message?: unknown; code?: unknown; stack?: unknown; cause?: unknown; errors?: unknown };

const caught = (value: unknown): Caught => (typeof value === 'object' && value !== null ? value : {});

/** `fetch failed` hides the code one or two causes down; connecting to several addresses hides it in a list. */
function errnoOf(value: unknown, depth = 0): string | undefined {
  const { code, cause, errors } = caught(value);
  if (typeof code === 'string') return code;
  if (depth === 4) return undefined;
  return errnoOf(cause ?? (Array.isArray(errors) ? errors[0] : undefined), depth + 1);
}

/** The cause as it is, unless something in it holds a secret: then a plain error that says the same without. */
function safeCause(value: unknown, secrets: readonly string[], depth = 0): unknown {
  const { name, message = '', stack = '', cause } = caught(value);
  const said = String(typeof value === 'string' ? value : message);
  const clean = redact(said, secrets);
  const outer = depth < 4 ? cause : undefined;
  const inner = outer === undefined ? undefined : safeCause(outer, secrets, depth + 1);
  if (clean === said && inner === outer && redact(String(stack), secrets) === String(stack)) return value;
  const copy = new Error(clean, inner === undefined ? undefined : { cause: inner });
  if (typeof name === 'string') copy.name = name;
  return copy;
}

/** These are wrong each time: a URL or header that `fetch` refuses, a certificate that does not hold. */
const HOPELESS_CODE = /^(ERR_INVALID|ERR_TLS_CERT|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
const HOPELESS_TEXT = /invalid (url|header)|parse url|credentials|header value|unknown scheme|not a function/i;

/**
 * The typed error for what `fetch`, or reading a body, threw. An error of Waypost's own passes as it is. An abort is not for this
 * function: the caller of it knows the signal, and rethrows the signal's reason.
 */
export function errorFromUnknown(value: unknown, context: { url?: string; secrets?: readonly string[] | undefined } = {}): OpenRouterError {
  if (OpenRouterError.isInstance(value)) return value;
  const { secrets = [] } = context;
  const errno = errnoOf(value);
  const { message, cause } = caught(value);
  const said = [message ?? value, caught(cause).message].filter((text) => typeof text === 'string' && text !== '').join(': ');
  const text = redact(said, secrets);
  return new NetworkError(`Request failed${errno ? ` (${errno})` : ''}${text && `: ${text}`}`, {
    cause: safeCause(value, secrets),
    isRetryable: !HOPELESS_CODE.test(errno ?? '') && !HOPELESS_TEXT.test(said),
    errno,
    url: safeUrl(context.url),
  });
}
