import type { JsonObject, JsonValue } from '@waypost/core';
import { isObject, list, MOST_LEVELS, MOST_STEPS, pointed, type SchemaRun } from './schema-nodes.js';

/** Schemas that must hold at once. */
export type Together = ReadonlySet<JsonObject>;

function* chosen(run: SchemaRun, together: Together, [options, ...others]: readonly (readonly JsonValue[])[], level: number): Generator<Together> {
  if (options === undefined) yield together;
  else for (const option of options) for (const more of alternatives(run, [option], together, level + 1)) yield* chosen(run, more, others, level + 1);
}

/**
 * The ways to satisfy schemas at once, the first options first: each a set of schemas with all that their references and `allOf` lead to,
 * and one option of every `anyOf` and `oneOf`.
 */
export function* alternatives(run: SchemaRun, schemas: readonly JsonValue[], before: Together = new Set(), level = 0): Generator<Together> {
  run.steps += 1;
  if (level > MOST_LEVELS || run.steps > MOST_STEPS) return;
  const together = new Set(before);
  const choices: (readonly JsonValue[])[] = [];
  const open = [...schemas];
  // grows while it is read
  for (const schema of open) {
    if (schema === false) return;
    if (!isObject(schema) || together.has(schema)) continue;
    together.add(schema);
    if (typeof schema.$ref === 'string') open.push(pointed(schema.$ref, run.root));
    for (const part of list(schema.allOf)) open.push(part);
    choices.push(...[list(schema.anyOf), list(schema.oneOf)].filter(({ length }) => length > 0));
  }
  yield* chosen(run, together, choices, level);
}
