import { HumanMessage } from '@langchain/core/messages';
import { describe, expect, it } from 'vitest';
import { ChatOpenRouter } from '../src/index.js';
import { chunk, fakeServer, json, response, sse } from './fake-server.js';

const details = [{ type: 'reasoning.text', text: 'Hm.', signature: 'sig', index: 0 }];
const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } };
const BLOCKS = [{ type: 'reasoning', reasoning: 'Hm.' }, { type: 'text', text: 'Yes' }, { type: 'tool_call', id: 'a', name: 'f', args: { x: 1 } }];
const make = (reply: () => Response) => {
  const server = fakeServer(reply);
  return { server, chat: new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch, outputVersion: 'v1' }) };
};

describe("outputVersion 'v1'", () => {
  it('gives standard blocks, which go back as the model sent them', async () => {
    const { chat, server } = make(() => json(response({ content: 'Yes', reasoning: 'Hm.', reasoning_details: details, tool_calls: [call] })));
    const message = await chat.invoke('hi');
    expect(message.content).toEqual(BLOCKS);
    await chat.invoke([new HumanMessage('hi'), message]);
    expect(server.bodies[1]?.messages[1]).toEqual({ role: 'assistant', content: [{ type: 'text', text: 'Yes' }], reasoning_details: details, tool_calls: [call] });
  });

  it('streams them', async () => {
    const { chat } = make(() => sse([chunk({ reasoning: 'Hm.', reasoning_details: details }), chunk({ content: 'Yes' }), chunk({}, { finish_reason: 'stop' })]));
    const blocks: unknown[] = [];
    for await (const one of await chat.stream('hi')) blocks.push(...(one.content as unknown[]));
    expect(blocks).toEqual(BLOCKS.slice(0, 2));
  });

  it('replays what was put together from events', async () => {
    let first = true;
    const { chat, server } = make(() => {
      if (!first) return json(response({ content: 'ok' }));
      first = false;
      return sse([chunk({ reasoning: 'Hm.', reasoning_details: details }), chunk({ content: 'Yes', tool_calls: [{ index: 0, ...call }] }), chunk({}, { finish_reason: 'tool_calls' })]);
    });
    const message = await chat.streamEvents('hi');
    await chat.invoke([new HumanMessage('hi'), message]);
    expect(server.bodies[1]?.messages[1]).toEqual({ role: 'assistant', content: [{ type: 'text', text: 'Yes' }], reasoning_details: details, tool_calls: [call] });
  });
});
