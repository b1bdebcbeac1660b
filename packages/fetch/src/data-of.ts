import { APIError, type ClientConfig, type JsonCall, sendJson } from '@waypost/core';

/**
 * Asks a catalogue or account route, and gives the `data` of its answer.
 *
 * @throws {APIError} also where the answer has none.
 */
export async function dataOf<Data>(config: ClientConfig, call: JsonCall): Promise<Data> {
  const { body, status, headers } = await sendJson(config, call);
  if (typeof body === 'object' && body !== null && 'data' in body) {
    // The type that OpenRouter's API documents for the route. It is open for unknown fields and values, and not checked: what is
    // there is handed on as it came.
    return body.data as Data;
  }
  throw new APIError({ message: `The answer of ${call.path} has no data`, status, reason: 'unknown', isRetryable: false, responseHeaders: headers, responseBody: body });
}
