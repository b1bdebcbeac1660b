import type { JsonObject, JsonValue } from '@waypost/core';

const FORMATS: Readonly<Record<string, string>> = {
  date: '2026-01-01', time: '00:00:00Z', 'date-time': '2026-01-01T00:00:00Z', email: 'someone@example.com',
  uri: 'https://example.com', url: 'https://example.com', uuid: '00000000-0000-4000-8000-000000000000', ipv4: '127.0.0.1',
};

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function number(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  if (typeof schema.$ref !== 'string' || !schema.$ref.startsWith('#')) return schema;
  let target: JsonValue | undefined = root;
  for (const key of schema.$ref.slice(1).split('/').filter(Boolean)) {
    target = isObject(target) ? target[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  }
  return isObject(target) ? target : {};
}

function typeOf(schema: JsonObject): string | undefined {
  if (typeof schema.type === 'string') return schema.type;
  if (Array.isArray(schema.type)) return schema.type.find((entry): entry is string => typeof entry === 'string' && entry !== 'null');
  if (isObject(schema.properties)) return 'object';
  return schema.items === undefined ? undefined : 'array';
}

function text(schema: JsonObject): string {
  const base = typeof schema.format === 'string' ? (FORMATS[schema.format] ?? 'text') : 'text';
  const cut = base.slice(0, number(schema.maxLength) ?? base.length);
  return cut.padEnd(number(schema.minLength) ?? 0, 'x');
}

function amount(schema: JsonObject, step: number): number {
  const above = number(schema.exclusiveMinimum);
  const lower = number(schema.minimum) ?? (above === undefined ? undefined : above + step);
  const upper = number(schema.maximum) ?? number(schema.exclusiveMaximum);
  const value = lower ?? (upper !== undefined && upper < 1 ? upper - step : 1);
  return step === 1 ? Math.ceil(value) : value;
}

/** The smallest value that a JSON Schema accepts, as far as its keywords are the usual ones: the same for the same schema. */
export function fromSchema(schema: JsonObject, root: JsonObject = schema, depth = 0): JsonValue {
  const resolved = resolve(schema, root);
  if (resolved.const !== undefined) return resolved.const;
  if (Array.isArray(resolved.enum)) return resolved.enum[0] ?? null;
  if (resolved.default !== undefined) return resolved.default;
  const choice = [resolved.anyOf, resolved.oneOf, resolved.allOf].find((list) => Array.isArray(list));
  if (Array.isArray(choice)) {
    const parts = choice.filter(isObject);
    if (choice !== resolved.allOf) return fromSchema(parts[0] ?? {}, root, depth + 1);
    return Object.assign({}, ...parts.map((part) => fromSchema(part, root, depth + 1)));
  }
  switch (typeOf(resolved)) {
    case 'object': {
      const properties = isObject(resolved.properties) ? resolved.properties : {};
      const required = Array.isArray(resolved.required) ? resolved.required : [];
      // A schema that refers to itself ends here: what is optional is left out below the first levels.
      const names = Object.keys(properties).filter((name) => required.includes(name));
      return Object.fromEntries(names.map((name) => {
        const property = properties[name];
        return [name, depth > 10 || !isObject(property) ? null : fromSchema(property, root, depth + 1)];
      }));
    }
    case 'array': {
      const { items } = resolved;
      const count = number(resolved.minItems) ?? 0;
      return Array.from({ length: count }, () => (isObject(items) ? fromSchema(items, root, depth + 1) : null));
    }
    case 'string': return text(resolved);
    case 'integer': return amount(resolved, 1);
    case 'number': return amount(resolved, 0.5);
    case 'boolean': return true;
    case 'null': return null;
    default: return {};
  }
}
