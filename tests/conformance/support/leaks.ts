import { inspect } from 'node:util';

/** Every string that can be reached from a value, hidden properties and causes included. */
export function stringsIn(value: unknown, seen: Set<object> = new Set()): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const inside = value instanceof Map || value instanceof Set || value instanceof Headers ? [...value].flat() : [];
  const owned = Object.getOwnPropertyNames(value).flatMap((name) => [name, Reflect.get(value, name)]);
  return [...inside, ...owned].flatMap((one: unknown) => stringsIn(one, seen));
}

/** All ways in which a value gets into a log. */
export function written(value: unknown): string {
  const json = (one: unknown): string => JSON.stringify(one) ?? '';
  const parts = [json(value), inspect(value, { depth: 10 }), inspect(value, { depth: 10, showHidden: true, getters: true })];
  if (value instanceof Error) parts.push(value.message, value.stack ?? '', String(value), written(value.cause));
  return parts.join('\n');
}
