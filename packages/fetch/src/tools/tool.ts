import type { CacheControl, JsonObject, Message } from '@waypost/core';
import type { StandardSchema } from '../schema/standard-schema.js';

/** What a tool is told beside its input. */
export interface ToolContext {
  toolCallId: string;
  /** Aborts when the caller's signal does; pass it to what the tool awaits. */
  signal: AbortSignal;
  /** The conversation up to the answer that called the tool, that answer included. */
  messages: readonly Message[];
}

/** A tool of {@link runTools}. Its name is its key among the tools. */
export interface ToolDefinition<Input> {
  /** For the model: what it does, and when to use it. */
  description?: string | undefined;
  /** The schema of its input: any Standard Schema, which checks and types it, or a JSON Schema, which does not. Default: no input. */
  parameters?: StandardSchema<Input> | JsonObject | undefined;
  /** The JSON Schema to send, where `parameters` are of a library that does not say it by itself. */
  jsonSchema?: JsonObject | undefined;
  /** Whether the provider must keep to the schema. Objects of a schema that a library made are closed then. Default: not said. */
  strict?: boolean | undefined;
  cache_control?: CacheControl | undefined;
  /**
   * Runs the tool. A string is told to the model as it is, any other value as JSON. Left out, calls of the tool are handed out to the
   * caller instead.
   */
  execute?: ((input: Input, context: ToolContext) => unknown) | undefined;
}

/**
 * Gives a tool back as it is, typed, for one that is not written where it is used. With a JSON Schema the input is `unknown`.
 *
 * @example
 * const weather = tool({ parameters: z.object({ city: z.string() }), execute: ({ city }) => forecast(city) });
 */
export function tool<Input>(definition: ToolDefinition<Input>): ToolDefinition<Input> {
  return definition;
}
