import type { ChatChunk } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { createGateway, ok, type Reply, reply, type Wire } from '../../src/index.js';
import { chat, chatSse, parseSse, type Sse } from '../helpers.js';

const TWO_CALLS = reply.toolCalls([{ name: 'weather', args: { city: 'Oslo' } }, { name: 'time', args: { zone: 'UTC' } }]);

function stream(wire: Wire, answer: Reply = reply.text('One two three'), body: object = {}): Promise<Sse> {
  return chatSse(createGateway({ scenario: { reply: answer, wire } }), { ...body });
}

async function bytes(wire: Wire, answer: Reply = reply.text('Grüße 👋 世界')): Promise<{ readonly packets: readonly Uint8Array[]; readonly text: string }> {
  const response = await chat(createGateway({ scenario: { reply: answer, wire } }), { stream: true });
  const packets: Uint8Array[] = [];
  for await (const packet of response.body ?? []) packets.push(packet);
  return { packets, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(await new Blob(packets).arrayBuffer()) };
}

const choice = (chunk: ChatChunk | undefined) => chunk?.choices?.[0];
const contents = ({ chunks }: Sse): string => chunks.map((chunk) => choice(chunk)?.delta?.content ?? '').join('');
const finishes = ({ chunks }: Sse): unknown[] => chunks.map((chunk) => choice(chunk)?.finish_reason);
const calls = ({ chunks }: Sse) => chunks.flatMap((chunk) => choice(chunk)?.delta?.tool_calls ?? []);
const details = ({ chunks }: Sse) => chunks.flatMap((chunk) => choice(chunk)?.delta?.reasoning_details ?? []);

describe('a stream without quirks', () => {
  it('has a comment, text, a finish chunk, a usage chunk that repeats it, and [DONE]', async () => {
    const sse = await stream({});
    expect(sse.comments).toEqual([': OPENROUTER PROCESSING']);
    expect(contents(sse)).toBe('One two three');
    expect(finishes(sse)).toEqual([null, null, null, 'stop', 'stop']);
    expect(sse.chunks.map((chunk) => chunk.usage !== undefined)).toEqual([false, false, false, false, true]);
    expect(new Set(sse.chunks.map((chunk) => chunk.id)).size).toBe(1);
    expect(sse.chunks.every((chunk) => choice(chunk)?.delta?.role === 'assistant')).toBe(true);
    expect(sse.done).toBe(true);
  });

  it('streams tool calls in pieces whose arguments join to the whole', async () => {
    const pieces = calls(await stream({}, TWO_CALLS));
    const joined = (index: number): string => pieces.filter((piece) => piece.index === index).map((piece) => piece.function?.arguments).join('');
    expect(joined(0)).toBe('{"city":"Oslo"}');
    expect(joined(1)).toBe('{"zone":"UTC"}');
    expect(pieces.filter((piece) => piece.id !== undefined).map((piece) => [piece.id, piece.function?.name])).toEqual([['call_0', 'weather'], ['call_1', 'time']]);
  });

  it('streams every kind of content', async () => {
    const sse = await stream({}, reply.message({
      content: 'text', refusal: 'no', images: [{ image_url: { url: 'data:,' } }], audio: { id: 'a', data: 'AA==' },
      annotations: [{ type: 'url_citation', url_citation: { url: 'https://example.com' } }],
    }));
    const deltas = sse.chunks.map((chunk) => choice(chunk)?.delta);
    expect(deltas.map((delta) => delta?.refusal ?? '').join('')).toBe('no');
    expect(deltas.flatMap((delta) => delta?.images ?? [])).toEqual([{ index: 0, image_url: { url: 'data:,' } }]);
    expect(deltas.flatMap((delta) => delta?.audio ?? [])).toEqual([{ id: 'a', data: 'AA==' }]);
    expect(deltas.flatMap((delta) => delta?.annotations ?? [])).toHaveLength(1);
  });
});

describe('bytes', () => {
  it.each([['one byte each', { size: 1 }], ['seven bytes each', { size: 7 }], ['given sizes', [3, 1, 40, 2]], ['one packet', 'whole'], ['per event', 'event']] as const)(
    '%s are the same text',
    async (_name, packets) => {
      const plain = await bytes({});
      const cut = await bytes({ packets });
      expect(cut.text).toBe(plain.text);
      expect(cut.packets.every((packet) => packet.length > 0)).toBe(true);
      if (typeof packets === 'object' && 'size' in packets) expect(cut.packets[0]).toHaveLength(packets.size);
    },
  );

  it('are cut inside a character', async () => {
    const { packets } = await bytes({ packets: { size: 1 } });
    expect(packets.some((packet) => (packet[0] ?? 0) >= 0x80)).toBe(true);
  });

  it('have the line ends, the BOM and the open end that the wire asks for', async () => {
    const crlf = await bytes({ lineEnd: '\r\n', bom: true });
    expect(crlf.text.startsWith('\uFEFF: OPENROUTER PROCESSING\r\n\r\ndata: {')).toBe(true);
    expect(crlf.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect((await bytes({ lineEnd: '\r' })).text).not.toContain('\n');
    expect((await bytes({ unterminated: true })).text.endsWith('data: [DONE]')).toBe(true);
    expect((await bytes({ comments: { before: 2, between: 1, text: '' } })).text.startsWith(':\n\n:\n\ndata: ')).toBe(true);
  });

  it('end where they are cut, quietly or as a broken connection', async () => {
    expect((await bytes({ cutBytes: 50 })).packets.reduce((sum, packet) => sum + packet.length, 0)).toBe(50);
    await expect(bytes({ cutBytes: 50, ending: 'reset' })).rejects.toThrow(TypeError);
  });

  it('hold one huge event', async () => {
    const { text } = await bytes({ hugeEvent: 100_000 });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeGreaterThan(100_000);
  });
});

describe('endings', () => {
  it.each<[string, Wire, readonly unknown[]]>([
    ['with the last delta', { finish: 'with-last' }, [null, null, 'stop', 'stop']],
    ['repeated', { finish: 'repeated' }, [null, null, null, 'stop', 'stop', 'stop']],
    ['missing', { finish: 'missing' }, [null, null, null, null]],
    ['with usage without choices', { usage: 'empty-choices' }, [null, null, null, 'stop', undefined]],
    ['with usage in an idle delta', { usage: 'empty-delta' }, [null, null, null, 'stop', null]],
    ['with usage on it', { usage: 'with-finish' }, [null, null, null, 'stop']],
    ['without usage', { usage: 'missing' }, [null, null, null, 'stop']],
  ])('a finish reason %s', async (_name, wire, expected) => {
    const sse = await stream(wire);
    expect(finishes(sse)).toEqual(expected);
    expect(sse.chunks.at(-1)?.usage === undefined).toBe(wire.usage === 'missing');
  });

  it('a finish reason on every tool chunk, of two calls that share an index', async () => {
    const sse = await stream({ toolDeltas: { size: Infinity, index: 'zero' }, finish: 'every-tool-chunk' }, TWO_CALLS);
    expect(finishes(sse)).toEqual(['tool_calls', 'tool_calls', 'tool_calls']);
    expect(calls(sse).map((piece) => [piece.index, piece.id, piece.function?.arguments])).toEqual([[0, 'call_0', '{"city":"Oslo"}'], [0, 'call_1', '{"zone":"UTC"}']]);
  });

  it.each<[string, Wire, number]>([
    ['after so many events', { cut: 2 }, 2],
    ['inside a tool call', { cut: 'tool-call' }, 2],
    ['before the finish reason', { cut: 'before-finish' }, 6],
    ['before [DONE]', { cut: 'before-done' }, 8],
    ['without [DONE]', { done: false }, 8],
  ])('a stream cut %s', async (_name, wire, events) => {
    const sse = await stream(wire, TWO_CALLS);
    expect(sse.chunks).toHaveLength(events);
    expect(sse.done).toBe(false);
  });
});

describe('tool deltas', () => {
  it.each<[string, NonNullable<Wire['toolDeltas']>, object]>([
    ['empty ids later', { laterId: 'empty' }, { id: '' }],
    ['null ids later', { laterId: 'null' }, { id: null }],
    ['repeated ids', { laterId: 'repeat' }, { id: 'call_1' }],
    ['null names later', { laterName: 'null' }, { function: { name: null } }],
    ['repeated names', { laterName: 'repeat' }, { function: { name: 'time' } }],
    ['a last delta with null arguments', { trailing: 'null' }, { function: { arguments: null } }],
  ])('with %s', async (_name, toolDeltas, expected) => {
    expect(calls(await stream({ toolDeltas }, TWO_CALLS)).at(-1)).toMatchObject(expected);
  });

  it('without a type, without an index, with null arguments first', async () => {
    const pieces = calls(await stream({ toolDeltas: { type: 'never', index: 'absent', firstArguments: 'null' } }, TWO_CALLS));
    expect(pieces.every((piece) => !('type' in piece) && !('index' in piece))).toBe(true);
    expect(pieces[0]?.function?.arguments).toBeNull();
  });
});

describe('reasoning', () => {
  const signed = reply.message({
    content: 'Answer',
    reasoning: 'Think hard',
    reasoning_details: [
      { type: 'reasoning.text', text: 'Think hard', signature: 'sig', format: 'anthropic-claude-v1', index: 0 },
      { type: 'reasoning.encrypted', data: 'blob', format: 'google-gemini-v1', index: 1 },
    ],
  });

  it('comes in pieces, with the signature in a detail of its own', async () => {
    const sse = await stream({}, signed);
    expect(details(sse)).toEqual([
      { type: 'reasoning.text', text: 'Think', format: 'anthropic-claude-v1', index: 0 },
      { type: 'reasoning.text', text: ' hard', format: 'anthropic-claude-v1', index: 0 },
      { type: 'reasoning.text', signature: 'sig', format: 'anthropic-claude-v1', index: 0 },
      { type: 'reasoning.encrypted', data: 'blob', format: 'google-gemini-v1', index: 1 },
    ]);
    expect(sse.chunks.map((chunk) => choice(chunk)?.delta?.reasoning ?? '').join('')).toBe('Think hard');
  });

  it('comes after the text, the blob and the signature last, where the wire says so', async () => {
    const order = async (wire: Wire): Promise<string[]> => (await stream(wire, signed)).chunks.slice(0, -2).map((chunk) => {
      const delta = choice(chunk)?.delta;
      const detail = delta?.reasoning_details?.[0];
      if (detail === undefined) return 'text';
      return detail.type === 'reasoning.encrypted' ? 'blob' : 'text' in detail ? 'thought' : 'signature';
    });
    expect(await order({ reasoning: 'after' })).toEqual(['text', 'thought', 'thought', 'signature', 'blob']);
    expect(await order({ encrypted: 'after' })).toEqual(['thought', 'thought', 'signature', 'text', 'blob']);
    expect(await order({ signature: 'end', encrypted: 'after' })).toEqual(['thought', 'thought', 'text', 'blob', 'signature']);
    expect(await order({ signature: 'with-text' })).toEqual(['thought', 'thought', 'blob', 'text']);
  });

  it('leaves out the text beside details, and puts empty details where there are none', async () => {
    const sse = await stream({ reasoningText: false, emptyReasoningDetails: true, idleContent: 'null' }, signed);
    expect(sse.chunks.some((chunk) => choice(chunk)?.delta?.reasoning !== undefined)).toBe(false);
    expect(choice(sse.chunks[0])?.delta?.content).toBeNull();
    expect(sse.chunks.find((chunk) => choice(chunk)?.delta?.content === 'Answer')?.choices?.[0]?.delta?.reasoning_details).toEqual([]);
  });
});

describe('errors inside a stream', () => {
  it.each([
    ['chunk', { error: { code: 502 }, choices: [{ finish_reason: 'error', native_finish_reason: 'error' }] }],
    ['choice', { choices: [{ finish_reason: 'error', error: { code: 502 } }] }],
    ['finish', { choices: [{ finish_reason: 'error' }] }],
  ] as const)('in the shape %s', async (shape, expected) => {
    const sse = await stream({ error: { shape } });
    expect(sse.chunks).toHaveLength(2);
    expect(sse.chunks[1]).toMatchObject(expected);
    expect(sse.done).toBe(false);
  });

  it('alone, as the first event, with a code that is a string', async () => {
    const sse = await stream({ error: { after: 0, shape: 'bare', detail: { code: 'server_error', message: 'Broken' }, done: true } });
    expect(sse.chunks).toEqual([{ error: { code: 'server_error', message: 'Broken' } }]);
    expect(sse.done).toBe(true);
  });

  it('after the tool calls, with usage and without [DONE], and without a charge', async () => {
    const gateway = createGateway({ scenario: { reply: TWO_CALLS, wire: { error: { after: 'end', usage: true } } } });
    const sse = await chatSse(gateway);
    expect(calls(sse)).toHaveLength(6);
    expect(sse.chunks.at(-2)?.error).toBeDefined();
    expect(sse.chunks.at(-1)?.usage?.cost).toBe(0);
    expect(gateway.requests[0]?.cost).toBe('0');
    expect(sse.done).toBe(false);
  });
});

describe('a stream that does not end', () => {
  it('stalls after so many events until the reader leaves, which is noted', async () => {
    const gateway = createGateway({ scenario: { wire: { stallAfter: 1 } } });
    const reader = (await chat(gateway, { stream: true })).body?.getReader();
    await reader?.read();
    expect(parseSse(new TextDecoder().decode((await reader?.read())?.value)).chunks).toHaveLength(1);
    const pending = reader?.read();
    expect(gateway.requests[0]?.cancelled).toBe(false);
    await reader?.cancel();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(gateway.requests[0]?.cancelled).toBe(true);
  });

  it('goes on for ever with comments', async () => {
    const gateway = createGateway({ scenario: { wire: { endless: true, packets: 'whole' } } });
    const reader = (await chat(gateway, { stream: true })).body?.getReader();
    await reader?.read();
    for (let i = 0; i < 20; i += 1) expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(': OPENROUTER PROCESSING\n\n');
    await reader?.cancel();
    expect(gateway.requests[0]?.cancelled).toBe(true);
  });

  it('errors with the reason of an abort', async () => {
    const gateway = createGateway({ scenario: { endpoints: { openai: ok(undefined, { stallAfter: 0 }) } } });
    const controller = new AbortController();
    const response = await chat(gateway, { stream: true, provider: { only: ['openai'] } }, { signal: controller.signal });
    const text = response.text();
    controller.abort(new Error('enough'));
    await expect(text).rejects.toThrow('enough');
    expect(gateway.requests[0]?.cancelled).toBe(true);
  });

  it('that ends well is not noted as cancelled', async () => {
    const gateway = createGateway();
    const controller = new AbortController();
    await (await chat(gateway, { stream: true }, { signal: controller.signal })).text();
    controller.abort();
    expect(gateway.requests[0]?.cancelled).toBe(false);
  });
});
