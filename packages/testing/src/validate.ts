import { errorBody } from './serve/error-body.js';
import type { Issue } from './validate/schema.js';

/** A body that is refused before routing. */
export interface Invalid {
  readonly ok: false;
  readonly status: number;
  readonly body: object;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Levels of lists and objects within one another that a body may have; what goes through them by itself would fall over more. */
const MOST_LEVELS = 500;

function isTooDeep(value: object): boolean {
  let level: readonly object[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return true;
    const next: object[] = [];
    for (const one of level) {
      const inside: readonly unknown[] = Object.values(one);
      for (const item of inside) if (typeof item === 'object' && item !== null) next.push(item);
    }
    level = next;
  }
  return false;
}

/** A text that is a JSON object as one; `undefined` for any other, and for one that is nested beyond sense. */
export function parseFields(text: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isFields(parsed) && !isTooDeep(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

export function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A refusal in the words of OpenRouter itself. */
export function invalid(message: string): Invalid {
  return { ok: false, status: 400, body: errorBody(400, message) };
}

/** What a body gets that is no JSON object. */
export function notAnObject(): Invalid {
  return { ok: false, status: 400, body: errorBody(400, 'Input must have at least 1 token.', { metadata: { provider_name: null } }) };
}

/** The shape in which wrong fields are reported: what is wrong with each, as JSON in a text. Source: OpenRouter API, errors. */
export function zodOf(issues: readonly Pick<Issue, 'code' | 'path' | 'message'>[]): Invalid {
  return { ok: false, status: 400, body: { success: false, error: { name: 'ZodError', message: JSON.stringify(issues, null, 2) } } };
}

/** The same for one field. */
export function zod(path: readonly (string | number)[], message: string): Invalid {
  return zodOf([{ code: 'invalid_value', path: [...path], message }]);
}
