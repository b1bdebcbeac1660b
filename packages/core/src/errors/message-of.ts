import { isRecord } from '../policy/report.js';

/** Longer messages are cut: some providers quote the whole request. */
const LONGEST = 1000;

/** How JSON that can hold a message begins. */
export const LIKE_JSON: RegExp = /^\s*[[{]/;

/** JSON in a string becomes its value; any other string stays. */
export function parseMaybe(value: unknown): unknown {
  if (typeof value !== 'string' || !LIKE_JSON.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    // Text that only looks like JSON is text.
    return value;
  }
}

/** A complaint of a validator, with its path. */
function issue(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const { path } = value;
  const text = messageOf(value);
  return text && Array.isArray(path) && path.length > 0 ? `${path.join('.')}: ${text}` : text;
}

/**
 * The words meant for people in whatever a server or provider sent: text, `{message}`, `{error: {message}}`, `{error: 'text'}`,
 * `{msg}`, `{detail}`, a list of such, or JSON of any of these in a string. `undefined` where there are none.
 */
export function messageOf(value: unknown): string | undefined {
  const said = parseMaybe(value);
  if (typeof said === 'string') {
    const text = said.trim();
    if (/^(<(!doctype|html)|$)/i.test(text)) return undefined;
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  }
  if (Array.isArray(said)) return said.map(issue).filter(Boolean).join('; ') || undefined;
  if (!isRecord(said)) return undefined;
  for (const key of ['message', 'msg', 'detail', 'error']) {
    const found = messageOf(said[key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
