import { type AIMessage, type AIMessageChunk, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import type { Runnable } from '@langchain/core/runnables';
import type { StructuredToolInterface } from '@langchain/core/tools';
import { reply } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { collect, connect } from './connection.js';
import { lookingThingsUp, thoughts, tools, wholeLoop } from './tools.js';

type Answer = (messages: BaseMessage[]) => Promise<AIMessage | AIMessageChunk>;

/** The ways in which an answer comes about. */
const WAYS: Record<string, (model: Runnable<BaseMessage[], AIMessageChunk>) => Answer> = {
  invoke: (model) => (messages) => model.invoke(messages),
  'stream, then concat': (model) => async (messages) => (await collect(await model.stream(messages))).reduce((sum, chunk) => sum.concat(chunk)),
};

const resultOf = async (call: { name: string; args: Record<string, unknown>; id?: string }): Promise<ToolMessage> => {
  const tool = tools.find(({ name }) => name === call.name) as StructuredToolInterface | undefined;
  if (!tool) throw new Error(`no tool ${call.name}`);
  const result: unknown = await tool.invoke({ ...call, type: 'tool_call' });
  if (!ToolMessage.isInstance(result)) throw new Error('a tool message expected');
  return result;
};

/** Asks, calls the tools and tells their results until there is an answer. */
async function talk(answerTo: Answer): Promise<BaseMessage[]> {
  const messages: BaseMessage[] = [new HumanMessage('How deep is Otter at six?')];
  for (;;) {
    const answer = await answerTo(messages);
    messages.push(answer);
    if (!answer.tool_calls?.length) return messages;
    for (const call of answer.tool_calls) messages.push(await resultOf(call));
  }
}

const asked = { role: 'user', content: 'How deep is Otter at six?' };
const wires = { 'signatures with the text': { signature: 'with-text' }, 'signatures at the end': { signature: 'end' }, 'details alone': { reasoningText: false }, 'pieces of two characters': { textSize: 2 } } as const;

describe.each(['v0', 'v1'] as const)('a conversation of several tool rounds, output %s', (outputVersion) => {
  describe.each(Object.entries(WAYS))('by %s', (_name, way) => {
    it.each(Object.entries(wires))('sends all thinking back as it came, in order: %s', async (_wire, wire) => {
      const { chat, body } = connect({ reply: lookingThingsUp, wire });
      const messages = await talk(way(chat('borealis/aurora', { outputVersion }).bindTools(tools)));
      const sent = body(-1)['messages'] as Record<string, unknown>[];
      const content = expect.toSatisfy((said: unknown) => said === null || typeof said === 'string' || Array.isArray(said)) as unknown;
      expect(sent).toEqual([asked, ...wholeLoop].map((message) => ({ ...message, content })));
      const last = messages.at(-1);
      expect(last?.text).toBe('Otter has 6.5 metres at six.');
      expect(last?.additional_kwargs['reasoning_details']).toEqual(thoughts(2));
      const visible = last?.contentBlocks.filter(({ type }) => type === 'reasoning').map((block) => block['reasoning']).join('');
      expect(visible).toBe('Thought 2.Second thought 2.');
    });

    it('goes on from messages that were stored as JSON', async () => {
      const { chat, body } = connect({ reply: lookingThingsUp });
      const { load } = await import('@langchain/core/load');
      const answerTo = way(chat('borealis/aurora', { outputVersion }).bindTools(tools));
      const stored = JSON.stringify(await talk(answerTo));
      await answerTo([...(await load<BaseMessage[]>(stored)), new HumanMessage('Sure?')]);
      const sent = body(-1)['messages'] as Record<string, unknown>[];
      expect(sent.filter(({ role }) => role === 'assistant').map(({ reasoning_details: details }) => details)).toEqual([thoughts(0), thoughts(1), thoughts(2)]);
    });
  });
});

describe('thinking without details', () => {
  it.each(Object.entries(WAYS))('goes back as text: %s', async (_name, way) => {
    const { chat, body } = connect({ reply: reply.message({ content: 'Yes.', reasoning: 'Let me see.' }) });
    const answerTo = way(chat('borealis/aurora'));
    const answer = await answerTo([new HumanMessage('Deep?')]);
    await answerTo([new HumanMessage('Deep?'), answer, new HumanMessage('Sure?')]);
    expect((body(-1)['messages'] as unknown[])[1]).toEqual({ role: 'assistant', content: 'Yes.', reasoning: 'Let me see.' });
  });
});

describe('a message put together from events', () => {
  it('has the thinking to be sent back', async () => {
    const { chat, body } = connect({ reply: lookingThingsUp });
    const model = chat('borealis/aurora');
    const answers = await talk(async (messages) => await model.streamEvents(messages, { tools }));
    expect(answers.at(-1)?.text).toBe('Otter has 6.5 metres at six.');
    const sent = body(-1)['messages'] as Record<string, unknown>[];
    expect(sent.filter(({ role }) => role === 'assistant').map(({ reasoning_details: details }) => details)).toEqual([thoughts(0), thoughts(1)]);
  });
});
