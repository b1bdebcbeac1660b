import { requestBytes } from '../transport/read-bytes.js';
import type { ClientConfig } from './config.js';
import { misshapen } from './misshapen.js';
import type { Call } from './prepare.js';
import { type InferenceAnswer, sendInference } from './send-inference.js';

/**
 * Sends a speech request and gives the sound, whose kind `headers['content-type']` tells. For adapters.
 *
 * @throws as `sendChat`; an `APIError` too when the answer is empty.
 */
export async function sendSpeech(config: ClientConfig, call: Call): Promise<InferenceAnswer<Uint8Array<ArrayBuffer>>> {
  const answer = await sendInference(config, call, '/audio/speech', 'speech', requestBytes);
  if (answer.response.byteLength === 0) throw misshapen({ ...answer, response: undefined }, 'The answer has no sound');
  return answer;
}
