import type { JSONValue } from '@ai-sdk/provider';
import type {
  AdvisorToolOptions, BashToolOptions, DatetimeToolOptions, FilesToolOptions, FusionToolOptions, ImageGenerationToolOptions,
  SearchModelsToolOptions, SubagentToolOptions, WebFetchToolOptions, WebSearchToolOptions,
} from './tool-options.js';

/** A Standard Schema of any JSON. */
interface AnyJson {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'waypost';
    readonly types?: { readonly input: unknown; readonly output: JSONValue };
    readonly validate: (value: unknown) => { readonly value: JSONValue };
    readonly jsonSchema: { readonly input: () => Record<string, unknown>; readonly output: () => Record<string, unknown> };
  };
}

/** What callbacks of a tool are told of a call. */
export interface OpenRouterToolCall {
  readonly toolCallId: string;
  /** The messages that were sent, as the AI SDK has them. */
  readonly messages: readonly unknown[];
  readonly abortSignal?: AbortSignal | undefined;
}

/** Callbacks that the AI SDK calls for any tool. */
export interface OpenRouterToolCallbacks {
  onInputStart?: (call: OpenRouterToolCall) => void | PromiseLike<void>;
  onInputDelta?: (call: OpenRouterToolCall & { readonly inputTextDelta: string }) => void | PromiseLike<void>;
  onInputAvailable?: (call: OpenRouterToolCall & { readonly input: JSONValue }) => void | PromiseLike<void>;
}

/** A tool that OpenRouter runs: its calls and results come as parts of the answer, as JSON of the server's own making. */
export interface OpenRouterTool extends OpenRouterToolCallbacks {
  type: 'provider';
  isProviderExecuted: true;
  id: `openrouter.${string}`;
  /** The options that it was made with. */
  args: Record<string, unknown>;
  inputSchema: AnyJson;
  outputSchema: AnyJson;
}

/** Makes a tool that is given to `generateText`, `streamText` or an agent. Options that it does not know are sent as well. */
export type OpenRouterToolFactory<Options extends object> = (options?: Options & OpenRouterToolCallbacks) => OpenRouterTool;

/**
 * OpenRouter's server tools, as `openrouter.tools`. What they send to other services no policy reaches: the receipt calls ZDR and
 * data policies `unverifiable` where one is offered. Source: OpenRouter API, server tools.
 *
 * @example
 * const { text, sources, toolResults } = await generateText({
 *   model: openrouter('openai/gpt-5.1'),
 *   tools: { web: openrouter.tools.webSearch({ maxResults: 3, allowedDomains: ['ruby-lang.org'] }) },
 *   prompt: 'What is the newest Ruby?',
 * });
 */
export interface OpenRouterTools {
  /** Searches the web. What an answer cites comes as `source` parts. */
  readonly webSearch: OpenRouterToolFactory<WebSearchToolOptions>;
  /** Reads a page or a PDF of the web. */
  readonly webFetch: OpenRouterToolFactory<WebFetchToolOptions>;
  /** Tells date and time. */
  readonly datetime: OpenRouterToolFactory<DatetimeToolOptions>;
  /** Makes images, which come as `file` parts. */
  readonly imageGeneration: OpenRouterToolFactory<ImageGenerationToolOptions>;
  /** Asks several models and compares their answers. */
  readonly fusion: OpenRouterToolFactory<FusionToolOptions>;
  /** Asks a stronger model for advice. */
  readonly advisor: OpenRouterToolFactory<AdvisorToolOptions>;
  /** Hands tasks to a smaller model. */
  readonly subagent: OpenRouterToolFactory<SubagentToolOptions>;
  /** Runs commands in a sandbox. */
  readonly bash: OpenRouterToolFactory<BashToolOptions>;
  /** Works with the files of the key's workspace. */
  readonly files: OpenRouterToolFactory<FilesToolOptions>;
  /** Searches OpenRouter's catalogue of models. Experimental there. */
  readonly searchModels: OpenRouterToolFactory<SearchModelsToolOptions>;
}

// Lets everything pass: no model is told of it, and what comes in is what the server did, as JSON.
const anyJson: AnyJson = {
  '~standard': {
    version: 1,
    vendor: 'waypost',
    validate: (value: unknown) => ({ value: value as JSONValue }),
    jsonSchema: { input: () => ({}), output: () => ({}) },
  },
};

function serverTool(type: string): OpenRouterToolFactory<object> {
  return ({ onInputStart, onInputDelta, onInputAvailable, ...args } = {}) => ({
    type: 'provider',
    isProviderExecuted: true,
    id: `openrouter.${type}`,
    args: { ...args },
    inputSchema: anyJson,
    outputSchema: anyJson,
    ...(onInputStart && { onInputStart }),
    ...(onInputDelta && { onInputDelta }),
    ...(onInputAvailable && { onInputAvailable }),
  });
}

/** See `OpenRouterTools`. */
export const openRouterTools: OpenRouterTools = {
  webSearch: serverTool('web_search'),
  webFetch: serverTool('web_fetch'),
  datetime: serverTool('datetime'),
  imageGeneration: serverTool('image_generation'),
  fusion: serverTool('fusion'),
  advisor: serverTool('advisor'),
  subagent: serverTool('subagent'),
  bash: serverTool('bash'),
  files: serverTool('files'),
  searchModels: serverTool('experimental__search_models'),
};
