import type { Exchange } from '@waypost-tests/fixtures';
import { type Answer, ask } from './ask.js';
import { byKind, chunkKind } from './chunk-kind.js';
import { eventsOf, type Fields, text } from './json.js';
import { type Difference, differencesOf, type Shape, shapeOf } from './shape.js';
import { wordsOf } from './words-of.js';

/** How an answer differs from the recorded one. `part`: in which of its events; of an error's words, with which status. */
export interface Finding extends Difference {
  readonly part: string;
}

/** An answer beside the recorded one. */
export interface Comparison {
  readonly findings: readonly Finding[];
  /** What the recorded answer has in each of its parts. */
  readonly parts: ReadonlyMap<string, Shape>;
}

const kindOfEvent = (kind: string) => (event: Fields): string => (kind === 'responses-sse' ? (text(event['type']) ?? 'other') : chunkKind(event));

function partsOf(kind: string, body: unknown, events: readonly Fields[] | undefined): ReadonlyMap<string, Shape> {
  if (events === undefined) return new Map([['body', shapeOf([body])]]);
  return new Map([...byKind(events, kindOfEvent(kind))].map(([part, group]) => [part, shapeOf(group)]));
}

function compareParts(recorded: ReadonlyMap<string, Shape>, made: ReadonlyMap<string, Shape>): readonly Finding[] {
  return [...new Set([...recorded.keys(), ...made.keys()])].flatMap((part): Finding[] => {
    const [theirs, ours] = [recorded.get(part), made.get(part)];
    if (ours === undefined || theirs === undefined) return [{ part, path: '', how: ours === undefined ? 'lacks' : 'adds' }];
    return differencesOf(theirs, ours).map((difference) => ({ ...difference, part }));
  });
}

/** Compares an answer with the recorded one: status, keys and JSON types, and the code and words of an error. */
export function compareWith({ kind, response: { status, body, sse } }: Pick<Exchange, 'kind' | 'response'>, made: Answer): Comparison {
  const parts = partsOf(kind, body, sse === undefined ? undefined : eventsOf(sse));
  const found: Finding[] = status === made.status ? [] : [{ part: 'status', path: '', how: `${status} → ${made.status}` }];
  const other = (how: string): Comparison => ({ parts, findings: [...found, { part: 'body', path: '', how }] });
  if ((sse === undefined) !== (made.events === undefined)) return other(sse === undefined ? 'JSON → stream' : 'stream → JSON');
  if (sse === undefined && typeof body !== typeof made.body) return other(`${typeof body} → ${typeof made.body}`);
  return { parts, findings: [...found, ...compareParts(parts, partsOf(kind, made.body, made.events)), ...(sse === undefined ? wordsOf(status, body, made.body) : [])] };
}

/** Asks the gateway what was asked when this was recorded, and compares. */
export async function compare(exchange: Exchange): Promise<Comparison> {
  return compareWith(exchange, await ask(exchange));
}
