import type { Open } from './open.js';

/**
 * What the router did for one request; the server adds it where `X-OpenRouter-Metadata: enabled` was sent.
 * Source: OpenRouter API, router metadata.
 */
export interface RouterMetadata {
  requested?: string;
  strategy?: Open<'direct' | 'auto' | 'free' | 'latest' | 'alias' | 'fallback' | 'pareto' | 'bodybuilder' | 'fusion'>;
  region?: string | null;
  summary?: string;
  /** Which attempt served, from 1; 0 means that no provider was reached. */
  attempt?: number;
  is_byok?: boolean;
  endpoints?: { total?: number; available?: { provider: string; model: string; selected?: boolean }[] };
  attempts?: { provider: string; model: string; status?: number | string }[];
  params?: { [key: string]: unknown };
  pipeline?: {
    type: Open<'guardrail' | 'plugin' | 'server_tools' | 'response_healing' | 'context_compression'>;
    name?: string;
    summary?: string;
    data?: unknown;
    cost_usd?: number | null;
    guardrail_id?: string;
    guardrail_scope?: string;
  }[];
  /** Milliseconds. */
  generation_time?: number;
  [key: string]: unknown;
}
