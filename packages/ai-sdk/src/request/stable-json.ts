/**
 * JSON with sorted keys, so that a tool call reads the same on every turn, wherever the conversation was kept in between:
 * prompt caches match by the bytes.
 */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  }) ?? '{}';
}
