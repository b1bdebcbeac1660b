import type { LanguageModelV4CallOptions, LanguageModelV4Content, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { answer, brief, chunk, collect, last, PROMPT, type Reply, serve, sse } from './support/fake-server.js';

const tools: LanguageModelV4CallOptions['tools'] = [
  { type: 'provider', id: 'openrouter.web_search', name: 'web', args: {} },
  { type: 'function', name: 'weather', inputSchema: { type: 'object' } },
];

const run = (more: object = {}): object => ({
  type: 'reasoning.server_tool_call', tool_name: 'openrouter:web_search', tool_call_id: 'st_1', arguments: '{"query":"ruby"}', result: '[{"url":"https://ruby-lang.org"}]', ...more,
});
const thought = (text: string, index = 0): object => ({ type: 'reasoning.text', text, format: 'unknown', index });
const called = { type: 'tool-call', toolCallId: 'st_1', toolName: 'web', input: '{"query":"ruby"}', providerExecuted: true };
const gave = { type: 'tool-result', toolCallId: 'st_1', toolName: 'web', result: [{ url: 'https://ruby-lang.org' }] };

type Part = LanguageModelV4Content | LanguageModelV4StreamPart;
const ofTools = (parts: readonly Part[]): Part[] => parts.filter(({ type }) => type === 'tool-call' || type === 'tool-result');

async function generated(message: object, choice: object = {}): Promise<{ content: LanguageModelV4Content[]; finish: string }> {
  const { content, finishReason } = await serve(answer(message, choice)).openrouter('acme/atlas').doGenerate({ prompt: PROMPT, tools });
  return { content, finish: finishReason.unified };
}

async function streamed(packets: Parameters<typeof sse>[0], { done = true, mergeDeltas = false } = {}): Promise<LanguageModelV4StreamPart[]> {
  const { stream } = await serve(sse(packets, { done })).openrouter('acme/atlas', { mergeDeltas }).doStream({ prompt: PROMPT, tools });
  return (await collect(stream)).slice(2);
}

/** The same details, whole and in one chunk each. */
const both = async (details: readonly object[]): Promise<Part[][]> => [
  (await generated({ content: 'Ruby 4.', reasoning_details: details })).content,
  await streamed([...details.map((detail) => chunk({ reasoning_details: [detail] })), chunk({ content: 'Ruby 4.' }), last('stop')]),
];

describe('what a server tool did', () => {
  it('comes as a call and its result, between thinking and text', async () => {
    const { content, finish } = await generated({ content: 'Ruby 4.', reasoning_details: [thought('Search.'), run(), thought('Found.')] });
    expect(content.map(({ type }) => type)).toEqual(['reasoning', 'tool-call', 'tool-result', 'reasoning', 'text']);
    expect(content.slice(1, 3)).toEqual([called, gave]);
    expect(finish).toBe('stop');
  });

  it('comes so in a stream too, after the part that was open', async () => {
    const parts = await streamed([
      chunk({ reasoning_details: [thought('Search.')] }), chunk({ reasoning_details: [run()] }), chunk({ reasoning_details: [thought('Found.')] }),
      chunk({ content: 'Ruby 4.' }), chunk({ reasoning_details: [run({ tool_call_id: 'st_2' })] }), chunk({ content: ' Sure.' }), last('stop'),
    ]);
    expect(brief(parts)).toEqual([
      'reasoning-start', 'reasoning-delta Search.', 'reasoning-end', 'tool-call {"query":"ruby"}', 'tool-result',
      'reasoning-start', 'reasoning-delta Found.', 'reasoning-end', 'text-start', 'text-delta Ruby 4.', 'text-end',
      'tool-call {"query":"ruby"}', 'tool-result', 'text-start', 'text-delta  Sure.', 'text-end', 'finish stop',
    ]);
    expect(ofTools(parts).slice(0, 2)).toEqual([called, gave]);
  });

  it('is shown before images, sources and the inputs of functions', async () => {
    const packets = [
      chunk({ reasoning_details: [run()] }),
      chunk({ annotations: [{ type: 'url_citation', url_citation: { url: 'https://ruby-lang.org' } }] }),
      chunk({ reasoning_details: [run({ tool_call_id: 'st_2' })] }),
      [chunk({ tool_calls: [{ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{' } }] }), chunk({ tool_calls: [{ index: 0, function: { arguments: '}' } }] })],
      last('tool_calls'),
    ];
    for (const mergeDeltas of [false, true]) {
      const parts = await streamed(packets, { mergeDeltas });
      expect(parts.map(({ type }) => type).filter((type) => type !== 'tool-input-delta')).toEqual([
        'tool-call', 'tool-result', 'source', 'tool-call', 'tool-result', 'tool-input-start', 'tool-input-end', 'tool-call', 'finish',
      ]);
      expect(parts.at(-1)).toMatchObject({ finishReason: { unified: 'tool-calls' } });
    }
  });

  it('comes though nothing follows', async () => {
    const message = { content: null, reasoning_details: [run()] };
    expect(ofTools((await generated(message)).content)).toEqual([called, gave]);
    expect(ofTools(await streamed([chunk({ reasoning_details: [run()] }), last('stop')]))).toEqual([called, gave]);
  });

  it('is counted in usage as the server does', async () => {
    const use = { web_search_requests: 1, tool_calls_requested: 1, tool_calls_executed: 1 };
    const { openrouter } = serve(answer({ content: 'Hi' }, {}, { usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, server_tool_use_details: use } }));
    const { usage } = await openrouter('acme/atlas').doGenerate({ prompt: PROMPT, tools });
    expect(usage.raw).toMatchObject({ server_tool_use_details: use });
  });
});

describe('names', () => {
  it.each(['openrouter:web_search', 'web_search', 'openrouter_web_search'])('%s is what the caller calls it', async (name) => {
    for (const parts of await both([run({ tool_name: name })])) expect(ofTools(parts)).toEqual([called, gave]);
  });

  it('of tools that nobody asked for are the server\'s, and dynamic', async () => {
    for (const parts of await both([run({ tool_name: 'openrouter:datetime' })])) {
      expect(ofTools(parts)).toEqual([{ ...called, toolName: 'openrouter:datetime', dynamic: true }, { ...gave, toolName: 'openrouter:datetime', dynamic: true }]);
    }
  });

  it.each(['weather', 'web'])('do not fall together with those of other tools: %s', async (name) => {
    for (const parts of await both([run({ tool_name: name })])) expect(ofTools(parts)).toMatchObject([{ toolName: `openrouter:${name}`, dynamic: true }, { dynamic: true }]);
  });
});

describe('ids', () => {
  it('are made up where there are none, each its own', async () => {
    const details = [run({ tool_call_id: null }), run({ tool_call_id: undefined, arguments: '{"query":"rust"}' }), run({ tool_call_id: '', arguments: '{}' })];
    for (const parts of await both(details)) {
      const ids = ofTools(parts).map((part) => 'toolCallId' in part && part.toolCallId);
      expect(ids).toEqual([0, 0, 1, 1, 2, 2].map((n) => `server_call_gen-1_${n}`));
    }
  });

  it('that come again with other arguments are of another run', async () => {
    for (const parts of await both([run(), run({ arguments: '{"query":"rust"}', result: 'none' })])) {
      expect(ofTools(parts)).toEqual([called, gave, { ...called, toolCallId: 'server_call_gen-1_1', input: '{"query":"rust"}' }, { ...gave, toolCallId: 'server_call_gen-1_1', result: 'none' }]);
    }
  });
});

describe('arguments and results', () => {
  it.each([
    ['objects', { query: 'ruby' }, { ok: true }, '{"query":"ruby"}', { ok: true }],
    ['text', 'ruby', 'A language', '"ruby"', 'A language'],
    ['nothing', '', '', '{}', ''],
    ['null', null, 'null', '{}', 'null'],
    ['a number and a list', '7', [1], '7', [1]],
  ])('may be %s', async (_, input, result, expectedInput, expected) => {
    for (const parts of await both([run({ arguments: input, result })])) {
      expect(ofTools(parts)).toEqual([{ ...called, input: expectedInput }, { ...gave, result: expected }]);
    }
  });

  it('may come in pieces, and are told once, when all is there', async () => {
    const pieces = [
      run({ arguments: '{"que', result: undefined }), run({ arguments: 'ry":"ruby"}', result: undefined }),
      run({ arguments: '', result: '[{"url":"https:' }), run({ arguments: undefined, result: '//ruby-lang.org"}]' }),
    ];
    const parts = await streamed([...pieces.map((piece) => chunk({ reasoning_details: [piece] })), chunk({ content: 'Ruby 4.' }), chunk({ reasoning_details: [run()] }), last('stop')]);
    expect(ofTools(parts)).toEqual([called, gave]);
  });

  it('of two runs at once are kept apart', async () => {
    const other = { tool_call_id: 'st_2' };
    const pieces = [run({ result: undefined }), run({ ...other, result: undefined }), run({ ...other, arguments: '', result: '2' }), run({ arguments: '', result: '1' })];
    const parts = await streamed([...pieces.map((piece) => chunk({ reasoning_details: [piece] })), last('stop')]);
    expect(ofTools(parts)).toEqual([called, { ...gave, result: 1 }, { ...called, toolCallId: 'st_2' }, { ...gave, toolCallId: 'st_2', result: 2 }]);
  });

  it('come one after the other where something is said between', async () => {
    const parts = await streamed([chunk({ reasoning_details: [run({ result: undefined })] }), chunk({ content: 'Wait.' }), chunk({ reasoning_details: [run({ arguments: '' })] }), last('stop')]);
    expect(brief(parts)).toEqual(['tool-call {"query":"ruby"}', 'text-start', 'text-delta Wait.', 'text-end', 'tool-result', 'finish stop']);
  });

  it('are empty at the end where none came, and are not made up where the stream broke', async () => {
    const open = chunk({ reasoning_details: [run({ result: null })] });
    expect(ofTools(await streamed([open, last('stop')]))).toEqual([called, { ...gave, result: '' }]);
    const broken = await streamed([open], { done: false });
    expect(broken.map(({ type }) => type)).toEqual(['tool-call', 'error', 'finish']);
  });
});

describe('the next turn', () => {
  const details = [thought('Search.'), run(), thought('Found.', 2), { type: 'reasoning.encrypted', data: 'c2VhbA==', format: 'unknown', index: 3 }];

  /** What the second request says about an answer whose parts are handed back. */
  async function replayed(reply: Reply, stream: boolean): Promise<unknown> {
    const { openrouter, sent } = serve([reply, answer({ content: 'Bye' })]);
    const model = openrouter('acme/atlas');
    const options = { prompt: PROMPT, tools };
    const content = stream ? contentOf(await collect((await model.doStream(options)).stream)) : (await model.doGenerate(options)).content;
    const back = content.flatMap((part): unknown[] => {
      const providerOptions = 'providerMetadata' in part ? part.providerMetadata : undefined;
      if (part.type === 'tool-call') return [{ ...part, input: JSON.parse(part.input), providerOptions }];
      return part.type === 'tool-result' ? [{ ...part, output: { type: 'json', value: part.result } }] : [{ ...part, providerOptions }];
    });
    const assistant = { role: 'assistant', content: back } as LanguageModelV4CallOptions['prompt'][number];
    await model.doGenerate({ prompt: [...PROMPT, assistant, ...PROMPT], tools });
    return (sent[1]?.body['messages'] as object[] | undefined)?.[1];
  }

  /** A stream's parts as the AI SDK puts them together. */
  function contentOf(parts: readonly LanguageModelV4StreamPart[]): LanguageModelV4Content[] {
    return parts.flatMap((part): LanguageModelV4Content[] => {
      if (part.type === 'tool-call' || part.type === 'tool-result') return [part];
      if (part.type !== 'text-end' && part.type !== 'reasoning-end') return [];
      const text = parts.flatMap((one) => ('delta' in one && one.id === part.id ? [one.delta] : [])).join('');
      return [{ type: part.type === 'text-end' ? 'text' : 'reasoning', text, ...(part.providerMetadata && { providerMetadata: part.providerMetadata }) }];
    });
  }

  const inChunks = (list: readonly object[], more: readonly object[], finish = 'stop'): Reply =>
    sse([...list.map((detail) => chunk({ reasoning_details: [detail] })), ...more.map((delta) => chunk(delta)), last(finish)]);

  it.each([false, true])('hands back its details once, in order and as they came, and no tool call (streamed: %s)', async (stream) => {
    const reply = stream ? inChunks(details, [{ content: 'Ruby 4.' }]) : answer({ content: 'Ruby 4.', reasoning_details: details });
    expect(await replayed(reply, stream)).toEqual({ role: 'assistant', content: 'Ruby 4.', reasoning: 'Search.Found.', reasoning_details: details });
  });

  it.each([false, true])('hands them back where the answer has no thinking to read (streamed: %s)', async (stream) => {
    const reply = stream ? inChunks([run()], [{ content: 'Ruby 4.' }]) : answer({ content: 'Ruby 4.', reasoning_details: [run()] });
    expect(await replayed(reply, stream)).toEqual({ role: 'assistant', content: 'Ruby 4.', reasoning_details: [run()] });
  });

  it.each([false, true])('hands them back where the answer has nothing else (streamed: %s)', async (stream) => {
    const reply = stream ? inChunks([run()], []) : answer({ content: null, reasoning_details: [run()] });
    expect(await replayed(reply, stream)).toEqual({ role: 'assistant', content: null, reasoning_details: [run()] });
  });

  it.each([false, true])('hands them back beside the calls of functions (streamed: %s)', async (stream) => {
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } };
    const reply = stream ? inChunks(details, [{ tool_calls: [call] }], 'tool_calls') : answer({ reasoning_details: details, tool_calls: [call] }, { finish_reason: 'tool_calls' });
    const { index: _, ...sent } = call;
    expect(await replayed(reply, stream)).toEqual({ role: 'assistant', content: null, reasoning: 'Search.Found.', reasoning_details: details, tool_calls: [sent] });
  });
});
