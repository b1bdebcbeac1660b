import { describe, expect, it } from 'vitest';
import { errorOf } from '../../src/stream/error-of.js';
import type { ChatChunk } from '../../src/wire/chunk.js';

const parse = (json: string): ChatChunk => JSON.parse(json) as ChatChunk;

describe('errorOf', () => {
  it.each([
    ['a good chunk', '{"id":"gen-1","choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]}'],
    ['a usage chunk', '{"id":"gen-1","choices":[],"usage":{"total_tokens":1}}'],
    ['an error of null', '{"error":null,"choices":[{"delta":{},"error":null}]}'],
    ['no choices', '{}'],
    ['choices that are no list', '{"choices":{}}'],
    ['a choice that is null', '{"choices":[null]}'],
    ['a finish reason nobody knows', '{"choices":[{"delta":{},"finish_reason":"end_turn"}]}'],
  ])('finds none in %s', (_name, json) => {
    expect(errorOf(parse(json))).toBeUndefined();
  });

  it('finds a top-level error beside choices', () => {
    const chunk = parse(
      '{"id":"gen-1","error":{"code":502,"message":"down","metadata":{"error_type":"provider_unavailable"}},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}',
    );
    expect(errorOf(chunk)).toEqual({ code: 502, message: 'down', metadata: { error_type: 'provider_unavailable' } });
  });

  it('finds an error without id and choices', () => {
    expect(errorOf(parse('{"error":{"code":"server_error","message":"x"}}'))).toEqual({ code: 'server_error', message: 'x' });
  });

  it('takes bare text for the message', () => {
    expect(errorOf(parse('{"error":"overloaded"}'))).toEqual({ message: 'overloaded' });
  });

  it('finds the error of any choice', () => {
    const chunk = parse('{"choices":[{"delta":{}},{"delta":{},"finish_reason":"error","error":{"code":429,"message":"slow down"}}]}');
    expect(errorOf(chunk)).toEqual({ code: 429, message: 'slow down' });
  });

  it('makes up a detail where a finish reason is all there is', () => {
    expect(errorOf(parse('{"provider":"Acme","choices":[{"delta":{"content":""},"finish_reason":"error"}]}'))).toEqual({
      code: 502,
      message: 'The provider failed while generating, and gave no reason',
      metadata: { provider_name: 'Acme' },
    });
    expect(errorOf(parse('{"choices":[{"finish_reason":"error"}]}'))).toMatchObject({ code: 502 });
  });
});
