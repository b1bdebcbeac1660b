import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../../src/index.js';
import { BASE } from '../helpers.js';
import { FULL, ODD } from './bodies.js';

type Path = readonly (string | number)[];

/** Every place of a value, its own among them. */
function places(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inside = Array.isArray(value) ? value.map((item: unknown, i) => [i, item] as const) : Object.entries(value);
  return [at, ...inside.flatMap(([key, item]) => places(item, [...at, key]))];
}

/** The same with another value at a place. */
function withValue(body: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(body)) return body.map((item: unknown, i) => (i === key ? withValue(item, rest, value) : item));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([name, item]) => [name, name === key ? withValue(item, rest, value) : item]));
}

/** The envelope of the API, the shape of Zod, or that of `/responses`. */
function isError(body: unknown, status: number): boolean {
  if (typeof body !== 'object' || body === null || !('error' in body) || typeof body.error !== 'object' || body.error === null) return false;
  const { error } = body;
  if ('success' in body) {
    if (body.success !== false || !('name' in error) || error.name !== 'ZodError' || !('message' in error)) return false;
    const issues: unknown = JSON.parse(String(error.message));
    return Array.isArray(issues) && issues.length > 0 && issues.every((issue: { code?: unknown; path?: unknown; message?: unknown }) =>
      typeof issue.code === 'string' && Array.isArray(issue.path) && typeof issue.message === 'string');
  }
  if (!('message' in error) || typeof error.message !== 'string' || !('code' in error)) return false;
  return error.code === status || (status === 400 && error.code === 'invalid_prompt');
}

function send(gateway: Gateway, path: string, body: unknown): Promise<Response> {
  const url = path.startsWith('/api/') ? `http://gateway.local${path}` : `${BASE}${path}`;
  return gateway.fetch(url, { method: 'POST', headers: { authorization: 'Bearer k', 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** What is wrong with the answer; `undefined`: nothing. */
async function complaint(gateway: Gateway, path: string, body: unknown): Promise<string | undefined> {
  try {
    const response = await send(gateway, path, body);
    const { status } = response;
    const text = await response.text();
    if (status >= 200 && status < 300) return undefined;
    if (status < 400 || status >= 500) return `status ${status}: ${text}`;
    return isError(JSON.parse(text), status) ? undefined : `no error of the API: ${text}`;
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

describe.each(FULL)('POST $path', ({ path, body }) => {
  it('takes the whole body as it is', async () => {
    const response = await send(createGateway(), path, body);
    expect([response.ok, response.ok ? '' : await response.text()]).toEqual([true, '']);
  });

  it('answers odd values in every place with what it is asked for or with an error of the API', async () => {
    const gateway = createGateway({ keep: 1, enforceCredits: true, credits: 1e12, scenario: { moderation: { words: ['plunder'] } } });
    const bad: string[] = [];
    for (const place of places(body)) {
      for (const value of ODD) {
        const found = await complaint(gateway, path, withValue(body, place, value));
        if (found !== undefined) bad.push(`${place.join('.')} = ${JSON.stringify(value)}: ${found}`);
      }
    }
    expect(bad).toEqual([]);
  });

  it('answers any JSON in any field so', async () => {
    const gateway = createGateway({ keep: 1 });
    await fc.assert(fc.asyncProperty(fc.constantFrom(...places(body)), fc.jsonValue({ maxDepth: 3 }), async (place, value) => {
      expect(await complaint(gateway, path, withValue(body, place, value))).toBeUndefined();
    }), { numRuns: 300 });
  });
});
