import type { ReasoningEffort, ServerTool } from '@waypost/core';

/** A value that is known, or any other: the API adds values without notice. */
type Open<Known extends string> = Known | (string & {});

/** Where the user is, roughly, for results that depend on it. */
export interface WebSearchLocation {
  type: 'approximate';
  city?: string;
  region?: string;
  country?: string;
  /** IANA name, such as `Europe/Oslo`. */
  timezone?: string;
}

/** Options of `openrouter.tools.webSearch`. Source: OpenRouter API, server tools. */
export interface WebSearchToolOptions {
  /** Default `auto`: the provider's own search where it has one. */
  engine?: Open<'auto' | 'native' | 'exa' | 'parallel' | 'firecrawl' | 'perplexity'>;
  mode?: string;
  /** Results of one search, from 1 to 25. Default 5. */
  maxResults?: number;
  /** Results of all searches of one request. Default 50. */
  maxTotalResults?: number;
  /** Searches of one request. */
  maxUses?: number;
  /** Characters of each result. */
  maxCharacters?: number;
  searchContextSize?: Open<'low' | 'medium' | 'high'>;
  /** Only pages of these domains. */
  allowedDomains?: readonly string[];
  /** No pages of these domains. */
  excludedDomains?: readonly string[];
  userLocation?: WebSearchLocation;
  /** Search on X, of xAI models. */
  xSearch?: { readonly [option: string]: unknown };
  /** What the model is told about the results; an option of older clients. */
  searchPrompt?: string;
}

/** Options of `openrouter.tools.webFetch`. Source: OpenRouter API, server tools. */
export interface WebFetchToolOptions {
  /** Default `auto`. */
  engine?: Open<'auto' | 'native' | 'openrouter' | 'exa' | 'parallel' | 'firecrawl'>;
  /** Pages of one request. */
  maxUses?: number;
  /** Tokens of each page. */
  maxContentTokens?: number;
  /** Only pages of these domains. */
  allowedDomains?: readonly string[];
  /** No pages of these domains. */
  blockedDomains?: readonly string[];
}

/** Options of `openrouter.tools.datetime`. */
export interface DatetimeToolOptions {
  /** IANA name, such as `Europe/Oslo`. Default UTC. */
  timezone?: string;
}

/** Options of `openrouter.tools.imageGeneration`: the model, and settings that it takes. Source: OpenRouter API, server tools. */
export interface ImageGenerationToolOptions {
  /** Default `openai/gpt-5-image`. */
  model?: string;
  /** Such as `16:9`. */
  aspectRatio?: string;
  quality?: string;
  /** Such as `1024x1024`. */
  size?: string;
  background?: string;
  outputFormat?: string;
  outputCompression?: number;
  moderation?: string;
  /** Whatever else the model takes. */
  [setting: string]: unknown;
}

/** What a model that is consulted may think. */
interface NestedReasoning {
  effort?: ReasoningEffort;
  /** Thinking budget in tokens. */
  maxTokens?: number;
}

/** What a model has that works beside the one that is called. */
interface NestedModelOptions {
  /** Default: the model that is called, or what it chooses. With `allowedModels`, it has to be named. */
  model?: string;
  /** System instructions. */
  instructions?: string;
  /** Output tokens, thinking included. */
  maxCompletionTokens?: number;
  /** Steps with tools, at most 25. */
  maxToolCalls?: number;
  reasoning?: NestedReasoning;
  temperature?: number;
  /** Server tools that it may use, as the API spells them: `{ type: 'openrouter:web_search', parameters: { max_results: 3 } }`. */
  tools?: readonly ServerTool[];
}

/** Options of `openrouter.tools.advisor`: a stronger model to consult. Source: OpenRouter API, server tools. */
export interface AdvisorToolOptions extends NestedModelOptions {
  /** Tells several advisors of one request apart; at most one has none. */
  name?: string;
  /** Whether the advisor sees the conversation, or only what it is asked. Default `false`. */
  forwardTranscript?: boolean;
}

/** Options of `openrouter.tools.subagent`: a smaller model to hand tasks to. Source: OpenRouter API, server tools. */
export interface SubagentToolOptions extends NestedModelOptions {
  /** Tells several of one request apart; at most one has none. */
  name?: string;
}

/** Options of `openrouter.tools.fusion`: several models answer, one compares. Source: OpenRouter API, server tools. */
export interface FusionToolOptions extends Omit<NestedModelOptions, 'instructions'> {
  /** From 1 to 8 models. With `allowedModels`, they have to be named. */
  analysisModels?: readonly string[];
  preset?: Open<'general-high' | 'general-budget' | 'general-fast'>;
}

/** Options of `openrouter.tools.bash`. Source: OpenRouter API, server tools. */
export interface BashToolOptions {
  /** `openrouter` runs the commands on the server; else the calls come back to the caller, as of any other tool. Default `auto`. */
  engine?: Open<'auto' | 'native' | 'openrouter'>;
  /** A new container, or one that was used before. */
  environment?: { type: 'container_auto' } | { type: 'container_reference'; containerId: string };
  /** Seconds for which the container stays warm. Default 900, at most 2,592,000. */
  sleepAfterSeconds?: number;
}

/** Options of `openrouter.tools.files`. Source: OpenRouter API, server tools. */
export interface FilesToolOptions {
  /** Whether the model may write files, too. Default `false`. */
  allowWrites?: boolean;
}

/** Options of `openrouter.tools.searchModels`. */
export interface SearchModelsToolOptions {
  /** At most 20. Default 5. */
  maxResults?: number;
}
