import type { JsonValue, Open } from './open.js';
import type { ReasoningDetail } from './reasoning.js';

/** Marks the end of a prefix that the provider may cache. `ttl` defaults to `"5m"`. */
export interface CacheControl {
  type: 'ephemeral';
  ttl?: '5m' | '1h';
}

export interface TextPart {
  type: 'text';
  text: string;
  cache_control?: CacheControl;
  prompt_cache_breakpoint?: { mode: 'explicit' } | null;
}
/** An image by https or data URL. */
export interface ImagePart {
  type: 'image_url';
  image_url: { url: string; detail?: Open<'auto' | 'low' | 'high' | 'original'> };
  cache_control?: CacheControl;
}
/** Audio as base64 data; URLs are not accepted. */
export interface AudioPart {
  type: 'input_audio';
  input_audio: {
    data: string;
    format: Open<'wav' | 'mp3' | 'flac' | 'm4a' | 'ogg' | 'aiff' | 'aac' | 'pcm16' | 'pcm24'>;
  };
  cache_control?: CacheControl;
}
export interface VideoPart {
  type: 'video_url';
  video_url: { url: string; processing?: Open<'agentic' | 'static'> };
  cache_control?: CacheControl;
}
/** A document, by URL or data URL. */
export interface FilePart {
  type: 'file';
  file: { filename?: string; file_data?: string; file_id?: string };
  cache_control?: CacheControl;
}
/** A part of a type that this version does not know. */
export interface UnknownPart {
  type: string & {};
  [key: string]: unknown;
}
export type ContentPart = TextPart | ImagePart | AudioPart | VideoPart | FilePart | UnknownPart;

/** A call of a function, its arguments being JSON in a string. */
export interface ToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

/** A picture that a model made. */
export interface GeneratedImage {
  type?: Open<'image_url'>;
  index?: number;
  image_url: { url: string };
}
/** Sound that a model made; `data` is base64. */
export interface GeneratedAudio {
  id?: string;
  data?: string;
  expires_at?: number;
  transcript?: string;
}
export interface UrlCitation {
  type: 'url_citation';
  url_citation: { url: string; title?: string; content?: string; start_index?: number; end_index?: number };
}
/** A parsed file; sending it back saves parsing the document again. */
export interface FileAnnotation {
  type: 'file';
  file: { hash?: string; name?: string; content?: readonly ContentPart[] };
}
export interface UnknownAnnotation {
  type: string & {};
  [key: string]: unknown;
}
export type Annotation = UrlCitation | FileAnnotation | UnknownAnnotation;

export interface SystemMessage {
  role: 'system' | 'developer';
  content: string | readonly ContentPart[];
  name?: string;
  configuration_update?: { reasoning?: { effort?: string } } | null;
}
export interface UserMessage {
  role: 'user';
  content: string | readonly ContentPart[];
  name?: string;
}
export interface AssistantMessage {
  role: 'assistant';
  content?: string | readonly ContentPart[] | null;
  name?: string;
  refusal?: string | null;
  tool_calls?: readonly ToolCall[];
  reasoning?: string | null;
  reasoning_content?: string | null;
  /** Replay what the model sent, unmodified and in order. */
  reasoning_details?: readonly ReasoningDetail[];
  images?: readonly GeneratedImage[];
  audio?: GeneratedAudio | null;
  annotations?: readonly Annotation[];
  model?: string;
  cache_control?: CacheControl;
}
export interface ToolMessage {
  role: 'tool';
  tool_call_id: string;
  content: string | readonly ContentPart[];
  name?: string;
  cache_control?: CacheControl;
}
/** One message of a conversation. A trailing assistant message is a prefill. */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** The message of a response. Optional keys are left out by the server when empty. */
export interface ResponseMessage {
  role: 'assistant';
  content?: string | null;
  refusal?: string | null;
  reasoning?: string | null;
  reasoning_details?: ReasoningDetail[];
  tool_calls?: ToolCall[];
  images?: GeneratedImage[];
  audio?: GeneratedAudio | null;
  annotations?: Annotation[];
  [key: string]: JsonValue | object | undefined;
}
