import type { Exchange } from '@waypost-tests/fixtures';
import { type Answer, ask } from './ask.js';
import { byKind, chunkKind } from './chunk-kind.js';
import { eventsOf, type Fields, text } from './json.js';
import { type Difference, differencesOf, shapeOf } from './shape.js';

/** How an answer differs from the recorded one. `part`: in which of its events. */
export interface Finding extends Difference {
  readonly part: string;
}

const kindOfEvent = (kind: string) => (event: Fields): string => (kind === 'responses-sse' ? (text(event['type']) ?? 'other') : chunkKind(event));

function compareEvents(kind: string, recorded: readonly Fields[], made: readonly Fields[]): readonly Finding[] {
  const [wanted, given] = [byKind(recorded, kindOfEvent(kind)), byKind(made, kindOfEvent(kind))];
  return [...new Set([...wanted.keys(), ...given.keys()])].flatMap((part): Finding[] => {
    const [ours, theirs] = [given.get(part), wanted.get(part)];
    if (ours === undefined || theirs === undefined) return [{ part, path: '', how: ours === undefined ? 'lacks' : 'adds' }];
    return differencesOf(shapeOf(theirs), shapeOf(ours)).map((difference) => ({ ...difference, part }));
  });
}

/** Compares an answer with the recorded one: status, keys and JSON types. */
function compareWith({ kind, response: { status, body, sse } }: Exchange, made: Answer): readonly Finding[] {
  const found: Finding[] = status === made.status ? [] : [{ part: 'status', path: '', how: `${status} → ${made.status}` }];
  if (sse !== undefined && made.events !== undefined) return [...found, ...compareEvents(kind, eventsOf(sse), made.events)];
  if (sse !== undefined || made.events !== undefined) return [...found, { part: 'body', path: '', how: sse === undefined ? 'JSON → stream' : 'stream → JSON' }];
  if (typeof body !== typeof made.body) return [...found, { part: 'body', path: '', how: `${typeof body} → ${typeof made.body}` }];
  return [...found, ...differencesOf(shapeOf([body]), shapeOf([made.body])).map((difference) => ({ ...difference, part: 'body' }))];
}

/** Asks the gateway what was asked when this was recorded, and compares. */
export async function compare(exchange: Exchange): Promise<readonly Finding[]> {
  return compareWith(exchange, await ask(exchange));
}
