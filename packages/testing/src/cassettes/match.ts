import type { Cassette, RecordedCall } from './cassette.js';
import { differences, likeness } from './differences.js';
import { scrubText } from './scrub.js';

/**
 * How a request finds its recording. `strict`: method, path, query and the whole body are the same, whatever the order of keys.
 * `fuzzy`: method and path are, and the model and `stream` where both have them; of several, the one whose body has the most words in
 * common. Or a function that decides.
 */
export type Match = 'strict' | 'fuzzy' | ((request: RecordedCall, cassette: Cassette) => boolean);

type Body = Readonly<Record<string, unknown>>;

const fieldsOf = (body: unknown): Body => (typeof body === 'object' && body !== null ? { ...body } : {});

/**
 * A request as it is compared: masked, as that of a recording is, since a client goes on to send what no file holds. A key has another length
 * when it is another, so all that is masked is as long.
 */
export function masked(call: RecordedCall, secrets: readonly string[] = []): RecordedCall {
  const text = scrubText(JSON.stringify(call), secrets).replace(/X{6,}/g, 'XXXXXX');
  // what is masked is within texts, so that it is the same JSON
  return JSON.parse(text) as RecordedCall;
}

/** Some recorders keep the query as it stood in the address. */
function queryOf({ query }: RecordedCall): Readonly<Record<string, string>> {
  return typeof query === 'string' ? Object.fromEntries(new URLSearchParams(query)) : (query ?? {});
}

/** What differs that must not, in fuzzy matching. */
function unlike(asked: RecordedCall, taped: RecordedCall): string[] {
  const [given, wanted] = [fieldsOf(asked.body), fieldsOf(taped.body)];
  const found: string[] = [];
  // a recording without a request says nothing of it
  if (taped.body !== null && wanted['model'] !== undefined && wanted['model'] !== given['model']) found.push('body.model');
  if (taped.body !== null && Boolean(wanted['stream']) !== Boolean(given['stream'])) found.push('body.stream');
  return found;
}

/** Where a request differs from a recording, as far as the way of matching minds; empty where it matches. */
export function mismatches(asked: RecordedCall, cassette: Cassette, match: Match): string[] {
  const { request: taped } = cassette;
  if (typeof match === 'function') return match(asked, cassette) ? [] : ['what the given function compares'];
  const found = [...(asked.method === taped.method ? [] : ['method']), ...(asked.path === taped.path ? [] : ['path'])];
  if (match === 'fuzzy') return [...found, ...unlike(asked, taped)];
  return [...found, ...differences(queryOf(taped), queryOf(asked), 'query'), ...differences(taped.body, asked.body)];
}

/** How near a recording is to a request, for choosing among several. */
export function nearness(asked: RecordedCall, { request: taped }: Cassette): number {
  const route = (asked.method === taped.method ? 1 : 0) + (asked.path === taped.path ? 2 : 0);
  return route + likeness(asked.body, taped.body);
}
