import { AIMessageChunk, HumanMessage } from '@langchain/core/messages';
import { ChatGenerationChunk } from '@langchain/core/outputs';
import { type ChatChunk, StreamError, accumulate } from '@waypost/core';
import { concat } from '@langchain/core/utils/stream';
import { describe, expect, it } from 'vitest';
import { ChatOpenRouter } from '../src/index.js';
import { chunk, fakeServer, json, sse, usageChunk } from './fake-server.js';

const chatFor = (reply: () => Response, more = {}) =>
  new ChatOpenRouter('openai/gpt-5.1', { apiKey: 'k', fetch: fakeServer(reply).fetch, maxRetries: 0, effects: { now: () => 1_790_000_000_000 }, ...more });

async function collect(chat: ChatOpenRouter): Promise<{ chunks: AIMessageChunk[]; total: AIMessageChunk }> {
  const chunks: AIMessageChunk[] = [];
  for await (const one of await chat.stream('hi')) chunks.push(one);
  return { chunks, total: chunks.slice(1).reduce((all, one) => all.concat(one), chunks[0] as AIMessageChunk) };
}

const finish = (reason = 'stop'): ChatChunk => chunk({}, { finish_reason: reason, native_finish_reason: reason });
const call = (delta: Record<string, unknown>): ChatChunk => chunk({ tool_calls: [delta] });

const STREAMS: Record<string, ChatChunk[]> = {
  text: [chunk({}), chunk({ content: 'Hel' }), chunk({ content: 'lo' }), finish(), usageChunk()],
  'usage with the finish reason repeated': [chunk({ content: 'a' }), finish(), { ...finish(), usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } }],
  'no usage, no finish reason, content with the end': [chunk({ content: 'a' }), chunk({ content: 'b' })],
  reasoning: [
    chunk({ reasoning: 'Let ', reasoning_details: [{ type: 'reasoning.text', text: 'Let ', index: 0, format: 'anthropic-claude-v1' }] }),
    chunk({ reasoning: 'me.', reasoning_details: [{ type: 'reasoning.text', text: 'me.', index: 0, format: 'anthropic-claude-v1' }] }),
    chunk({ content: 'Yes' }),
    chunk({ reasoning_details: [{ type: 'reasoning.text', signature: 'sig', index: 0, format: 'anthropic-claude-v1' }] }),
    chunk({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'blob', index: 1 }] }),
    finish(),
    usageChunk(),
  ],
  'details alone': [
    chunk({ reasoning_details: [{ type: 'reasoning.summary', summary: 'A', index: 0 }] }),
    chunk({ reasoning_details: [{ type: 'reasoning.summary', summary: 'B', index: 0 }] }),
    chunk({ content: 'c' }),
    finish(),
  ],
  'tool calls': [
    call({ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } }),
    call({ index: 0, function: { arguments: '{"x"' } }),
    call({ index: 0, id: '', function: { name: '', arguments: ':1}' } }),
    call({ index: 1, id: 'b', function: { name: 'g', arguments: '{}' } }),
    finish('tool_calls'),
    usageChunk(),
  ],
  'text, then calls at one index, the finish reason repeated': [
    chunk({ content: 'Wait.' }),
    chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{"x":1}' } }] }, { finish_reason: 'tool_calls' }),
    chunk({ tool_calls: [{ index: 0, id: 'b', function: { name: 'f', arguments: '{"x":2}' } }] }, { finish_reason: 'tool_calls' }),
    usageChunk(),
  ],
  'a call without id or arguments, and one cut at the token limit': [
    call({ index: 0, function: { name: 'f', arguments: null } }),
    call({ index: 1, id: 'b', function: { name: 'g', arguments: '{"city":"Par' } }),
    finish('length'),
  ],
  'images, annotations, a refusal': [
    chunk({ images: [{ type: 'image_url', index: 0, image_url: { url: 'data:,1' } }] }),
    chunk({ images: [{ type: 'image_url', index: 0, image_url: { url: 'data:,2' } }] }),
    chunk({ annotations: [{ type: 'url_citation', url_citation: { url: 'u' } }], refusal: 'I can' }),
    chunk({ refusal: 'not.' }),
    finish('content_filter'),
  ],
  'nothing at all': [finish()],
};

const KEYS = ['id', 'content', 'tool_calls', 'invalid_tool_calls', 'usage_metadata', 'additional_kwargs', 'contentBlocks'] as const;
const pick = (message: AIMessageChunk): Record<string, unknown> => Object.fromEntries(KEYS.map((key) => [key, message[key]]));
// What took how long differs, and nothing else.
const untimed = (metadata: Record<string, unknown>): unknown => {
  const { receipt, ...rest } = metadata;
  const { timing: _, attempts: __, ...known } = receipt as Record<string, unknown>;
  return { ...rest, receipt: known };
};

describe.each(Object.entries(STREAMS))('a stream of %s', (_name, chunks) => {
  it('adds up to what a call without streaming gives', async () => {
    const whole = await chatFor(() => json(accumulate(chunks)))._generate([new HumanMessage('hi')], {});
    const expected = whole.generations[0]?.message as AIMessageChunk;
    const { total } = await collect(chatFor(() => sse(chunks)));
    const streaming = await chatFor(() => sse(chunks), { streaming: true })._generate([new HumanMessage('hi')], {});
    for (const message of [total, streaming.generations[0]?.message as AIMessageChunk]) {
      expect(pick(message)).toEqual(pick(expected));
      expect(untimed(message.response_metadata)).toEqual(untimed(expected.response_metadata));
    }
  });

  it('adds up the same in the running total that callbacks read', async () => {
    let ended: unknown;
    const { total } = await collect(chatFor(() => sse(chunks), { callbacks: [{ handleLLMEnd: (output: { generations: { message: unknown }[][] }) => void (ended = output.generations[0]?.[0]?.message) }] }));
    const message = ended as AIMessageChunk;
    expect({ ...pick(message), pieces: message.tool_call_chunks }).toEqual({ ...pick(total), pieces: total.tool_call_chunks });
    expect(JSON.parse(JSON.stringify(message))).toEqual(JSON.parse(JSON.stringify(total)));
  });

  it('is put together from events', async () => {
    const message = await chatFor(() => sse(chunks)).streamEvents('hi');
    const { total } = await collect(chatFor(() => sse(chunks)));
    expect(message.tool_calls).toEqual(total.tool_calls);
    expect(message.text).toBe(total.content);
    expect(message.usage_metadata).toEqual(total.usage_metadata);
    expect(message.response_metadata['reasoning_details']).toEqual(total.additional_kwargs['reasoning_details']);
  });
});

describe('chunks', () => {
  it('come one per delta that says something, with metadata, usage and receipt once, at the end', async () => {
    const { chunks } = await collect(chatFor(() => sse(STREAMS['text'] ?? [])));
    expect(chunks.map(({ content }) => content)).toEqual(['Hel', 'lo', '']);
    expect(chunks.map(({ usage_metadata: usage }) => usage !== undefined)).toEqual([false, false, true]);
    expect(chunks.map(({ response_metadata: { receipt } }) => receipt !== undefined)).toEqual([false, false, true]);
    expect(chunks.every((one) => AIMessageChunk.isInstance(one) && one.id === 'gen-1')).toBe(true);
  });

  it('carry pieces of tool calls by place, id and name once', async () => {
    const { chunks } = await collect(chatFor(() => sse(STREAMS['tool calls'] ?? [])));
    expect(chunks.flatMap((one) => one.tool_call_chunks)).toEqual([
      { type: 'tool_call_chunk', index: 0, id: 'a', name: 'f', args: '' },
      { type: 'tool_call_chunk', index: 0, args: '{"x"' },
      { type: 'tool_call_chunk', index: 0, args: ':1}' },
      { type: 'tool_call_chunk', index: 1, id: 'b', name: 'g', args: '{}' },
    ]);
  });

  it('show reasoning as content blocks, and once', async () => {
    const { chunks } = await collect(chatFor(() => sse(STREAMS['reasoning'] ?? [])));
    expect(chunks.flatMap((one) => one.contentBlocks)).toEqual([
      { type: 'reasoning', reasoning: 'Let ' },
      { type: 'reasoning', reasoning: 'me.' },
      { type: 'text', text: 'Yes' },
    ]);
  });

  it('leave out the usage when told to', async () => {
    const { total } = await collect(chatFor(() => sse(STREAMS['text'] ?? []), { streamUsage: false }));
    expect(total.usage_metadata).toBeUndefined();
  });

  it('reach callbacks as tokens', async () => {
    const tokens: string[] = [];
    await collect(chatFor(() => sse(STREAMS['text'] ?? []), { callbacks: [{ handleLLMNewToken: (token: string) => void tokens.push(token) }] }));
    expect(tokens).toEqual(['Hel', 'lo', '']);
  });

  it('serialise as LangChain messages', async () => {
    const { chunks } = await collect(chatFor(() => sse(STREAMS['text'] ?? [])));
    expect(chunks[0]?.toJSON()).toMatchObject({ id: ['langchain_core', 'messages', 'AIMessageChunk'] });
  });
});

describe('streamEvents', () => {
  it('streams text, reasoning and tool calls apart', async () => {
    const stream = chatFor(() => sse([...(STREAMS['reasoning'] ?? []).slice(0, 3), ...(STREAMS['tool calls'] ?? [])])).streamEvents('hi');
    expect(await stream.reasoning).toBe('Let me.');
    expect(await stream.text).toBe('Yes');
    expect((await stream.toolCalls).map(({ id, args }) => [id, args])).toEqual([['a', { x: 1 }], ['b', {}]]);
    expect((await stream.usage)?.total_tokens).toBe(17);
  });

  it('speaks the older protocol too', async () => {
    const seen: string[] = [];
    for await (const { event } of chatFor(() => sse(STREAMS['text'] ?? [])).streamEvents('hi', { version: 'v2' })) seen.push(event);
    expect(seen.filter((event) => event === 'on_chat_model_stream')).toHaveLength(3);
    expect(seen.at(-1)).toBe('on_chat_model_end');
  });
});

describe('a stream that breaks', () => {
  const cut = (STREAMS['tool calls'] ?? []).slice(0, 2);
  it('rejects, and never yields a call that could be executed', async () => {
    const chat = chatFor(() => sse(cut, { done: false }));
    const calls: unknown[] = [];
    const reading = (async () => {
      for await (const one of await chat.stream('hi')) calls.push(...(one.tool_calls ?? []));
    })();
    const error = await reading.then(() => undefined, (reason: unknown) => reason);
    expect(StreamError.isInstance(error) && error.reason).toBe('truncated');
    expect(StreamError.isInstance(error) && error.receipt?.id).toBe('gen-1');
    expect(calls).toEqual([]);
  });

  it('rejects where events are asked for, and where streaming is hidden', async () => {
    await expect(chatFor(() => sse(cut, { done: false })).streamEvents('hi')).rejects.toMatchObject({ name: 'StreamError', reason: 'truncated' });
    await expect(chatFor(() => sse(cut, { done: false }), { streaming: true }).invoke('hi')).rejects.toMatchObject({ name: 'StreamError', reason: 'truncated' });
  });

  it('rejects with the error that the provider reported', async () => {
    const broken = [chunk({ content: 'a' }), { ...chunk({}), error: { code: 502, message: 'upstream went away' } }];
    await expect(collect(chatFor(() => sse(broken)))).rejects.toMatchObject({ name: 'StreamError', reason: 'provider' });
  });
});

describe('leaving a stream', () => {
  const endless = (): { reply: () => Response; cancelled: () => boolean } => {
    let cancelled = false;
    const body = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(chunk({ content: 'x' }))}\n\n`)),
        cancel: () => void (cancelled = true),
      });
    return { reply: () => new Response(body(), { headers: { 'content-type': 'text/event-stream' } }), cancelled: () => cancelled };
  };

  it('closes the connection on break', async () => {
    const { reply, cancelled } = endless();
    for await (const one of await chatFor(reply).stream('hi')) if (one.content === 'x') break;
    await expect.poll(cancelled).toBe(true);
  });

  it('rejects with the reason of the signal', async () => {
    const { reply, cancelled } = endless();
    const abort = new AbortController();
    const reason = new Error('enough');
    const reading = (async () => {
      for await (const one of await chatFor(reply).stream('hi', { signal: abort.signal })) if (one.content === 'x') abort.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
    await expect.poll(cancelled).toBe(true);
  });
});

describe('the running total', () => {
  it('does not change when more is added to it', async () => {
    const chunks: ChatGenerationChunk[] = [];
    const replies = [chunk({ content: 'Hel' }), chunk({ content: 'lo', tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{"x":' } }] }), call({ index: 0, function: { arguments: '1}' } }), finish()];
    for await (const one of chatFor(() => sse(replies))._streamResponseChunks([new HumanMessage('hi')], {})) chunks.push(one);
    const [a, b, c, d] = chunks;
    if (!a || !b || !c || !d) throw new Error('four chunks expected');
    const ab = concat(a, b);
    const abc = ab.concat(c);
    const abd = ab.concat(d);
    const args = (total: ChatGenerationChunk): unknown => (total.message as AIMessageChunk).tool_call_chunks?.map((piece) => piece.args);
    expect([abc, abd, abc.concat(d), ab].map((total) => [total.text, args(total)])).toEqual([
      ['Hello', ['{"x":1}']],
      ['Hello', ['{"x":']],
      ['Hello', ['{"x":1}']],
      ['Hello', ['{"x":']],
    ]);
    expect(ab).toBeInstanceOf(ChatGenerationChunk);
    expect(JSON.parse(JSON.stringify(ab))).toMatchObject({ text: 'Hello', message: { kwargs: { content: 'Hello' } } });
  });
});
