import { APIError, type CallOptions, type ClientConfig, type EmbeddingsResponse, type Receipt, sendInference, tokenUsage, type TokenUsage, type Warning } from '@waypost/core';
import type { EmbedInput } from './chat-request.js';

/** What an embeddings call gives. */
export interface EmbedResult {
  /** One vector per input, in the order of the inputs; base64 is decoded. */
  embeddings: number[][];
  usage: TokenUsage | undefined;
  /** Undefined when receipts are off. */
  receipt: Receipt | undefined;
  /** The wire's JSON, untouched. */
  response: EmbeddingsResponse;
  warnings: readonly Warning[];
}

/** Base64 of 32-bit floats, the least byte first. */
function decode(base64: string): number[] {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length >> 2 }, (_, i) => view.getFloat32(i * 4, true));
}

const isResponse = (body: unknown): body is EmbeddingsResponse => typeof body === 'object' && body !== null && 'data' in body && Array.isArray(body.data);

export async function embed(config: ClientConfig, request: EmbedInput, options?: CallOptions): Promise<EmbedResult> {
  const { response, receipt, warnings, status, headers } = await sendInference(config, { body: request, options }, '/embeddings', 'embeddings');
  if (!isResponse(response)) {
    throw new APIError({ message: 'The answer has no embeddings', status, reason: 'unknown', isRetryable: false, responseHeaders: headers, responseBody: response });
  }
  const rows = response.data.map((row, place) => ({ embedding: row.embedding, index: row.index ?? place })).sort((a, b) => a.index - b.index);
  return {
    embeddings: rows.map(({ embedding }) => (typeof embedding === 'string' ? decode(embedding) : embedding)),
    usage: tokenUsage(response.usage),
    receipt,
    response,
    warnings,
  };
}
