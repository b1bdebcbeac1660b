import type { ErrorDetail } from './error-body.js';
import type { FinishReason } from './chat.js';
import type { Annotation, GeneratedAudio, GeneratedImage } from './message.js';
import type { Open } from './open.js';
import type { ReasoningDetail } from './reasoning.js';
import type { RouterMetadata } from './router-metadata.js';
import type { Usage } from './usage.js';

/** A piece of a tool call. Later pieces may leave out `id`, `type` and the name, or carry them empty or null. */
export interface ToolCallDelta {
  index?: number;
  id?: string | null;
  type?: string | null;
  function?: { name?: string | null; arguments?: string | null } | null;
}

/** What one chunk adds. Live chunks repeat `role` and an empty `content`, so neither marks a beginning or an end. */
export interface ChatDelta {
  role?: string | null;
  content?: string | null;
  refusal?: string | null;
  reasoning?: string | null;
  reasoning_details?: ReasoningDetail[] | null;
  tool_calls?: ToolCallDelta[] | null;
  images?: GeneratedImage[] | null;
  audio?: GeneratedAudio | null;
  annotations?: Annotation[] | null;
  [key: string]: unknown;
}

export interface ChatChunkChoice {
  index?: number;
  delta?: ChatDelta | null;
  finish_reason?: FinishReason | null;
  native_finish_reason?: string | null;
  logprobs?: unknown;
  error?: ErrorDetail;
}

/**
 * One event of a streamed response. The finish reason may come in more than one chunk, and the usage in a chunk with no
 * choice, with an empty delta, or with the finish reason repeated. Source: OpenRouter API, streaming.
 */
export interface ChatChunk {
  id?: string;
  object?: Open<'chat.completion.chunk'>;
  created?: number;
  model?: string;
  provider?: string;
  choices?: ChatChunkChoice[];
  usage?: Usage | null;
  error?: ErrorDetail;
  system_fingerprint?: string | null;
  service_tier?: string | null;
  openrouter_metadata?: RouterMetadata;
  debug?: { echo_upstream_body?: unknown };
  [key: string]: unknown;
}
