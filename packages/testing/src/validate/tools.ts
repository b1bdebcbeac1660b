import { z } from 'zod';
import { byType, optional, wordsOr } from './schema.js';

/** A JSON object of any kind. */
export const anyRecord: z.ZodType = z.record(z.string(), z.unknown());
export const schemaName: z.ZodType = z.string().min(1).max(64);

const aFunction = z.object({ name: schemaName, ...optional({ description: z.string(), parameters: anyRecord, strict: z.boolean() }) });

/** Tools that OpenRouter runs may have anything beside their type. Source: OpenRouter API, tools. */
export const tools: z.ZodType = z.array(byType({ function: z.object({ function: aFunction }) }, optional({ parameters: anyRecord })));

/** @param named what names a function. */
export function choiceOf(named: z.ZodType): z.ZodType {
  return wordsOr(['none', 'auto', 'required'], byType({ function: named }));
}

export const toolChoice: z.ZodType = choiceOf(z.object({ function: z.object({ name: z.string() }) }));

/** Source: OpenRouter API, chat completions. */
export const responseFormat: z.ZodType = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['text', 'json_object', 'python']) }),
  z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ name: schemaName, ...optional({ description: z.string(), schema: anyRecord, strict: z.boolean() }) }),
  }),
  z.object({ type: z.literal('grammar'), grammar: z.string() }),
]);
