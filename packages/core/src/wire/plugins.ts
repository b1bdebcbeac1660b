import type { Open } from './open.js';

export interface WebPlugin {
  id: 'web';
  enabled?: boolean;
  engine?: Open<'native' | 'exa' | 'firecrawl' | 'parallel' | 'perplexity'>;
  max_results?: number;
  max_uses?: number;
  search_prompt?: string;
  include_domains?: readonly string[];
  exclude_domains?: readonly string[];
  [key: string]: unknown;
}
export interface FileParserPlugin {
  id: 'file-parser';
  enabled?: boolean;
  pdf?: { engine?: Open<'mistral-ocr' | 'cloudflare-ai' | 'native' | 'pdf-text'> };
  [key: string]: unknown;
}
/** Lets `openrouter/auto` choose among models; wildcards are allowed. */
export interface AutoRouterPlugin {
  id: 'auto-router' | 'auto-beta-router';
  enabled?: boolean;
  allowed_models?: readonly string[];
  excluded_models?: readonly string[];
  cost_tier?: Open<'low' | 'medium' | 'high' | 'xhigh' | 'max'>;
  pin_model?: string | boolean;
  [key: string]: unknown;
}
export interface FusionPlugin {
  id: 'fusion';
  enabled?: boolean;
  analysis_models?: readonly string[];
  model?: string;
  [key: string]: unknown;
}
/** Any other plugin, known to this version or not. */
export interface OtherPlugin {
  id: Open<
    | 'web-fetch'
    | 'response-healing'
    | 'context-compression'
    | 'moderation'
    | 'pareto-router'
    | 'switchyard-router'
  >;
  enabled?: boolean;
  [key: string]: unknown;
}
/** An entry of a request's `plugins`. Source: OpenRouter API, plugins. */
export type Plugin = WebPlugin | FileParserPlugin | AutoRouterPlugin | FusionPlugin | OtherPlugin;
