import type { FinishReason, ReasoningFormat, ResponseMessage, ToolCall, Usage } from '@waypost/core';
import type { RouteOutput, ScriptedAnswers, ScriptedImage, ScriptedTranscript, ScriptedVideo } from './route-output.js';

type ServerToolUse = NonNullable<Usage['server_tool_use_details']>;

/** Token counts that a reply reports instead of those that its text would give. */
export interface ReplyTokens {
  readonly prompt?: number;
  readonly completion?: number;
  /** Part of `prompt`, billed at the cache-read price. */
  readonly cached?: number;
  /** Part of `prompt`, billed at the cache-write price. */
  readonly cacheWrite?: number;
  /** Part of `completion`. */
  readonly reasoning?: number;
  /** Part of `completion`. */
  readonly image?: number;
}

export interface ReplyOptions {
  /** Default: `tool_calls` where there are tool calls, else `stop`. */
  readonly finishReason?: FinishReason | null;
  /** Default: what the endpoint calls the finish reason. */
  readonly nativeFinishReason?: string | null;
  readonly tokens?: ReplyTokens;
  /** What server tools did, which the usage then tells. */
  readonly toolUse?: ServerToolUse;
  /** The `model` of the response. Default: the id of the model that served. */
  readonly model?: string;
  /** The `id` of the body, such as a `chatcmpl-…` of real traffic. Default: the generation id. */
  readonly id?: string;
  /** Further fields of the body, and of each chunk, such as the `citations` of search models. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** The message of a reply, without its role. */
export type ReplyMessage = Pick<
  ResponseMessage,
  'content' | 'refusal' | 'reasoning' | 'reasoning_details' | 'tool_calls' | 'images' | 'audio' | 'annotations'
>;

/** What a model answers. */
export interface Reply extends ReplyOptions {
  readonly message: ReplyMessage;
  /** What is answered on a route that gives no text. A route that it is not meant for answers as if it were not there. */
  readonly output?: RouteOutput;
}

export interface ScriptedToolCall {
  readonly name: string;
  /** An object is sent as JSON; a string as it is, which may be no JSON at all. */
  readonly args: string | object;
  /** Default: `call_<position>`. */
  readonly id?: string;
}

function toToolCall({ name, args, id }: ScriptedToolCall, position: number): ToolCall {
  return {
    id: id ?? `call_${position}`,
    type: 'function',
    function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
  };
}

/** Builders of what a model answers. */
export interface ReplyBuilders {
  /** Plain text. */
  text(content: string, options?: ReplyOptions): Reply;
  /** One tool call. */
  toolCall(name: string, args: string | object, options?: ReplyOptions & { readonly id?: string }): Reply;
  /** Several tool calls, with text before them where `options.text` is given. */
  toolCalls(calls: readonly ScriptedToolCall[], options?: ReplyOptions & { readonly text?: string }): Reply;
  /** Thinking, then text; signed where a signature is given. */
  reasoning(thought: string, content: string, options?: ReplyOptions & { readonly format?: ReasoningFormat; readonly signature?: string }): Reply;
  /** A refusal. */
  refusal(refusal: string, options?: ReplyOptions): Reply;
  /** Any message: reasoning details, images, audio, annotations. */
  message(message: ReplyMessage, options?: ReplyOptions): Reply;
  /** `/rerank`: relevance by the place of the document in the request; those left out get the score of their words. */
  scores(scores: readonly number[], options?: ReplyOptions): Reply;
  /** `/images`: these images, however many were asked for. */
  images(images: readonly ScriptedImage[], options?: ReplyOptions): Reply;
  /** `/videos`: how the job goes. */
  video(video: ScriptedVideo, options?: ReplyOptions): Reply;
  /** `/audio/speech`: these bytes. `mediaType`: the content type; default that of the format asked for. */
  speech(bytes: Uint8Array, options?: ReplyOptions & { readonly mediaType?: string }): Reply;
  /** `/audio/transcriptions`: this text; `reply.text` will do too. */
  transcript(text: string, options?: ReplyOptions & Omit<ScriptedTranscript, 'text'>): Reply;
  /** `/api/alpha/decisions`: answers by question; those left out are decided by words. */
  decisions(answers: ScriptedAnswers, options?: ReplyOptions): Reply;
}

/**
 * Builders of what a model answers.
 *
 * @example
 * createGateway({ scenario: { reply: reply.toolCall('weather', { city: 'Oslo' }) } });
 */
export const reply: ReplyBuilders = {
  text: (content, options) => ({ ...options, message: { content } }),
  toolCall: (name, args, options = {}) => {
    const { id, ...rest } = options;
    return { ...rest, message: { content: null, tool_calls: [toToolCall({ name, args, ...(id === undefined ? {} : { id }) }, 0)] } };
  },
  toolCalls: (calls, options = {}) => {
    const { text, ...rest } = options;
    return { ...rest, message: { content: text ?? null, tool_calls: calls.map(toToolCall) } };
  },
  reasoning: (thought, content, options = {}) => {
    const { format = 'unknown', signature, ...rest } = options;
    const detail = { type: 'reasoning.text' as const, text: thought, format, index: 0, ...(signature === undefined ? {} : { signature }) };
    return { ...rest, message: { content, reasoning: thought, reasoning_details: [detail] } };
  },
  refusal: (refusal, options) => ({ ...options, message: { content: null, refusal } }),
  message: (message, options) => ({ ...options, message }),
  scores: (scores, options) => ({ ...options, message: {}, output: { kind: 'scores', scores } }),
  images: (images, options) => ({ ...options, message: {}, output: { kind: 'images', images } }),
  video: (video, options) => ({ ...options, message: {}, output: { kind: 'video', video } }),
  speech: (bytes, options = {}) => {
    const { mediaType, ...rest } = options;
    return { ...rest, message: {}, output: { kind: 'speech', bytes, ...(mediaType === undefined ? {} : { mediaType }) } };
  },
  transcript: (text, options = {}) => {
    const { language, duration, segments, words, ...rest } = options;
    const transcript: ScriptedTranscript = {
      text,
      ...(language === undefined ? {} : { language }),
      ...(duration === undefined ? {} : { duration }),
      ...(segments === undefined ? {} : { segments }),
      ...(words === undefined ? {} : { words }),
    };
    return { ...rest, message: { content: text }, output: { kind: 'transcript', transcript } };
  },
  decisions: (answers, options) => ({ ...options, message: {}, output: { kind: 'decisions', answers } }),
};
