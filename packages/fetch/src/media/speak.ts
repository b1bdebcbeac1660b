import { type CallOptions, type Receipt, sendSpeech, type Warning } from '@waypost/core';
import { configOf } from '../config-of.js';
import type { OpenRouter } from '../create-openrouter.js';
import type { SpeechInput } from './media-request.js';

/** Speech. */
export interface SpeechResult {
  audio: Uint8Array<ArrayBuffer>;
  /** What it is: `audio/mpeg`; of `pcm`, the rate of its samples too. */
  contentType: string | undefined;
  /** Undefined when receipts are off. The cost is not told with the sound: `generation(receipt.id)` has it later. */
  receipt: Receipt | undefined;
  warnings: readonly Warning[];
}

/**
 * Speaks a text. Without `response_format` it comes as `pcm`, samples without a header.
 *
 * @throws as `chat`; a `PolicyConflictError` for any guardrail, since the route honours none; an `APIError` too when the answer is empty.
 * @example
 * const { audio } = await speak(openrouter, { model: 'openai/gpt-4o-mini-tts', input: 'Mind the tide.', voice: 'alloy', response_format: 'mp3' });
 */
export async function speak(client: OpenRouter, request: SpeechInput, options?: CallOptions): Promise<SpeechResult> {
  const { response, headers, receipt, warnings } = await sendSpeech(configOf(client), { body: request, options });
  return { audio: response, contentType: headers['content-type'], receipt, warnings };
}
