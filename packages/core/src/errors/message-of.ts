/** Longer messages are cut: some providers quote the whole request. */
const LONGEST = 1000;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON in a string becomes its value; any other string stays. */
export function parseMaybe(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    // Text that only looks like JSON is text.
    return value;
  }
}

/** The complaints of a validator, each with its path. */
function issues(list: readonly unknown[]): string | undefined {
  const lines = list.filter(isRecord).map((issue) => {
    const path = Array.isArray(issue['path']) ? issue['path'].join('.') : '';
    const text = messageOf(issue);
    return text && path ? `${path}: ${text}` : text;
  });
  return lines.filter(Boolean).join('; ') || undefined;
}

/**
 * The words meant for people in whatever a server or provider sent: text, `{message}`, `{error: {message}}`, `{error: 'text'}`,
 * `{msg}`, `{detail}`, a list of such, or JSON of any of these in a string. `undefined` where there are none.
 */
export function messageOf(value: unknown): string | undefined {
  const said = parseMaybe(value);
  if (typeof said === 'string') {
    const text = said.trim();
    if (text === '' || /^<(!doctype|html)/i.test(text)) return undefined;
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  }
  if (Array.isArray(said)) return issues(said);
  if (!isRecord(said)) return undefined;
  for (const key of ['message', 'msg', 'detail', 'error']) {
    const found = said[key] === undefined ? undefined : messageOf(said[key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
