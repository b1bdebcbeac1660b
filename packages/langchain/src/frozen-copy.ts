/**
 * A deep copy that nothing can change, of what goes out as JSON. What has a `toJSON` of its own, functions, and what is no object
 * literal (a Map, an instance) stay what they are: core refuses those where they hold guardrails.
 */
export function frozenCopy<Value>(value: Value): Value;
export function frozenCopy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map((part: unknown) => frozenCopy(part)));
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, part]) => [name, frozenCopy(part)])));
}
