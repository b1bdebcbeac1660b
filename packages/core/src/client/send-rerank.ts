import { isRecord } from '../policy/report.js';
import type { RerankResponse } from '../wire/rerank.js';
import type { ClientConfig } from './config.js';
import { misshapen } from './misshapen.js';
import type { Call } from './prepare.js';
import { type InferenceAnswer, sendInference } from './send-inference.js';

const isResult = (result: unknown): boolean => isRecord(result) && typeof result['index'] === 'number' && typeof result['relevance_score'] === 'number';

const isResponse = (body: unknown): body is RerankResponse => isRecord(body) && Array.isArray(body['results']) && body['results'].every(isResult);

/**
 * Sends a rerank request; its results come best first. For adapters.
 *
 * @throws as `sendChat`; an `APIError` too when the answer holds no results, or ranks a document twice or one that was not sent.
 */
export async function sendRerank(config: ClientConfig, call: Call): Promise<InferenceAnswer<RerankResponse>> {
  const answer = await sendInference(config, call, '/rerank', 'rerank');
  const { response } = answer;
  if (!isResponse(response)) throw misshapen(answer, 'The answer has no results');
  const { documents } = call.body;
  const count = Array.isArray(documents) ? documents.length : Infinity;
  const places = response.results.map(({ index }) => index);
  if (!places.every((index) => Number.isInteger(index) && index >= 0 && index < count)) throw misshapen(answer, 'The answer ranks documents that were not sent');
  if (new Set(places).size < places.length) throw misshapen(answer, 'The answer ranks a document twice');
  return { ...answer, response };
}
