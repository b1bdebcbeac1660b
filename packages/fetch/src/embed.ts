import { type CallOptions, type ClientConfig, type EmbeddingsResponse, type Receipt, sendEmbeddings, tokenUsage, type TokenUsage, type Warning } from '@waypost/core';
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

export async function embed(config: ClientConfig, request: EmbedInput, options?: CallOptions): Promise<EmbedResult> {
  const { embeddings, response, receipt, warnings } = await sendEmbeddings(config, { body: request, options });
  return { embeddings, usage: tokenUsage(response.usage), receipt, response, warnings };
}
