import { APICallError } from '@ai-sdk/provider';
import { APIError, NetworkError, type OpenRouterError, StreamError } from '@waypost/core';
import { expect } from 'vitest';
import type { Adapter, Heard } from './adapters/adapter.js';
import type { Expected } from './expect.js';
import { isWhole, type Said, saidInResponse, sortCalls } from './said.js';

const STOPPED_BY_ITSELF = new Set(['stop', 'tool_calls', 'end_turn', 'function_call', 'tool_use', 'stop_sequence']);

/** Ids count where the server gave each call one of its own; where it did not, an adapter makes them up. */
function comparableCalls({ calls }: Said, expected: Said): unknown {
  const ids = expected.calls.map(({ id }) => id);
  const own = !ids.includes('') && new Set(ids).size === ids.length;
  return sortCalls(calls).map(({ id, name, args }) => ({ name, args, ...(own && { id }) }));
}

function comparable(said: Said, expected: Said): object {
  return {
    text: said.text, refusal: said.refusal, calls: comparableCalls(said, expected), images: said.images, audio: said.audio,
    annotations: said.annotations.toSorted(), details: said.details, usage: said.usage, finish: said.finish, model: said.model,
    // Without an id of the server's, a framework makes one up.
    ...(expected.id !== '' && { id: said.id }),
  };
}

function expectSaid(heard: Extract<Heard, { kind: 'answer' }>, expected: Said): void {
  const { said, executable, streamed } = heard;
  expect(comparable(said, expected)).toEqual(comparable(expected, expected));
  expect(expected.reasoning).toContain(said.reasoning[0]);
  expect(streamed, 'the text piece by piece').toBe(expected.text);
  // A call that is complete is handed out; one that was cut off never is.
  const whole = expected.calls.filter(isWhole).map(({ name }) => name);
  expect(executable).toEqual(expect.arrayContaining(whole));
  if (!STOPPED_BY_ITSELF.has(expected.finish ?? '')) expect(executable).toHaveLength(whole.length);
}

/** The client's error in what an adapter threw, once its framework's own wrapping has been checked. */
function clientError(adapter: Adapter, thrown: unknown): OpenRouterError & { readonly isRetryable: boolean } {
  let error = thrown;
  if (adapter.name === 'ai-sdk' || adapter.name === 'ai') {
    if (!APICallError.isInstance(thrown)) throw new Error('The AI SDK expects an APICallError', { cause: thrown });
    error = thrown.cause;
    expect(error).toHaveProperty('isRetryable', thrown.isRetryable);
    if (APIError.isInstance(error)) expect(thrown.statusCode).toBe(error.status);
  }
  if (!APIError.isInstance(error) && !StreamError.isInstance(error) && !NetworkError.isInstance(error)) throw new Error('Not a typed error', { cause: thrown });
  return error;
}

function expectPartial(error: unknown, partial: Said): void {
  if (!StreamError.isInstance(error)) throw new Error('What had arrived is lost', { cause: error });
  const kept = saidInResponse(error.partial);
  expect({ text: kept.text, refusal: kept.refusal, calls: comparableCalls(kept, partial), details: kept.details })
    .toEqual({ text: partial.text, refusal: partial.refusal, calls: comparableCalls(partial, partial), details: partial.details });
}

/** Checks what an adapter gave against what the exchange says; `streaming`: whether pieces were handed out before an error. */
export function expectHeard(adapter: Adapter, heard: Heard, expected: Expected, streaming: boolean): void {
  if (heard.kind === 'error' && expected.kind === 'answer') throw new Error('An answer came out as an error', { cause: heard.error });
  expect(heard.kind).toBe(expected.kind);
  if (heard.kind === 'answer' && expected.kind === 'answer') return expectSaid(heard, expected.said);
  if (heard.kind !== 'error' || expected.kind !== 'error') return;
  const { broken, name, reason, status, retryable, says = '', waitMs } = expected.error;
  const error = clientError(adapter, heard.error);
  expect(error.isRetryable, 'isRetryable').toBe(retryable);
  const inner = StreamError.isInstance(error) && APIError.isInstance(error.cause) ? error.cause : error;
  if (broken !== undefined) expect(error).toMatchObject({ name: 'StreamError', reason: broken });
  if (broken === undefined || broken === 'provider') expect(inner.name).toBe(name);
  expect(error.message).toContain(says);
  if (APIError.isInstance(inner)) {
    expect({ reason: inner.reason, status: inner.status }).toEqual({ reason, status });
    if (waitMs !== undefined) expect(inner.retryAfterMs).toBe(waitMs);
  }
  if (expected.partial !== undefined) expectPartial(error, expected.partial);
  if (streaming) expect(heard.streamed, 'the text before the error').toBe(expected.partial?.text ?? '');
}
