import { isRecord } from '../policy/report.js';
import type { DecisionsResponse } from '../wire/decisions.js';
import type { ClientConfig } from './config.js';
import { misshapen } from './misshapen.js';
import type { Call } from './prepare.js';
import { type InferenceAnswer, sendInference } from './send-inference.js';

const isResponse = (body: unknown): body is DecisionsResponse =>
  isRecord(body) && isRecord(body['answers']) && Object.values(body['answers']).every((answer) => isRecord(answer) && typeof answer['type'] === 'string');

/**
 * Sends questions about one state. For adapters.
 *
 * @param path default: beside the base URL's `/v1`.
 * @throws as `sendChat`; an `APIError` too when the answer holds no answers.
 */
export async function sendDecisions(config: ClientConfig, call: Call, path = '/alpha/decisions'): Promise<InferenceAnswer<DecisionsResponse>> {
  const answer = await sendInference(config, call, path, 'decisions');
  const { response } = answer;
  if (!isResponse(response)) throw misshapen(answer, 'The answer has no answers');
  return { ...answer, response };
}
