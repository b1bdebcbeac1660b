import type { CacheControl } from './message.js';
import type { Open } from './open.js';
import type { ReasoningFormat } from './reasoning.js';

/** How far an item or a response has got. */
export type ResponsesStatus = Open<'in_progress' | 'completed' | 'incomplete' | 'failed' | 'cancelled' | 'queued'>;

/** A part of a message that goes in; which fields it has depends on its `type`. */
export interface ResponsesInputPart {
  type: Open<'input_text' | 'input_image' | 'input_file' | 'input_audio' | 'input_video' | 'output_text' | 'refusal'>;
  text?: string;
  /** An https or data URL. */
  image_url?: string | null;
  detail?: Open<'auto' | 'low' | 'high'>;
  file_id?: string | null;
  filename?: string;
  /** A data URL. */
  file_data?: string;
  file_url?: string;
  input_audio?: { data: string; format: string };
  video_url?: string;
  refusal?: string;
  cache_control?: CacheControl;
  prompt_cache_breakpoint?: { mode: 'explicit' } | null;
  [key: string]: unknown;
}

/**
 * A message that goes in. `type` may be left out. One of the assistant, replayed from an earlier response, needs the `id` and
 * `status` that it had there.
 */
export interface ResponsesInputMessage {
  type?: 'message';
  role: Open<'system' | 'developer' | 'user' | 'assistant'>;
  content: string | readonly ResponsesInputPart[] | null;
  id?: string;
  status?: ResponsesStatus;
  [key: string]: unknown;
}

/** What the caller's function gave for the call `call_id`. */
export interface ResponsesFunctionOutput {
  type: 'function_call_output';
  call_id: string;
  output: string | readonly ResponsesInputPart[];
  id?: string;
  status?: ResponsesStatus;
}

/** A source that a text refers to. */
export interface ResponsesAnnotation {
  type: Open<'url_citation' | 'file_citation' | 'file_path'>;
  url?: string;
  title?: string;
  start_index?: number;
  end_index?: number;
  [key: string]: unknown;
}

/** A part of a message that came out. */
export interface ResponsesOutputPart {
  type: Open<'output_text' | 'refusal'>;
  text?: string;
  refusal?: string;
  annotations?: ResponsesAnnotation[];
  logprobs?: unknown[];
  [key: string]: unknown;
}

/** A message of the model. */
export interface ResponsesMessage {
  type: 'message';
  id?: string;
  role: 'assistant';
  status?: ResponsesStatus;
  content: ResponsesOutputPart[];
  [key: string]: unknown;
}

/** The model asks the caller to run a function. */
export interface ResponsesFunctionCall {
  type: 'function_call';
  id?: string;
  /** What the `function_call_output` names; not always the `id`. */
  call_id: string;
  name: string;
  /** JSON in a string. */
  arguments: string;
  status?: ResponsesStatus;
  [key: string]: unknown;
}

/** What the model thought: in the clear, in summary or encrypted. Replay it as it came. */
export interface ResponsesReasoning {
  type: 'reasoning';
  id?: string;
  status?: ResponsesStatus | null;
  summary: readonly { type: Open<'summary_text'>; text: string }[];
  content?: readonly { type: Open<'reasoning_text'>; text: string }[] | null;
  encrypted_content?: string | null;
  signature?: string | null;
  format?: ReasoningFormat | null;
  [key: string]: unknown;
}

/** An item of another type: server tools' calls, images, and types that this version does not know. */
export interface ResponsesOtherItem {
  type: Open<
    | 'web_search_call' | 'file_search_call' | 'image_generation_call' | 'code_interpreter_call' | 'computer_call' | 'custom_tool_call'
    | 'custom_tool_call_output' | 'openrouter:web_search' | 'openrouter:advisor' | 'openrouter:fusion'
  >;
  id?: string;
  status?: ResponsesStatus;
  [key: string]: unknown;
}

/** One item of what the model put out. */
export type ResponsesOutputItem = ResponsesMessage | ResponsesFunctionCall | ResponsesReasoning | ResponsesOtherItem;

/** One item of the input: messages, what functions gave, and every item of earlier responses as it came. */
export type ResponsesInputItem = ResponsesInputMessage | ResponsesFunctionOutput | ResponsesFunctionCall | ResponsesReasoning | ResponsesOtherItem;
