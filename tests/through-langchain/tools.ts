import { tool } from '@langchain/core/tools';
import type { FunctionTool } from '@waypost/core';
import { type AttemptContext, type Reply, reply } from '@waypost/testing';
import { z } from 'zod';

/** What the model may look up. */
const depth = tool(({ harbour }) => JSON.stringify({ harbour, metres: harbour.length }), {
  name: 'depth',
  description: 'Depth of a harbour, in metres.',
  schema: z.object({ harbour: z.string() }),
});

const tide = tool(({ harbour, hour }) => JSON.stringify({ harbour, metres: hour / 4 }), {
  name: 'tide',
  description: 'Height of the tide at a harbour and an hour, in metres.',
  schema: z.object({ harbour: z.string(), hour: z.number() }),
});

export const tools = [depth, tide];

/** The name of the function that the model was given last. */
export function lastTool({ tools: given = [] }: AttemptContext['request']): string {
  const [name] = given.flatMap((one) => (one.type === 'function' ? [(one as FunctionTool).function.name] : [])).slice(-1);
  if (name === undefined) throw new Error('the model was given no function');
  return name;
}

/** Thinking as models with signatures and with encrypted thoughts have it: several details, whose order matters. */
export const thoughts = (round: number): NonNullable<Reply['message']['reasoning_details']> => [
  { type: 'reasoning.text', text: `Thought ${round}.`, signature: `sig-${round}`, format: 'anthropic-claude-v1', index: 0 },
  { type: 'reasoning.encrypted', data: `blob-${round}`, id: `rs_${round}`, format: 'anthropic-claude-v1', index: 1 },
  { type: 'reasoning.text', text: `Second thought ${round}.`, signature: `sig-${round}-b`, format: 'anthropic-claude-v1', index: 2 },
];

const thinking = (round: number, answer: Reply): Reply => ({ ...answer, message: { ...answer.message, reasoning_details: thoughts(round) } });

/** A model that thinks, looks two things up at once, then a third, and then answers; all of it by how many results there are. */
export function lookingThingsUp({ request }: AttemptContext): Reply {
  const results = request.messages.filter(({ role }) => role === 'tool').length;
  if (results === 0) {
    const calls = [{ name: 'depth', args: { harbour: 'Crow' }, id: 'call_a' }, { name: 'depth', args: { harbour: 'Otter' }, id: 'call_b' }];
    return thinking(0, reply.toolCalls(calls));
  }
  if (results === 2) return thinking(1, reply.toolCall('tide', { harbour: 'Otter', hour: 6 }, { id: 'call_c' }));
  return thinking(2, reply.text('Otter has 6.5 metres at six.'));
}

/** What the last request of that conversation has of it, after the question. */
export const wholeLoop = [
  {
    role: 'assistant', content: null, reasoning_details: thoughts(0),
    tool_calls: [
      { id: 'call_a', type: 'function', function: { name: 'depth', arguments: '{"harbour":"Crow"}' } },
      { id: 'call_b', type: 'function', function: { name: 'depth', arguments: '{"harbour":"Otter"}' } },
    ],
  },
  { role: 'tool', tool_call_id: 'call_a', name: 'depth', content: '{"harbour":"Crow","metres":4}' },
  { role: 'tool', tool_call_id: 'call_b', name: 'depth', content: '{"harbour":"Otter","metres":5}' },
  {
    role: 'assistant', content: null, reasoning_details: thoughts(1),
    tool_calls: [{ id: 'call_c', type: 'function', function: { name: 'tide', arguments: '{"harbour":"Otter","hour":6}' } }],
  },
  { role: 'tool', tool_call_id: 'call_c', name: 'tide', content: '{"harbour":"Otter","metres":1.5}' },
];
