import type { Finding } from './compare.js';
import { type Fields, fields, text } from './json.js';

/** Words without their numbers: the prompts of recordings are shorter than they were. */
const template = (error: Fields): string | undefined => text(error['message'])?.replace(/\d+/g, '#');

/** Where an error says something else than the recorded one, with which code. Of both only where both are errors. */
export function wordsOf(status: number, recorded: unknown, made: unknown): readonly Finding[] {
  const [theirs, ours] = [fields(fields(recorded)['error']), fields(fields(made)['error'])];
  if (!('message' in theirs && 'message' in ours)) return [];
  const at = (key: string, how: string): Finding => ({ part: String(status), path: `error.${key}`, how });
  return [
    ...(theirs['code'] === ours['code'] ? [] : [at('code', 'another code')]),
    ...(template(theirs) === template(ours) ? [] : [at('message', 'other words')]),
  ];
}
