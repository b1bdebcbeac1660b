import { type Answer, APIError, type ClientConfig, type JsonCall, sendJson } from '@waypost/core';

const isBody = (body: unknown): body is { readonly data: unknown } => typeof body === 'object' && body !== null && 'data' in body;

/** The error for an answer of a catalogue or account route that lacks what it is for. */
export const lacking = ({ path }: JsonCall, { status, headers, body }: Answer<unknown>, what: string): APIError =>
  new APIError({ message: `The answer of ${path} has no ${what}`, status, reason: 'unknown', isRetryable: false, responseHeaders: headers, responseBody: body });

/**
 * Asks a catalogue or account route, and gives its whole answer, which has `data`.
 *
 * @throws {APIError} also where the answer has none.
 */
export async function answerOf<Body extends { data: unknown }>(config: ClientConfig, call: JsonCall): Promise<Answer<Body>> {
  const answer = await sendJson(config, call);
  if (!isBody(answer.body)) throw lacking(call, answer, 'data');
  // The type that OpenRouter's API documents for the route. It is open for unknown fields and values, and not checked: what is
  // there is handed on as it came.
  return { ...answer, body: answer.body as Body };
}

/**
 * The same, but gives the `data` alone.
 *
 * @throws {APIError} also where the answer has none.
 */
export async function dataOf<Data>(config: ClientConfig, call: JsonCall): Promise<Data> {
  return (await answerOf<{ data: Data }>(config, call)).body.data;
}
