import { AIMessage, type AIMessageChunk, HumanMessage } from '@langchain/core/messages';
import { describe, expect, it } from 'vitest';
import { withMedia } from '../src/content-blocks.js';
import { ChatOpenRouter } from '../src/index.js';
import { chunk, fakeServer, json, response, sse } from './fake-server.js';

const images = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0=' } }, { type: 'image_url', image_url: { url: 'https://a.test/x.png' } }];
const audio = { id: 'audio_1', data: 'UklGRigAAA==', expires_at: 1, transcript: 'Ahoy' };
const annotations = [{ type: 'url_citation', url_citation: { url: 'https://a.test', title: 'A', content: 'said', start_index: 0, end_index: 2 } }, { type: 'file', file: { hash: 'h' } }];
const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{"x":1}' } };
const said = { content: 'Hello', reasoning: 'Hm.', images, audio, annotations, tool_calls: [call] };

const CITATION = { type: 'citation', url: 'https://a.test', title: 'A', citedText: 'said', startIndex: 0, endIndex: 2 };
const REASONING = { type: 'reasoning', reasoning: 'Hm.' };
const TEXT = { type: 'text', text: 'Hello', annotations: [CITATION] };
const MEDIA = [
  { type: 'image', mimeType: 'image/png', data: 'iVBORw0=' }, { type: 'image', url: 'https://a.test/x.png' },
  { type: 'audio', id: 'audio_1', mimeType: 'audio/wav', data: 'UklGRigAAA==', metadata: { transcript: 'Ahoy' } },
];
const CALL = { type: 'tool_call', id: 'c', name: 'f', args: { x: 1 } };

const streamed = () => sse([
  chunk({ reasoning: 'H' }), chunk({ reasoning: 'm.' }), chunk({ content: 'Hel' }), chunk({ content: 'lo' }), chunk({ images }),
  chunk({ audio: { id: 'audio_1', data: 'UklGRig' } }), chunk({ audio: { data: 'AAA==', transcript: 'Ahoy', expires_at: 1 } }), chunk({ annotations }),
  chunk({ tool_calls: [{ index: 0, ...call }] }), chunk({}, { finish_reason: 'tool_calls' }),
]);

function make(outputVersion: 'v0' | 'v1', ...replies: (() => Response)[]) {
  const server = fakeServer(...replies, () => json(response({ content: 'ok' })));
  return { server, chat: new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch, outputVersion }) };
}

async function added(stream: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> {
  let sum: AIMessageChunk | undefined;
  for await (const piece of stream) sum = sum?.concat(piece) ?? piece;
  if (!sum) throw new Error('nothing came');
  return sum;
}

const REPLAYED = { role: 'assistant', images, audio, annotations, tool_calls: [call] };

describe.each(['v0', 'v1'] as const)('content blocks, %s', (version) => {
  it('of an answer, and back', async () => {
    const { chat, server } = make(version, () => json(response(said)));
    const message = await chat.invoke('hi');
    expect(message).toBeInstanceOf(AIMessage);
    expect(message.contentBlocks).toEqual([REASONING, TEXT, ...MEDIA, CALL]);
    expect(message.content).toEqual(version === 'v1' ? [REASONING, TEXT, ...MEDIA, CALL] : 'Hello');
    expect(JSON.parse(JSON.stringify(message)).id).toEqual(['langchain_core', 'messages', 'AIMessage']);
    await chat.invoke([new HumanMessage('hi'), message]);
    expect(server.bodies[1]?.messages[1]).toEqual({ ...REPLAYED, reasoning: 'Hm.', content: version === 'v1' ? [{ type: 'text', text: 'Hello' }] : 'Hello' });
  });

  it('of a stream that is added up, and back', async () => {
    const { chat, server } = make(version, streamed);
    const sum = await added(await chat.stream('hi'));
    expect(sum.contentBlocks.filter(({ type }) => type !== 'tool_call')).toEqual([REASONING, TEXT, ...MEDIA]);
    expect(sum.tool_calls).toMatchObject([{ id: 'c', args: { x: 1 } }]);
    await chat.invoke([new HumanMessage('hi'), sum]);
    expect(server.bodies[1]?.messages[1]).toMatchObject({ ...REPLAYED, reasoning: 'Hm.', content: version === 'v1' ? [{ type: 'text', text: 'Hello' }] : 'Hello' });
  });

  it('of a stream of events, and back', async () => {
    const { chat, server } = make(version, streamed);
    const message = await chat.streamEvents('hi');
    expect(message.contentBlocks).toMatchObject([REASONING, TEXT, CALL, ...MEDIA]);
    await chat.invoke([new HumanMessage('hi'), message]);
    expect(server.bodies[1]?.messages[1]).toMatchObject({ ...REPLAYED, content: [{ type: 'text', text: 'Hello' }] });
  });
});

describe('standard blocks that other models left', () => {
  it('become the fields of the wire', async () => {
    const { chat, server } = make('v0');
    const blocks = [REASONING, TEXT, ...MEDIA, CALL] as AIMessage['contentBlocks'];
    await chat.invoke([new HumanMessage('hi'), new AIMessage({ contentBlocks: blocks })]);
    expect(server.bodies[0]?.messages[1]).toEqual({
      role: 'assistant', content: [{ type: 'text', text: 'Hello' }], reasoning: 'Hm.', images, tool_calls: [call],
      annotations: [annotations[0]], audio: { id: 'audio_1', data: 'UklGRigAAA==', transcript: 'Ahoy' },
    });
  });
});

describe('withMedia', () => {
  it('leaves alone what it does not know', () => {
    const odd = { images: [null, {}, { image_url: 'x' }], audio: { transcript: 'no data' }, annotations: [{ type: 'file' }, 'x'] };
    expect(withMedia({ additional_kwargs: odd, response_metadata: {} }, [{ type: 'text', text: 'x' }])).toEqual([{ type: 'text', text: 'x' }]);
  });

  it.each([['SUQzBA', 'audio/mpeg'], ['//vQ', 'audio/mpeg'], ['T2dnUw', 'audio/ogg'], ['ZkxhQw', 'audio/flac'], ['AAAA', 'audio/pcm']])('knows sound by how it begins: %s is %s', (data, mimeType) => {
    expect(withMedia({ additional_kwargs: { audio: { data } }, response_metadata: {} }, [])).toEqual([{ type: 'audio', mimeType, data }]);
  });
});
