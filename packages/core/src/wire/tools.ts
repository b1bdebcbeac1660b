import type { CacheControl } from './message.js';
import type { JsonObject, Open } from './open.js';

/** A function that the caller runs. `parameters` is a JSON Schema; `name` has at most 64 characters. */
export interface FunctionTool {
  type: 'function';
  function: { name: string; description?: string; parameters?: JsonObject; strict?: boolean | null };
  cache_control?: CacheControl;
}
/** A tool that OpenRouter runs. Source: OpenRouter API, server tools. */
export interface ServerTool {
  type: Open<
    | 'openrouter:web_search'
    | 'openrouter:web_fetch'
    | 'openrouter:datetime'
    | 'openrouter:image_generation'
    | 'openrouter:fusion'
    | 'openrouter:advisor'
    | 'openrouter:subagent'
    | 'openrouter:bash'
    | 'openrouter:files'
    | 'openrouter:experimental__search_models'
  >;
  parameters?: JsonObject;
  [key: string]: unknown;
}
export type Tool = FunctionTool | ServerTool;

export type ToolChoice =
  | 'none'
  | 'auto'
  | 'required'
  | { type: 'function'; function: { name: string } }
  | { type: Open<'openrouter:web_search'> };
