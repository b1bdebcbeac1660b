import { type CallOptions, InvalidOptionsError, sendTranscription, toBase64, type TranscriptionResponse } from '@waypost/core';
import { configOf } from '../config-of.js';
import type { OpenRouter } from '../create-openrouter.js';
import type { TranscriptionInput } from './media-request.js';
import { type MediaResult, resultOf } from './media-result.js';

/** A transcript; timings, language and duration are in `response`, where `response_format` is `verbose_json`. */
export interface TranscriptionResult extends MediaResult<TranscriptionResponse> {
  /** Empty for silence. */
  text: string;
}

type Sound = TranscriptionInput['input_audio']['data'];

/** Sound as base64; text is base64 already. */
async function encode(sound: Sound | undefined): Promise<string> {
  if (typeof sound === 'string') return sound;
  // not by `instanceof`: bytes may come from another realm
  if (ArrayBuffer.isView(sound)) return toBase64(new Uint8Array(sound.buffer, sound.byteOffset, sound.byteLength));
  if (typeof sound === 'object' && sound !== null) {
    if ('byteLength' in sound) return toBase64(new Uint8Array(sound));
    if (typeof sound.arrayBuffer === 'function') return toBase64(new Uint8Array(await sound.arrayBuffer()));
  }
  throw new InvalidOptionsError([{ path: 'input_audio.data', message: `expected sound, got ${typeof sound}`, suggestion: 'bytes, a Blob, or base64' }]);
}

/**
 * Writes down what is said in a recording.
 *
 * @throws {InvalidOptionsError} for sound that is none, or of no bytes. Otherwise as `chat`; a `PolicyConflictError` for any guardrail, since the route honours none; an `APIError` too when the answer holds no text.
 * @example
 * const { text } = await transcribe(openrouter, { model: 'openai/whisper-1', input_audio: { data: bytes, format: 'wav' }, language: 'en' });
 */
export async function transcribe(client: OpenRouter, request: TranscriptionInput, options?: CallOptions): Promise<TranscriptionResult> {
  const config = configOf(client);
  const { input_audio: audio, ...rest } = request ?? {};
  const data = await encode(audio?.data);
  if (data === '') throw new InvalidOptionsError([{ path: 'input_audio.data', message: 'is empty', suggestion: 'the bytes of a recording' }]);
  const body = { ...rest, input_audio: { ...audio, data } };
  const answer = await sendTranscription(config, { body, options });
  return { text: answer.response.text, ...resultOf(answer) };
}
