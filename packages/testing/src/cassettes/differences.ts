const MOST = 8;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Where two JSON values differ, as paths. Values are not shown: they may be prompts. */
export function differences(wanted: unknown, given: unknown, path = 'body'): string[] {
  if (Object.is(wanted, given)) return [];
  if (!isObject(wanted) || !isObject(given) || Array.isArray(wanted) !== Array.isArray(given)) return [path];
  const found: string[] = [];
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(given)])) {
    if (found.length >= MOST) break;
    const at = Array.isArray(wanted) ? `${path}[${key}]` : `${path}.${key}`;
    found.push(...differences(wanted[key], given[key], at));
  }
  return found.slice(0, MOST);
}

function words(value: unknown): Set<string> {
  return new Set(JSON.stringify(value ?? null).toLowerCase().match(/[\p{L}\d_]+/gu) ?? []);
}

/** How alike two JSON values are, by the words in them: 1 for the same words, 0 for none in common. */
export function likeness(a: unknown, b: unknown): number {
  const [left, right] = [words(a), words(b)];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / Math.max(1, left.size + right.size - shared);
}
