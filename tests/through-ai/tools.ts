import type { AttemptContext, Reply } from '@waypost/testing';
import { reply } from '@waypost/testing';
import { tool } from 'ai';
import { z } from 'zod';

/** What the model may look up. */
export const tools = {
  depth: tool({
    description: 'Depth of a harbour, in metres.',
    inputSchema: z.object({ harbour: z.string() }),
    execute: ({ harbour }) => ({ harbour, metres: harbour.length }),
  }),
  tide: tool({
    description: 'Height of the tide at a harbour and an hour, in metres.',
    inputSchema: z.object({ harbour: z.string(), hour: z.number() }),
    execute: ({ harbour, hour }) => ({ harbour, metres: hour / 4 }),
  }),
};

/** A model that thinks, looks two things up at once, then a third, and then answers. */
export function lookingThingsUp({ request }: AttemptContext): Reply {
  const results = request.messages.filter(({ role }) => role === 'tool');
  const thinking = { reasoning_details: [{ type: 'reasoning.text' as const, text: `Thought ${results.length}.`, signature: `sig-${results.length}`, format: 'anthropic-claude-v1' as const, index: 0 }] };
  if (results.length === 0) {
    const calls = reply.toolCalls([
      { name: 'depth', args: { harbour: 'Crow' }, id: 'call_a' },
      { name: 'depth', args: { harbour: 'Otter' }, id: 'call_b' },
    ]);
    return { ...calls, message: { ...calls.message, ...thinking } };
  }
  if (results.length === 2) {
    const call = reply.toolCall('tide', { harbour: 'Otter', hour: 6 }, { id: 'call_c' });
    return { ...call, message: { ...call.message, ...thinking } };
  }
  return reply.text('Otter has 6.5 metres at six.');
}
