import { z } from 'zod';
import { isFields } from '../validate.js';

export type Shape = Readonly<Record<string, z.ZodType>>;
export type Issue = z.core.$ZodIssue;

/** Whatever the locale of a test that uses zod too: a server knows nothing of it. */
const WORDS = { error: z.locales.en().localeError };

/**
 * What is wrong with a value, in the issues of zod, which are what the API itself answers. Source: OpenRouter API, errors. The value stays as it
 * was sent: the copy that zod makes of it goes no further.
 */
export function issuesOf(schema: z.ZodType, value: unknown): readonly Issue[] {
  return schema.safeParse(value, WORDS).error?.issues ?? [];
}

/** Fields that may be left out; `null` says as much. */
export function optional(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.nullish()]));
}

/** By the schema that the value itself asks for. A union whose other alternatives are of another kind tells of its issues as they are. */
export function pick(schemaFor: (value: unknown) => z.ZodType): z.ZodType {
  return z.unknown().superRefine((value, context) => {
    for (const issue of issuesOf(schemaFor(value), value)) context.addIssue({ ...issue });
  });
}

/** Words, or something that is no text. */
export function wordsOr(words: readonly string[], other: z.ZodType): z.ZodType {
  const text = z.enum(words);
  return pick((value) => (typeof value === 'string' ? text : other));
}

/** An object by its `type`. One of a type that is not among these may have anything, but for what is said of the others. */
export function byType(known: Shape, others: Shape = {}): z.ZodType {
  const schemas = new Map<unknown, z.ZodType>(Object.entries(known));
  const other = z.object({ type: z.string(), ...others });
  return pick((value) => (isFields(value) ? schemas.get(value.type) : undefined) ?? other);
}
