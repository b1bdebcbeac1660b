import type { Exchange } from '@waypost-tests/fixtures';
import { type ExpectedError, expectError } from './expect-error.js';
import { firstChoice, readStream, saidInChunks } from './expect-stream.js';
import { list, type Loose, object, text } from './loose.js';
import { type Said, saidInResponse } from './said.js';

/** What must come of an exchange: an answer, or an error with what had arrived before it. */
export type Expected =
  | { readonly kind: 'answer'; readonly said: Said }
  | { readonly kind: 'error'; readonly error: ExpectedError; readonly partial: Said | undefined };

const FAILED = { code: 502, message: '' };

/** The error in a chunk or a body, wherever it is. */
function errorIn(value: Loose): unknown {
  if (value['error']) return value['error'];
  const choice = object(list(value['choices'])[0]);
  return choice['error'] ?? (choice['finish_reason'] === 'error' ? FAILED : undefined);
}

/** Whether anything of an answer is here; role and empty strings are nothing. */
function isSomething(part: Loose): boolean {
  const fields = ['content', 'refusal', 'reasoning', 'audio', 'tool_calls', 'reasoning_details', 'images', 'annotations'];
  return fields.some((field) => (Array.isArray(part[field]) ? list(part[field]).length > 0 : Boolean(part[field])));
}

function expectJson({ status, headers, body }: Exchange['response']): Expected {
  if (typeof body !== 'object' || body === null) return { kind: 'error', error: expectError({ status, headers, text: text(body) }), partial: undefined };
  const detail = errorIn(object(body));
  if (status < 400 && detail === undefined) return { kind: 'answer', said: saidInResponse(body) };
  const held = isSomething(object(object(list(object(body)['choices'])[0])['message']));
  return { kind: 'error', error: { ...expectError({ status, headers, detail }), ...(held && { broken: 'provider' }) }, partial: held ? saidInResponse(body) : undefined };
}

function expectStream({ status, headers, sse = '', ending }: Exchange['response']): Expected {
  const { chunks, malformed, done } = readStream(sse);
  const at = chunks.findIndex((chunk) => errorIn(chunk) !== undefined);
  const before = at < 0 ? chunks : chunks.slice(0, at);
  const begun = before.some((chunk) => chunk['usage'] || firstChoice(chunk)['finish_reason'] || isSomething(object(firstChoice(chunk)['delta'])));
  const broken = (error: ExpectedError): Expected => ({ kind: 'error', error, partial: begun ? saidInChunks(before) : undefined });
  if (at >= 0) {
    const detail = errorIn(object(chunks[at]));
    return broken({ ...expectError({ status, headers, detail }), ...(begun && { broken: 'provider', retryable: false }) });
  }
  const stopped = (how: string): Expected => broken({ name: 'StreamError', reason: 'stream', broken: how, retryable: !begun, status: undefined });
  if (malformed) return stopped('malformed');
  const finished = done || chunks.some((chunk) => firstChoice(chunk)['finish_reason']);
  if (finished) return { kind: 'answer', said: saidInChunks(chunks) };
  if (ending === 'reset' && !begun) return { kind: 'error', error: { name: 'NetworkError', reason: 'network', retryable: true, status: undefined }, partial: undefined };
  return stopped('truncated');
}

/** The expectation for a chat request that gets this response. */
export function expectOf({ response }: Exchange): Expected {
  return response.sse === undefined ? expectJson(response) : expectStream(response);
}
