import { type AttemptContext, reply, type Reply } from '@waypost/testing';
import { HARBOUR_IDS, HARBOURS } from './coast.js';

type Messages = AttemptContext['request']['messages'];

const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content));

/** The harbour and the hour that a question is about. */
function subject(question: string): { harbour: (typeof HARBOUR_IDS)[number]; hour: number } {
  const asked = question.toLowerCase();
  const harbour = HARBOUR_IDS.find((id) => asked.includes(HARBOURS[id].name.toLowerCase())) ?? 'stillwater';
  const hour = Number(/\b([01]?\d|2[0-3])\b/.exec(asked)?.[1] ?? (asked.includes('noon') ? 12 : 6));
  return { harbour, hour };
}

/** What the tools said since the last question, as `tools.ts` has it. */
function lookedUp(messages: Messages): { metresOfWater?: number; sky?: string; windFrom?: string; windKnots?: number } {
  const results = messages.flatMap(({ role, content }) => (role === 'tool' && typeof content === 'string' ? [JSON.parse(content)] : []));
  return Object.assign({}, ...results);
}

/**
 * A model on a gateway that answers as a good one would: it thinks, with a signature on its thoughts, looks up tide and forecast at
 * once, and says what it found.
 */
export function scriptedModel({ request: { messages } }: AttemptContext): Reply {
  const asked = messages.findLastIndex(({ role }) => role === 'user');
  const { harbour, hour } = subject(textOf(messages[asked]?.content));
  const { metresOfWater, sky, windFrom, windKnots } = lookedUp(messages.slice(asked));
  const turn = messages.length;
  if (metresOfWater === undefined) {
    const thought = `They ask about ${HARBOURS[harbour].name} at ${hour}:00. I need the tide and the forecast.`;
    return reply.message({
      content: null,
      reasoning: thought,
      reasoning_details: [{ type: 'reasoning.text', text: thought, signature: `signed-${turn}`, format: 'anthropic-claude-v1', index: 0 }],
      tool_calls: (['tide', 'weather'] as const).map((name) => (
        { id: `call_${turn}_${name}`, type: 'function', function: { name, arguments: JSON.stringify({ harbour, hour }) } }
      )),
    });
  }
  const depth = `At ${hour}:00 there are ${metresOfWater.toFixed(1)} metres of water at ${HARBOURS[harbour].name}`;
  return reply.text(`${depth}. Expect ${sky}, with ${windKnots} knots of wind from the ${windFrom}.`);
}
