import type { JsonObject, JsonValue } from '@waypost/core';

/** How much work one schema may be, counted in steps, and how deep it may lead; what would take more counts as unsatisfiable. */
export const MOST_STEPS = 30_000;
export const MOST_LEVELS = 200;

/** One run over one schema. */
export interface SchemaRun {
  readonly root: JsonValue;
  steps: number;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function number(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

/** A key that the object itself has: `constructor` is none that everything has. */
export function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** What a reference points to; what cannot be followed (another document, an anchor) accepts everything. */
export function pointed(reference: string, root: JsonValue): JsonValue {
  if (reference !== '#' && !reference.startsWith('#/')) return true;
  let target: JsonValue | undefined = root;
  for (const key of reference.split('/').slice(1).map((part) => decoded(part).replaceAll('~1', '/').replaceAll('~0', '~'))) {
    if (Array.isArray(target)) target = target[Number(key)];
    else target = isObject(target) ? own(target, key) : undefined;
  }
  return target ?? true;
}

/** What an object's schema says of one of its keys; `undefined`: nothing. */
export function schemaOfKey(schema: JsonObject, key: string): JsonValue | undefined {
  if (isObject(schema.properties) && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  return schema.additionalProperties;
}

/** What an array's schema says of its entry at an index, in the newer and in the older spelling of tuples. */
export function schemaOfIndex(schema: JsonObject, index: number): JsonValue | undefined {
  const { items, additionalItems } = schema;
  if (Array.isArray(items)) return index < items.length ? items[index] : additionalItems;
  const tuple = list(schema.prefixItems);
  return index < tuple.length ? tuple[index] : items;
}
