/** Request headers that say what was asked for, and nothing of who asked. */
const ASKED = new Set(['accept', 'content-type', 'x-openrouter-metadata', 'x-openrouter-cache', 'x-openrouter-cache-ttl', 'x-openrouter-cache-clear', 'x-anthropic-beta']);
const ANSWERED = /^(content-type|cache-control|retry-after|x-generation-id|x-provider-name|x-ratelimit-.*|x-openrouter-.*)$/;

const KEY = /\b(sk-or-v\d-|sk-)([\w-]{8,})/g;
const BEARER = /\b(bearer|basic)(\s+)([\w.~+/=-]{8,})/gi;
const ACCOUNT = /\b((?:user|org|ws|workspace|acct|key)_)(\w{12,})/g;

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** A secret as it is, and as JSON and a URL have it. */
export const formsOf = (secret: string): string[] => [secret, JSON.stringify(secret).slice(1, -1), new URLSearchParams({ '': secret }).toString().slice(1)];

/**
 * Masks keys, account ids, and each of `secrets`, by as many bytes, so that the lengths of packets stay right.
 *
 * @param sizeOf how many bytes a text is.
 */
export function scrubText(text: string, secrets: readonly string[] = [], sizeOf: (text: string) => number = byteLength): string {
  const mask = (secret: string): string => 'X'.repeat(sizeOf(secret));
  let clean = text;
  for (const secret of secrets) if (secret.length >= 6) for (const form of formsOf(secret)) clean = clean.replaceAll(form, mask(form));
  return clean
    .replace(KEY, (_, kind: string, secret: string) => kind + mask(secret))
    .replace(BEARER, (_, scheme: string, space: string, secret: string) => scheme + space + mask(secret))
    .replace(ACCOUNT, (_, kind: string, id: string) => kind + mask(id));
}

function kept(headers: Headers, keep: (name: string) => boolean, secrets: readonly string[]): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => keep(name)).map(([name, value]) => [name, scrubText(value, secrets)]));
}

/** The headers of a request that are worth keeping; keys, cookies and whoever asked are not among them. */
export const scrubAsked = (headers: Headers, secrets: readonly string[]): Record<string, string> => kept(headers, (name) => ASKED.has(name), secrets);

/** The headers of an answer that are worth keeping; cookies are not among them. */
export const scrubAnswered = (headers: Headers, secrets: readonly string[]): Record<string, string> => kept(headers, (name) => ANSWERED.test(name), secrets);

/** What a request authorizes itself with. */
export function secretsIn(headers: Headers): string[] {
  const given = ['authorization', 'x-api-key', 'cookie'].flatMap((name) => headers.get(name) ?? []);
  return given.flatMap((value) => [value, value.replace(/^\w+\s+/, '')]);
}
