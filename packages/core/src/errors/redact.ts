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

/** The same for every string inside a JSON value; the value itself stays as it is. */
export function redactDeep<Value>(value: Value, secrets: readonly string[] = []): Value {
  if (value === undefined) return value;
  // JSON in, JSON out: only strings are replaced, by strings, so the type is kept.
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === 'string' ? redact(part, secrets) : part)) as Value;
}

const SECRET_HEADER = /auth|key|token|cookie|secret/i;

/** What must never show up in a message: the values of headers that authorize, with and without their scheme. */
export function secretsOf(headers: Readonly<Record<string, string>>): string[] {
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!SECRET_HEADER.test(name)) continue;
    const credential = value.replace(/^\w+\s+/, '');
    secrets.push(value, credential);
  }
  return secrets;
}

/** A URL fit for an error: no user-info, query or fragment. `undefined` where it is no URL. */
export function safeUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
