import { type CallOptions, type ChatRequest, type ChatResponse, completionsRoute, type FinishReason, InvalidOptionsError, type ModelEntry, openChat, type ProviderPreferencesInput, type Receipt, sendChat, tokenUsage, type TokenUsage, type Warning } from '@waypost/core';
import type { AsIs } from './chat-request.js';
import { CHAT, type ChatStream } from './chat-stream.js';
import { configOf } from './config-of.js';
import type { OpenRouter } from './create-openrouter.js';
import { streamRoute } from './stream-route.js';

/** The body of a request of the legacy prompt route, in wire spelling; fields that this version does not know are sent as they are. */
export interface CompletionInput extends AsIs<ChatRequest, 'messages' | 'tools' | 'tool_choice' | 'parallel_tool_calls' | 'response_format' | 'logprobs'> {
  /** What to go on with; of several, each gets a choice of its own. */
  prompt: string | readonly string[];
  /** What comes after the text that is to be made. */
  suffix?: string | null;
  /** How many tokens to show beside each one. */
  logprobs?: number | boolean | null;
  provider?: ProviderPreferencesInput | null;
  /** Fallback models in order. More than the server takes at once fail over on the client. */
  models?: readonly ModelEntry[] | null;
  /** Decided by the function: `complete` or `streamComplete`. */
  stream?: never;
}

/** What a completion gives. */
export interface CompletionResult {
  /** The text of the first choice. */
  text: string;
  /** The texts of all choices, in the order of the prompts. */
  texts: string[];
  /** The server's word on the first choice; `null` where it said none. */
  finishReason: FinishReason | null;
  usage: TokenUsage | undefined;
  /** Undefined when receipts are off. */
  receipt: Receipt | undefined;
  /** The wire's JSON; each choice has its `text`, and in `message` the same as a chat has it. */
  response: ChatResponse;
  warnings: readonly Warning[];
}

function checkPrompt(request: CompletionInput): void {
  const prompt: unknown = request?.prompt;
  if (typeof prompt === 'string' || (Array.isArray(prompt) && prompt.length > 0 && prompt.every((one) => typeof one === 'string'))) return;
  // not shown, as no prompt is
  throw new InvalidOptionsError([{ path: 'prompt', message: `expected a text or a list of texts, got ${typeof prompt}`, suggestion: 'for messages use chat()' }]);
}

/**
 * Goes on with a text, by the legacy prompt route. All of the policy, retries and failover are as for `chat`.
 *
 * @throws as `chat`.
 * @example
 * const { text } = await complete(openrouter, { model: 'openai/gpt-5.1', prompt: 'Once upon a time', max_tokens: 40 });
 */
export async function complete(client: OpenRouter, request: CompletionInput, options?: CallOptions): Promise<CompletionResult> {
  const config = configOf(client);
  checkPrompt(request);
  const { response, receipt, warnings } = await sendChat(config, { body: request, options }, completionsRoute);
  const choices = response.choices.filter((choice: unknown) => typeof choice === 'object' && choice !== null).toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0));
  const texts = choices.map(({ message }) => (typeof message?.content === 'string' ? message.content : ''));
  return { text: texts[0] ?? '', texts, finishReason: choices[0]?.finish_reason ?? null, usage: tokenUsage(response.usage), receipt, response, warnings };
}

/**
 * The same, piece by piece: a stream as `stream` of the client gives it. Its chunks have their `text`, and in `delta` the same as chat's have it.
 * `textStream` and `final()` are about the first choice.
 *
 * @throws {InvalidOptionsError} at once, for what is no client or has no prompt. The rest rejects the stream.
 * @example
 * for await (const text of streamComplete(openrouter, { model: 'openai/gpt-5.1', prompt: 'Once upon a time' }).textStream) process.stdout.write(text);
 */
export function streamComplete(client: OpenRouter, request: CompletionInput, options?: CallOptions): ChatStream {
  const config = configOf(client);
  checkPrompt(request);
  return streamRoute((call) => openChat(config, call, completionsRoute), request, options, CHAT);
}

export type { ChatStream, OpenChatStream } from './chat-stream.js';
export type { ChatResult, ChatToolCall } from './convert-response.js';
