import { describe, expect, it } from 'vitest';
import { accumulate, createAccumulator } from '../../src/stream/accumulate.js';
import type { ChatChunk, ChatChunkChoice, ChatDelta } from '../../src/wire/chunk.js';
import type { ChatChoice } from '../../src/wire/chat.js';

const choice = (delta: ChatDelta, rest: Partial<ChatChunkChoice> = {}): ChatChunk => ({ id: 'gen-1', choices: [{ index: 0, delta, ...rest }] });
const first = (...chunks: ChatChunk[]): ChatChoice | undefined => accumulate(chunks).choices[0];
const empty = { role: 'assistant', content: null, refusal: null, reasoning: null };

describe('message', () => {
  it('puts text, refusal and reasoning together', () => {
    const message = first(
      choice({ role: 'assistant', content: '', reasoning: 'I ' }),
      choice({ role: 'assistant', content: '', reasoning: 'see' }),
      choice({ content: 'Hel', reasoning: null }),
      choice({ content: 'lo', refusal: 'No' }),
      choice({ content: null, refusal: '.' }),
    )?.message;
    expect(message).toEqual({ ...empty, content: 'Hello', reasoning: 'I see', refusal: 'No.' });
  });

  it('has null for a content of which nothing came, and leaves empty lists out', () => {
    expect(first(choice({ content: '', reasoning_details: [], tool_calls: [], images: [], annotations: [], audio: null }))?.message).toEqual(empty);
  });

  it('takes reasoning_content where there is no reasoning beside it', () => {
    expect(first(choice({ reasoning_content: 'a' }), choice({ reasoning_content: 'b' }))?.message.reasoning).toBe('ab');
    expect(first(choice({ reasoning: 'a', reasoning_content: 'a' }))?.message.reasoning).toBe('a');
  });

  it('merges reasoning details, tool calls, and gives a call without id one', () => {
    const message = first(
      choice({ reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'a' }] }),
      choice({ reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'b' }], tool_calls: [{ index: 0, function: { name: 'f', arguments: '{' } }] }),
      choice({ tool_calls: [{ index: 0, function: { arguments: '}' } }, { index: 1, id: 'call_2', function: { name: 'g', arguments: '' } }] }),
    )?.message;
    expect(message).toEqual({
      ...empty,
      reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'ab' }],
      tool_calls: [
        { id: 'call_gen-1_0', type: 'function', function: { name: 'f', arguments: '{}' } },
        { id: 'call_2', type: 'function', function: { name: 'g', arguments: '' } },
      ],
    });
  });

  it('lists images and annotations, equal ones too', () => {
    const image = { type: 'image_url', image_url: { url: 'data:,' } };
    const note = { type: 'url_citation', url_citation: { url: 'https://example.com' } };
    expect(first(choice({ images: [image], annotations: [note, note] }), choice({ images: [image] }))?.message).toEqual({
      ...empty,
      images: [image, image],
      annotations: [note, note],
    });
  });

  it('takes more images in one chunk than a call has room for arguments', () => {
    const images = Array.from({ length: 300_000 }, () => ({ image_url: { url: '' } }));
    expect(first(choice({ images }))?.message.images).toHaveLength(300_000);
  });

  it('joins the data and the transcript of sound, and keeps its id and expiry', () => {
    const message = first(
      choice({ audio: { id: 'audio_1', transcript: 'Hel' } }),
      choice({ audio: { data: 'AAAA' } }),
      choice({ audio: { data: 'BBBB', transcript: 'lo' } }),
      choice({ audio: { expires_at: 5 } }),
      choice(JSON.parse('{"audio":{"id":null,"data":null,"transcript":null}}') as ChatDelta),
    )?.message;
    expect(message?.audio).toEqual({ id: 'audio_1', data: 'AAAABBBB', transcript: 'Hello', expires_at: 5 });
  });

  it('keeps fields of a delta that it does not know, the last one that says something', () => {
    expect(first(choice({ mood: 'a' }), choice({ mood: 'b', other: { x: 1 } }), choice({ mood: null }))?.message).toEqual({ ...empty, mood: 'b', other: { x: 1 } });
  });
});

describe('choice', () => {
  it('keeps the first finish reason, of however many', () => {
    expect(
      first(
        choice({}, { finish_reason: null, native_finish_reason: null }),
        choice({}, { finish_reason: 'tool_calls', native_finish_reason: 'tool_use' }),
        choice({}, { finish_reason: 'stop', native_finish_reason: 'end' }),
        choice({}, { finish_reason: null }),
      ),
    ).toMatchObject({ finish_reason: 'tool_calls', native_finish_reason: 'tool_use' });
  });

  it('takes the native finish reason from a later chunk where the first had none', () => {
    expect(first(choice({}, { finish_reason: 'stop' }), choice({}, { finish_reason: 'stop', native_finish_reason: 'end_turn' }))).toMatchObject({ native_finish_reason: 'end_turn' });
  });

  it('lets an error replace it', () => {
    expect(first(choice({}, { finish_reason: 'stop' }), choice({}, { finish_reason: 'error', native_finish_reason: 'x', error: { code: 502 } }))).toMatchObject({
      finish_reason: 'error',
      native_finish_reason: 'x',
      error: { code: 502 },
    });
  });

  it('has null where no finish reason came', () => {
    expect(first(choice({ content: 'a' }))).toEqual({ index: 0, message: { ...empty, content: 'a' }, finish_reason: null, native_finish_reason: null, logprobs: null });
  });

  it('joins the lists of log probabilities', () => {
    expect(
      first(
        choice({}, { logprobs: { content: [{ token: 'a' }], refusal: null } }),
        choice({}, { logprobs: null }),
        choice({}, { logprobs: { content: [{ token: 'b' }], refusal: [{ token: 'c' }] } }),
        choice({}, { logprobs: { content: null, refusal: [] } }),
      )?.logprobs,
    ).toEqual({ content: [{ token: 'a' }, { token: 'b' }], refusal: [{ token: 'c' }] });
    expect(first(choice({}, { logprobs: { content: [], refusal: null } }))?.logprobs).toEqual({ content: [], refusal: null });
    expect(first(choice({}, { logprobs: -0.5 }))?.logprobs).toBe(-0.5);
  });

  it('keeps several choices apart, by index or by place, in order', () => {
    const response = accumulate([
      { choices: [{ index: 1, delta: { content: 'b' } }] },
      { choices: [{ index: 0, delta: { content: 'a' } }, { index: 1, delta: { content: 'B' }, finish_reason: 'stop' }] },
      { choices: [{ delta: { content: 'A' } }, { delta: { content: '!' } }] },
    ]);
    expect(response.choices.map(({ index, message, finish_reason }) => [index, message.content, finish_reason])).toEqual([
      [0, 'aA', null],
      [1, 'bB!', 'stop'],
    ]);
  });
});

describe('response', () => {
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, cost: 0.1 };

  it.each<[string, ChatChunk]>([
    ['no choice', { id: 'gen-1', choices: [], usage }],
    ['an empty delta', { id: 'gen-1', choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }], usage }],
    ['the finish reason repeated', { id: 'gen-1', choices: [{ index: 0, delta: { content: '' }, finish_reason: 'stop' }], usage }],
  ])('takes the usage from a chunk with %s', (_name, last) => {
    const response = accumulate([choice({ content: 'a' }), choice({}, { finish_reason: 'stop' }), last]);
    expect(response.usage).toEqual(usage);
    expect(response.choices).toHaveLength(1);
    expect(response.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'a' } });
  });

  it('keeps the last usage, and not a null after it', () => {
    expect(accumulate([{ usage: { total_tokens: 1 } }, { usage }, { usage: null }]).usage).toEqual(usage);
    expect(accumulate([{ usage: null }])).toEqual({ object: 'chat.completion', choices: [] });
  });

  it('keeps what the chunks say about the whole', () => {
    const head = { id: 'gen-1', object: 'chat.completion.chunk', created: 5, model: 'a/b', provider: 'Acme', system_fingerprint: null };
    expect(
      accumulate([
        { ...head, choices: [] },
        { ...head, choices: [], service_tier: 'flex', system_fingerprint: 'fp', citations: ['x'] },
        { ...head, choices: [], service_tier: null, openrouter_metadata: { strategy: 'direct' } },
      ]),
    ).toEqual({ ...head, object: 'chat.completion', choices: [], system_fingerprint: 'fp', service_tier: 'flex', citations: ['x'], openrouter_metadata: { strategy: 'direct' } });
  });

  it('keeps an error with what had arrived', () => {
    expect(accumulate([choice({ content: 'a' }), { error: { code: 502, message: 'down' } }])).toMatchObject({
      id: 'gen-1',
      error: { code: 502, message: 'down' },
      choices: [{ message: { content: 'a' } }],
    });
  });

  it('gives what arrived so far, and is not changed by what follows', () => {
    const accumulator = createAccumulator();
    const part = (letter: string): ChatChunk =>
      choice(
        {
          content: letter,
          images: [{ image_url: { url: letter } }],
          annotations: [{ type: letter }],
          audio: { data: letter },
          tool_calls: [{ index: 0, id: 'x', function: { name: 'f', arguments: letter } }],
          reasoning_details: [{ type: 'reasoning.summary', index: 0, summary: letter }],
        },
        { logprobs: { content: [letter] } },
      );
    accumulator.add(part('a'));
    const before = accumulator.response();
    const copy = structuredClone(before);
    accumulator.add(part('b'));
    expect(before).toEqual(copy);
    expect(accumulator.response().choices[0]?.message).toMatchObject({ content: 'ab', audio: { data: 'ab' }, tool_calls: [{ function: { arguments: 'ab' } }] });
  });

  it('takes any JSON for a chunk without failing', () => {
    const odd = [
      '{}', '{"choices":null}', '{"choices":{}}', '{"choices":"x"}', '{"choices":[null,5,"x",[]]}', '{"choices":[{"delta":null}]}', '{"choices":[{"delta":5}]}',
      '{"choices":[{"delta":{"images":{"length":1},"tool_calls":{"length":1},"annotations":"x","reasoning_details":{"length":2},"audio":{"data":null}}}]}',
      '{"choices":[{"delta":{"content":5,"reasoning":{},"refusal":[],"tool_calls":[null,{}],"reasoning_details":[null]}}]}',
      '{"choices":[{"index":null,"delta":{"tool_calls":{},"images":5,"annotations":{},"audio":5,"reasoning_details":5}}]}',
    ].map((json) => JSON.parse(json) as ChatChunk);
    for (const chunk of odd) expect(() => accumulate([chunk, choice({ content: 'a' })])).not.toThrow();
    expect(accumulate([...odd, choice({ content: 'a' })]).choices[0]?.message.content).toBe('a');
  });

  it('keeps prototypes out of reach', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":1},"choices":[{"delta":{"__proto__":{"polluted":1},"content":"a"},"logprobs":{"__proto__":{"polluted":1}}}]}') as ChatChunk;
    const response = accumulate([hostile]);
    expect(Object.getPrototypeOf(response)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(response.choices[0]?.message)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
