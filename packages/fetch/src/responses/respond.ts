import { type CallOptions, sendResponses } from '@waypost/core';
import { configOf } from '../config-of.js';
import type { OpenRouter } from '../create-openrouter.js';
import { convertResult, type RespondResult } from './convert-result.js';
import type { RespondInput } from './request.js';

/**
 * Sends a request to OpenRouter's Responses API and waits for the whole answer: under the client's policy, with its retries, its
 * failover and a receipt. The API keeps nothing between requests, so send the whole history as `input`.
 *
 * @param options as for `chat`.
 * @throws as `chat`. @throws {InvalidOptionsError} also for `store: true` and `previous_response_id`.
 * @example
 * const first = await respond(openrouter, { model: 'openai/gpt-5.1', input: 'Which way to the harbour?' });
 * const next = await respond(openrouter, {
 *   model: 'openai/gpt-5.1',
 *   input: [{ role: 'user', content: 'Which way to the harbour?' }, ...first.output, { role: 'user', content: 'On foot?' }],
 * });
 *
 * Source: OpenRouter API, responses.
 */
export async function respond(client: OpenRouter, request: RespondInput, options?: CallOptions): Promise<RespondResult> {
  const { response, receipt, warnings } = await sendResponses(configOf(client), { body: request, options });
  return convertResult(response, receipt, warnings);
}
