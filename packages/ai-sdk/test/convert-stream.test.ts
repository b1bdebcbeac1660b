import { describe, expect, it } from 'vitest';
import { brief, chunk, last, partsOf, USAGE } from './support/fake-server.js';

const piece = (index: number, args: string | null, more: object = {}): object => ({ tool_calls: [{ index, ...more, function: { arguments: args } }] });
const begin = (index: number, id: string, name: string, args = ''): object => ({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: args } }] });

describe('the order of parts', () => {
  it('is start, metadata once, text, and one finish, though the finish reason comes three times', async () => {
    const parts = await partsOf([chunk({ content: 'Hel' }), [chunk({ content: 'lo' }), chunk({}, { finish: 'stop' })], last('stop'), last('stop')]);
    expect(brief(parts)).toEqual(['stream-start', 'response-metadata', 'text-start', 'text-delta Hel', 'text-delta lo', 'text-end', 'finish stop']);
    expect(parts[1]).toEqual({ type: 'response-metadata', id: 'gen-1', modelId: 'acme/atlas', timestamp: new Date(1_790_000_000_000) });
    expect(parts.at(-1)).toMatchObject({ usage: { inputTokens: { total: 10 }, outputTokens: { total: 5 }, raw: USAGE } });
  });

  it('closes the thinking before the text, and opens another when thinking goes on after it', async () => {
    const parts = await partsOf([chunk({ reasoning: 'a' }), chunk({ reasoning: 'b' }), chunk({ content: 'x' }), chunk({ reasoning: 'c' }), chunk({ content: 'y' }), last('stop')]);
    expect(brief(parts).slice(2)).toEqual([
      'reasoning-start', 'reasoning-delta a', 'reasoning-delta b', 'reasoning-end', 'text-start', 'text-delta x', 'text-end',
      'reasoning-start', 'reasoning-delta c', 'reasoning-end', 'text-start', 'text-delta y', 'text-end', 'finish stop',
    ]);
    const starts = parts.flatMap((part) => (part.type === 'text-start' || part.type === 'reasoning-start' ? [part.id] : []));
    expect(new Set(starts).size).toBe(4);
  });

  it('opens no text for empty contents, and says nothing twice when details and reasoning both come', async () => {
    const parts = await partsOf([chunk({ reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm', index: 0 }] }), chunk({ content: null }), last('stop')]);
    expect(brief(parts).slice(2)).toEqual(['reasoning-start', 'reasoning-delta hm', 'reasoning-end', 'finish stop']);
  });

  it('streams tool inputs as they come and calls at the end', async () => {
    const parts = await partsOf([chunk({ content: 'Well' }), chunk(begin(0, 'call_1', 'weather')), chunk(piece(0, '{"city":', { id: '' })), chunk(piece(0, '"Rome"}', { id: null })), last('tool_calls')]);
    expect(brief(parts).slice(2)).toEqual([
      'text-start', 'text-delta Well', 'text-end', 'tool-input-start weather', 'tool-input-delta {"city":', 'tool-input-delta "Rome"}',
      'tool-input-end', 'tool-call {"city":"Rome"}', 'finish tool-calls',
    ]);
  });

  it('keeps two calls apart that share index 0, and calls that take turns', async () => {
    const shared = await partsOf([chunk(begin(0, 'a', 'one', '{"n":1}'), { finish: 'tool_calls' }), chunk(begin(0, 'b', 'two', '{"n":2}'), { finish: 'tool_calls' }), last('tool_calls')]);
    const turns = await partsOf([chunk(begin(0, 'a', 'one')), chunk(begin(1, 'b', 'two')), chunk(piece(0, '{"n":1')), chunk(piece(1, '{"n":2}')), chunk(piece(0, '}')), last('tool_calls')]);
    for (const parts of [shared, turns]) {
      expect(parts.filter((part) => part.type === 'tool-call')).toMatchObject([
        { toolCallId: 'a', toolName: 'one', input: '{"n":1}' },
        { toolCallId: 'b', toolName: 'two', input: '{"n":2}' },
      ]);
    }
  });

  it('makes up an id where there is none, and another where one comes twice', async () => {
    const parts = await partsOf([chunk({ tool_calls: [{ index: 0, function: { name: 'one', arguments: '{}' } }] }), chunk(begin(1, 'x', 'two', '{}')), chunk(begin(2, 'x', 'three', '{}')), last('tool_calls')]);
    const ids = parts.flatMap((part) => (part.type === 'tool-call' ? [part.toolCallId] : []));
    expect(ids).toEqual(['call_gen-1_0', 'x', 'call_gen-1_2']);
    expect(parts.flatMap((part) => (part.type === 'tool-input-start' ? [part.id] : []))).toEqual(ids);
  });

  it('takes no arguments as an empty object', async () => {
    expect(brief(await partsOf([chunk(begin(0, 'a', 'now')), chunk(piece(0, null)), last('tool_calls')]))).toContain('tool-call {}');
  });

  it('takes half an event for no keep-alive', async () => {
    const event = `data: ${JSON.stringify(chunk({ content: 'lo' }))}\n\n`;
    const parts = await partsOf([chunk({ content: 'Hel' }), event.slice(0, 20), event.slice(20, 40), event.slice(40), last('stop')]);
    expect(brief(parts).slice(2)).toEqual(['text-start', 'text-delta Hel', 'text-delta lo', 'text-end', 'finish stop']);
  });

  it('gives files and sources, and keep-alives as pings', async () => {
    const parts = await partsOf([
      chunk({ content: 'See' }),
      ': OPENROUTER PROCESSING\n\n',
      chunk({ images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } }] }),
      chunk({ annotations: [{ type: 'url_citation', url_citation: { url: 'https://example.com/a', start_index: 1, end_index: 3 } }, { type: 'file', file: { hash: 'h' } }] }),
      last('stop'),
    ]);
    expect(brief(parts).slice(2)).toEqual(['text-start', 'text-delta See', 'ping', 'file', 'source', 'text-end', 'finish stop']);
    expect(parts.find((part) => part.type === 'file')).toEqual({ type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'iVBORw==' } });
    expect(parts.find((part) => part.type === 'source')).toMatchObject({ url: 'https://example.com/a', providerMetadata: { openrouter: { startIndex: 1, endIndex: 3 } } });
    expect(parts.at(-1)).toMatchObject({ providerMetadata: { openrouter: { annotations: [{ type: 'file', file: { hash: 'h' } }] } } });
  });

  it('gives raw chunks only when asked', async () => {
    const packets = [chunk({ content: 'a' }), last('stop')];
    expect((await partsOf(packets)).some((part) => part.type === 'raw')).toBe(false);
    expect((await partsOf(packets, {}, { includeRawChunks: true })).filter((part) => part.type === 'raw').map((part) => part.rawValue)).toEqual(packets);
  });

  it('joins the deltas of one packet when asked', async () => {
    const packet = [chunk({ reasoning: 'a' }), chunk({ reasoning: 'b' }), chunk({ content: 'c' }), chunk({ content: 'd' }), chunk(begin(0, 'x', 'f', '{')), chunk(piece(0, '}'))];
    expect(brief(await partsOf([packet, last('tool_calls')], { mergeDeltas: true })).slice(2)).toEqual([
      'reasoning-start', 'reasoning-delta ab', 'reasoning-end', 'text-start', 'text-delta cd', 'text-end',
      'tool-input-start f', 'tool-input-delta {}', 'tool-input-end', 'tool-call {}', 'finish tool-calls',
    ]);
  });
});

describe('streams that end badly', () => {
  it.each(['length', 'content_filter'])('never calls a tool with half its arguments: %s', async (finish) => {
    const parts = await partsOf([chunk(begin(0, 'a', 'pay', '{"amount": 1')), last(finish)]);
    expect(brief(parts).slice(2)).toEqual(['tool-input-start pay', 'tool-input-delta {"amount": 1', 'tool-input-end', `finish ${finish.replace('_', '-')}`]);
    expect(parts.at(-1)).toMatchObject({ providerMetadata: { openrouter: { incompleteToolCalls: [{ toolCallId: 'a', toolName: 'pay', input: '{"amount": 1' }] } } });
  });

  it('hands on malformed arguments where the model meant them, for the AI SDK to repair', async () => {
    expect(brief(await partsOf([chunk(begin(0, 'a', 'pay', '{amount: 1}')), last('tool_calls')]))).toContain('tool-call {amount: 1}');
  });

  it('closes what is open, tells the error, and finishes, when the stream is cut', async () => {
    const parts = await partsOf([chunk({ content: 'Half' }), chunk(begin(0, 'a', 'pay', '{}'))], {}, { done: false });
    expect(brief(parts).slice(2)).toEqual(['text-start', 'text-delta Half', 'text-end', 'tool-input-start pay', 'tool-input-delta {}', 'tool-input-end', 'error', 'finish error']);
    expect(parts.find((part) => part.type === 'error')?.error).toMatchObject({ name: 'AI_APICallError', isRetryable: false, cause: { name: 'StreamError', reason: 'truncated' } });
  });

  it.each([
    ['top level', { id: 'gen-1', error: { code: 502, message: 'Provider broke' }, choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }] }],
    ['in a choice', chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: 'error', error: { code: 502, message: 'Provider broke' } }] })],
    ['alone', { error: { code: 502, message: 'Provider broke' } }],
  ])('tells an error of the provider: %s', async (_, broken) => {
    const parts = await partsOf([chunk({ content: 'Half' }), broken]);
    expect(brief(parts).slice(2)).toEqual(['text-start', 'text-delta Half', 'text-end', 'error', 'finish error']);
    expect(parts.find((part) => part.type === 'error')?.error).toMatchObject({ statusCode: 502, message: expect.stringContaining('Provider broke') });
  });
});
