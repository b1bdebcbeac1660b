import { isRecord } from '../policy/report.js';
import type { ImagesResponse } from '../wire/images.js';
import type { ClientConfig } from './config.js';
import { misshapen } from './misshapen.js';
import { asOnce } from './once.js';
import type { Call } from './prepare.js';
import { type InferenceAnswer, sendInference } from './send-inference.js';

const isResponse = (body: unknown): body is ImagesResponse => isRecord(body) && Array.isArray(body['data']) && body['data'].every(isRecord);

/**
 * Sends a request for pictures, once. For adapters.
 *
 * @throws as `sendChat`, but `isRetryable` only where it is certain that nothing was made; an `APIError` too when the answer holds
 * no list of pictures.
 */
export async function sendImages(config: ClientConfig, call: Call): Promise<InferenceAnswer<ImagesResponse>> {
  try {
    const answer = await sendInference(config, call, '/images', 'images');
    const { response } = answer;
    if (!isResponse(response)) throw misshapen(answer, 'The answer has no images');
    return { ...answer, response };
  } catch (error) {
    throw asOnce(error);
  }
}
