import { fromBase64 } from '../base64.js';
import { isRecord } from '../policy/report.js';
import type { EmbeddingsResponse } from '../wire/embeddings.js';
import type { ClientConfig } from './config.js';
import { misshapen } from './misshapen.js';
import type { Call } from './prepare.js';
import { type InferenceAnswer, sendInference } from './send-inference.js';

/** An embeddings call that came back whole. */
export interface EmbeddingsAnswer extends InferenceAnswer<EmbeddingsResponse> {
  /** One vector per input, in the order of the inputs; base64 is decoded. */
  readonly embeddings: number[][];
}

/** Base64 of 32-bit floats, the least byte first; undefined where it is none. */
function decode(base64: string): number[] | undefined {
  const bytes = fromBase64(base64);
  if (bytes === undefined) return undefined;
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length >> 2 }, (_, i) => view.getFloat32(i * 4, true));
}

const isRow = (row: unknown): boolean => isRecord(row) && (typeof row['embedding'] === 'string' || Array.isArray(row['embedding']));

const isResponse = (body: unknown): body is EmbeddingsResponse => isRecord(body) && Array.isArray(body['data']) && body['data'].every(isRow);

/**
 * Sends an embeddings request and puts the vectors in the order of the inputs. For adapters.
 *
 * @throws as `sendChat`; an `APIError` too when the answer holds no vectors, or not one for each `index`.
 */
export async function sendEmbeddings(config: ClientConfig, call: Call): Promise<EmbeddingsAnswer> {
  const answer = await sendInference(config, call, '/embeddings', 'embeddings');
  const { response } = answer;
  if (!isResponse(response)) throw misshapen(answer, 'The answer has no embeddings');
  const rows = response.data.map((row, place) => ({ embedding: row.embedding, index: row.index ?? place })).sort((a, b) => a.index - b.index);
  if (rows.some(({ index }, place) => index !== place)) throw misshapen(answer, 'The answer lacks some of the embeddings, or has some twice');
  const embeddings = rows.flatMap(({ embedding }) => {
    const vector = typeof embedding === 'string' ? decode(embedding) : embedding;
    return vector ? [vector] : [];
  });
  if (embeddings.length < rows.length) throw misshapen(answer, 'The answer has an embedding that is no base64');
  return { ...answer, response, embeddings };
}
