import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAccumulator } from '../../src/stream/accumulate.js';
import { createChunkDecoder, type StreamEnd } from '../../src/stream/decode-chunks.js';
import type { ChatChunk } from '../../src/wire/chunk.js';
import { endingOf, errorOf } from '../../src/stream/error-of.js';
import { completeArguments } from '../../src/stream/tool-calls.js';
import type { ChatResponse } from '../../src/wire/chat.js';
import type { ErrorDetail } from '../../src/wire/error-body.js';
import { bytesOf } from './sse-helpers.js';

/** Recorded traffic of other projects, which is not part of this repository: it stands beside the checkout, where it does. */
const folder = new URL('../../../../../shared/cassettes/', import.meta.url);
const present = existsSync(folder);
const required = Boolean(process.env['WAYPOST_REQUIRE_CASSETTES']);

interface Cassette {
  response: { sse?: string; chunkBytes?: number[] | null };
}

const load = (kind: string): [string, Cassette][] =>
  readdirSync(new URL(`${kind}/`, folder))
    .filter((name) => name.endsWith('.json'))
    .map((name): [string, Cassette] => [name, JSON.parse(readFileSync(new URL(`${kind}/${name}`, folder), 'utf8')) as Cassette])
    .filter(([, cassette]) => cassette.response.sse !== undefined);

// oxlint-disable-next-line typescript/no-explicit-any -- naive code on purpose: it must not share the types of what it checks
type Loose = any;

/** What a stream holds, found by the most naive code. */
function naive(sse: string): { text: string; reasoning: string; calls: { id: string; name: string; args: string }[]; details: string[]; usage: unknown; finish: unknown; annotations: number; logprobs: number } {
  const out = { text: '', reasoning: '', calls: [] as { id: string; name: string; args: string }[], details: [] as string[], usage: undefined as unknown, finish: null as unknown, annotations: 0, logprobs: 0 };
  const byIndex: { id: string; name: string; args: string }[] = [];
  const kinds: Record<string, string> = {};
  for (const line of sse.split(/\r\n|\n|\r/)) {
    if (!line.startsWith('data:') || line.includes('[DONE]')) continue;
    const chunk: Loose = JSON.parse(line.slice(5));
    if (chunk.error) continue;
    out.usage = chunk.usage ?? out.usage;
    for (const choice of chunk.choices) {
      out.text += choice.delta.content ?? '';
      out.reasoning += choice.delta.reasoning ?? '';
      out.finish ??= choice.finish_reason;
      out.annotations += choice.delta.annotations?.length ?? 0;
      out.logprobs += choice.logprobs?.content?.length ?? 0;
      for (const detail of choice.delta.reasoning_details ?? []) {
        const whole = detail.data === undefined ? '' : JSON.stringify(detail);
        kinds[`${detail.type} ${detail.index}`] = `${kinds[`${detail.type} ${detail.index}`] ?? ''}${detail.text ?? ''}${detail.summary ?? ''}${whole}${detail.signature ?? ''}`;
      }
      for (const part of choice.delta.tool_calls ?? []) {
        const call = (byIndex[part.index] ??= { id: '', name: '', args: '' });
        call.id ||= part.id ?? '';
        call.name ||= part.function.name ?? '';
        call.args += part.function.arguments ?? '';
      }
    }
  }
  out.calls = byIndex.filter(Boolean);
  out.details = Object.entries(kinds).map(([key, value]) => `${key} ${value}`);
  return out;
}

function asJson(args: string): string | undefined {
  try {
    JSON.parse(args || '{}');
    return args || '{}';
  } catch {
    return undefined;
  }
}

function decode(cassette: Cassette, size: number | 'recorded'): { response: ChatResponse; end: StreamEnd; errors: ErrorDetail[] } {
  const accumulator = createAccumulator();
  const errors: ErrorDetail[] = [];
  const decoder = createChunkDecoder<ChatChunk>({
    endingOf,
    onChunk(chunk) {
      const error = errorOf(chunk);
      if (error) errors.push(error);
      else accumulator.add(chunk);
    },
  });
  const bytes = bytesOf(cassette.response.sse ?? '');
  const sizes = size === 'recorded' ? [...(cassette.response.chunkBytes ?? [])] : [];
  for (let from = 0; from < bytes.length; ) {
    const to = from + (size === 'recorded' ? (sizes.shift() ?? bytes.length) : size);
    decoder.push(bytes.subarray(from, to));
    from = to;
  }
  return { end: decoder.end(), response: accumulator.response(), errors };
}

if (!present && !required) console.warn('The recorded traffic is not beside this checkout: its tests are left out.');

it.runIf(required)('has the recorded traffic that WAYPOST_REQUIRE_CASSETTES asks for', () => {
  expect(present).toBe(true);
});

describe.runIf(present)('recorded streams', () => {
  const streams = present ? load('chat-sse') : [];

  it('are there', () => {
    expect(streams.length).toBeGreaterThan(100);
  });

  it.each(streams)('%s', (_name, cassette) => {
    const expected = naive(cassette.response.sse ?? '');
    const whole = decode(cassette, Number.MAX_SAFE_INTEGER);
    const message = whole.response.choices[0]?.message;
    expect(whole.errors).toEqual([]);
    expect(message?.content ?? '').toBe(expected.text);
    expect(message?.reasoning ?? '').toBe(expected.reasoning);
    expect((message?.tool_calls ?? []).map((call) => ({ id: call.id, name: call.function.name, args: call.function.arguments }))).toEqual(expected.calls);
    // Some were cut off by the token limit, and nevertheless say that they finished with tool calls.
    expect((message?.tool_calls ?? []).map((call) => completeArguments(call.function))).toEqual(expected.calls.map(({ args }) => asJson(args)));
    expect(
      (message?.reasoning_details ?? []).map((detail) => {
        const { text, summary, signature, data } = detail as Loose;
        return `${detail.type} ${detail.index} ${text ?? ''}${summary ?? ''}${data === undefined ? '' : JSON.stringify(detail)}${signature ?? ''}`;
      }),
    ).toEqual(expected.details);
    expect(whole.response.usage).toEqual(expected.usage);
    expect(whole.response.choices[0]?.finish_reason).toEqual(expected.finish);
    expect(message?.annotations?.length ?? 0).toBe(expected.annotations);
    expect((whole.response.choices[0]?.logprobs as Loose)?.content?.length ?? 0).toBe(expected.logprobs);
    expect(whole.end).toBe(cassette.response.sse?.includes('[DONE]') || expected.finish ? 'proper' : 'truncated');
    for (const size of ['recorded', 1, 7, 1024] as const) expect(decode(cassette, size), `packets: ${size}`).toEqual(whole);
  });

  it.each(present ? load('errors') : [])('%s gives its error', (_name, cassette) => {
    const { errors } = decode(cassette, 64);
    const expected: Loose[] = (cassette.response.sse ?? '')
      .split('\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line): Loose => JSON.parse(line.slice(6)))
      .filter((chunk) => chunk.error);
    expect(expected.length).toBeGreaterThan(0);
    expect(errors).toEqual(expected.map((chunk) => chunk.error));
  });
});
