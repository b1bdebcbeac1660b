import { isRecord } from '../policy/report.js';
import { parseMaybe } from './message-of.js';

const MASK = '[redacted]';

/** A secret shorter than this is none, and masking it would only garble messages. */
const SHORTEST_SECRET = 6;

const KEY = /sk-or-v\d[\w-]*|(?<![a-z])sk-[\w-]{8,}/gi;
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
const USER_INFO = /\/\/[^/?#\s]*@/g;

/** Masks anything that looks like a key, the user-info of URLs, and each of `secrets`, in text that others wrote. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= SHORTEST_SECRET) clean = clean.replaceAll(secret, MASK);
  return clean.replace(KEY, MASK).replace(BEARER, `$1 ${MASK}`).replace(USER_INFO, '//');
}

/** The same for every string and key inside a JSON value; the value itself stays as it is. */
export function redactDeep<Value>(value: Value, secrets: readonly string[] = []): Value {
  if (value === undefined) return value;
  const clean = (_: string, part: unknown): unknown => {
    if (typeof part === 'string') return redact(part, secrets);
    const isObject = typeof part === 'object' && part !== null && !Array.isArray(part);
    return isObject ? Object.fromEntries(Object.entries(part).map(([key, inner]) => [redact(key, secrets), inner])) : part;
  };
  // JSON in, JSON out: only strings are replaced, by strings, so the type is kept.
  return JSON.parse(JSON.stringify(value), clean) as Value;
}

const SECRET_HEADER = /auth|key|token|cookie|secret/i;

/** Keys may travel together, as JSON by provider. */
const keysIn = (value: string): string[] => {
  const parsed = parseMaybe(value);
  return isRecord(parsed) ? Object.values(parsed).filter((key) => typeof key === 'string') : [];
};

/** What must never show up in a message: the values of headers that authorize, with and without their scheme, and the keys in JSON. */
export function secretsOf(headers: Readonly<Record<string, string>>): string[] {
  const secret = Object.entries(headers).filter(([name]) => SECRET_HEADER.test(name));
  return secret.flatMap(([, value]) => [value, value.replace(/^\w+\s+/, ''), ...keysIn(value)]);
}

/** A URL fit for an error: no user-info, query or fragment. `undefined` where it is no URL. */
export function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
