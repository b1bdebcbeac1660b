import { describe, expect, it } from 'vitest';
import { createChunkDecoder, type StreamEnd } from '../../src/stream/decode-chunks.js';
import { endingOf } from '../../src/stream/error-of.js';
import { EventTooLargeError } from '../../src/stream/event-too-large-error.js';
import { MalformedChunkError } from '../../src/stream/malformed-chunk-error.js';
import type { ChatChunk } from '../../src/wire/chunk.js';
import { bytesOf, cut } from './sse-helpers.js';

interface Outcome {
  chunks: ChatChunk[];
  done: boolean;
  end?: StreamEnd;
  error?: unknown;
}

function run(packets: readonly Uint8Array[], maxEventSize?: number): Outcome {
  const outcome: Outcome = { chunks: [], done: false };
  const decoder = createChunkDecoder<ChatChunk>({
    endingOf,
    onChunk: (chunk) => outcome.chunks.push(chunk),
    ...(maxEventSize !== undefined && { maxEventSize }),
  });
  try {
    for (const packet of packets) decoder.push(packet);
  } catch (error) {
    outcome.error = error;
  }
  outcome.end = decoder.end();
  outcome.done = decoder.done;
  return outcome;
}

const text = (body: string): Outcome => run([bytesOf(body)]);
const hi: ChatChunk = { id: 'gen-1', choices: [{ index: 0, delta: { content: 'hi' }, finish_reason: null }] };
const stop: ChatChunk = { id: 'gen-1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
const event = (chunk: unknown): string => `data: ${JSON.stringify(chunk)}\n\n`;

describe('createChunkDecoder', () => {
  it('tells the error that a chunk carries', () => {
    const errors: unknown[] = [];
    const decoder = createChunkDecoder<ChatChunk>({ endingOf, onChunk: (_, error) => errors.push(error) });
    const failed = { code: 502, message: 'down' };
    decoder.push(bytesOf(event(hi) + event(stop) + event({ ...hi, error: failed }) + event({ choices: [{ finish_reason: 'stop' }, { error: failed }] })));
    expect(errors).toEqual([undefined, undefined, failed, failed]);
  });

  it('decodes chunks up to [DONE], and delivers nothing after it', () => {
    expect(text(`: ping\n\n${event(hi)}${event(stop)}data: [DONE]\n\n${event(hi)}data: [DONE]\n\ndata: not json\n\n`)).toEqual({
      chunks: [hi, stop],
      done: true,
      end: 'proper',
    });
  });

  it('delivers nothing from packets after [DONE] either', () => {
    expect(run([bytesOf('data: [DONE]\n\n'), bytesOf(event(hi)), bytesOf('data: rubbish\n\n')])).toEqual({ chunks: [], done: true, end: 'proper' });
  });

  it.each(['data:[DONE]\n\n', 'data:   [DONE] \n\n', 'data: [DONE]', 'data: [DONE]\r\n\r\n', 'data: \t[DONE]\t\n\n'])('knows %j', (done) => {
    expect(text(event(hi) + done)).toEqual({ chunks: [hi], done: true, end: 'proper' });
  });

  it.each([
    ['no end at all', event(hi), 'truncated'],
    ['nothing at all', '', 'truncated'],
    ['a finish reason without [DONE]', event(hi) + event(stop), 'proper'],
    ['a finish reason of a second choice', event({ choices: [hi.choices?.[0], stop.choices?.[0]] }), 'proper'],
    ['only an empty finish reason', event({ choices: [{ delta: {}, finish_reason: '' }] }), 'truncated'],
    ['[DONE] without a finish reason', `${event(hi)}data: [DONE]\n\n`, 'proper'],
    ['choices that are no list', event({ choices: { finish_reason: 'stop' } }), 'truncated'],
    ['a choice that is null', event({ choices: [null] }), 'truncated'],
    ['an error', event({ error: { code: 502, message: 'down' } }), 'proper'],
  ])('after %s', (_name, body, end) => {
    expect(text(body).end).toBe(end);
  });

  it('takes a whole last chunk without its blank line', () => {
    expect(text(event(hi) + event(stop).trimEnd())).toEqual({ chunks: [hi, stop], done: false, end: 'proper' });
  });

  it('takes half a last chunk for a truncation, not for malformed data', () => {
    const last = event(hi);
    for (let length = 0; length < last.trimEnd().length; length++) {
      expect(text(event(hi) + last.slice(0, length))).toEqual({ chunks: [hi], done: false, end: 'truncated' });
    }
  });

  it('yields the good chunks of a packet before it fails at a bad one, and takes nothing more', () => {
    const outcome = run([bytesOf(`${event(hi)}${event(stop)}data: {"id":\n\n${event(hi)}`), bytesOf(event(hi))]);
    expect(outcome).toEqual({ chunks: [hi, stop], done: false, end: 'truncated', error: new MalformedChunkError(6) });
  });

  it.each(['<html>', '"text"', '5', 'null', '[]', '[1]', 'true', '{"a":1}{"b":2}'])('refuses %j', (data) => {
    expect(text(`data: ${data}\n\n`).error).toBeInstanceOf(MalformedChunkError);
  });

  it('does not repeat the data it could not read', () => {
    const { error } = text('data: {"secret": sk-or-v1-abc\n\n');
    expect(error).toBeInstanceOf(MalformedChunkError);
    expect(`${String(error)} ${JSON.stringify(error)} ${(error as Error).stack} ${String((error as Error).cause)}`).not.toMatch(/secret|sk-or/);
  });

  it('ignores blank events', () => {
    expect(text(`data:\n\ndata:   \n\n${event(stop)}`)).toEqual({ chunks: [stop], done: false, end: 'proper' });
  });

  it('bounds the size of an event', () => {
    const outcome = run([bytesOf(event(stop) + event({ x: 'y'.repeat(1000) }))], 200);
    expect(outcome).toEqual({ chunks: [stop], done: false, end: 'truncated', error: new EventTooLargeError(200) });
  });

  it('decodes the same under every split', () => {
    const bytes = bytesOf(`: ping\r\n\r\n${event({ ...hi, model: 'é€😀' })}${event(stop)}data: [DONE]\n\n`);
    const whole = run([bytes]);
    expect(whole.chunks).toHaveLength(2);
    for (let at = 0; at <= bytes.length; at++) expect(run(cut(bytes, [at]))).toEqual(whole);
  });

  it('passes on what the caller throws, and counts that as no proper end', () => {
    const decoder = createChunkDecoder<ChatChunk>({
    endingOf,
      onChunk: () => {
        throw new RangeError('consumer');
      },
    });
    expect(() => decoder.push(bytesOf(event(stop)))).toThrow(RangeError);
    decoder.push(bytesOf(event(stop)));
    expect(decoder.end()).toBe('truncated');
  });
});
