import { isRecord } from '../policy/report.js';
import type { TranscriptionResponse } from '../wire/transcriptions.js';
import type { ClientConfig } from './config.js';
import { misshapen } from './misshapen.js';
import type { Call } from './prepare.js';
import { type InferenceAnswer, sendInference } from './send-inference.js';

const isResponse = (body: unknown): body is TranscriptionResponse => isRecord(body) && typeof body['text'] === 'string';

/**
 * Sends a transcription request. For adapters.
 *
 * @throws as `sendChat`; an `APIError` too when the answer holds no text. Silence is an empty text.
 */
export async function sendTranscription(config: ClientConfig, call: Call): Promise<InferenceAnswer<TranscriptionResponse>> {
  const answer = await sendInference(config, call, '/audio/transcriptions', 'transcriptions');
  const { response } = answer;
  if (!isResponse(response)) throw misshapen(answer, 'The answer has no text');
  return { ...answer, response };
}
