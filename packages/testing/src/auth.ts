import { errorBody } from './serve/error-body.js';

/** The API key of a request; empty where there is none. */
export function keyOf(headers: Headers): string {
  return /^bearer\s+(\S+)\s*$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '';
}

/** The body of a 401, or `undefined` where the key is good. `known`: the keys there are; without it any key is good. */
export function checkAuth(headers: Headers, known: ReadonlySet<string> | undefined): object | undefined {
  const key = keyOf(headers);
  if (key === '') return errorBody(401, 'Missing Authentication header');
  return known === undefined || known.has(key) ? undefined : errorBody(401, 'User not found.');
}

/** Headers for the record, without the keys. */
export function redactedHeaders(headers: Headers): Record<string, string> {
  const plain = Object.fromEntries(headers);
  if (plain.authorization !== undefined) plain.authorization = plain.authorization.replace(/^(\S+\s+)?.*$/s, '$1[redacted]');
  if (plain['x-provider-api-keys'] !== undefined) plain['x-provider-api-keys'] = '[redacted]';
  return plain;
}
