import { type AttemptContext, reply, type Reply } from '@waypost/testing';

const KINDS = [[/mayday/i, 'distress'], [/leaving/i, 'departure'], [/./, 'arrival']] as const;
const PERSONS: Readonly<Record<string, number>> = { one: 1, two: 2, five: 5 };

/** An entry by the words of the call. */
function entryOf(call: string): Reply {
  const kind = KINDS.find(([words]) => words.test(call))?.[1];
  const [, vessel = 'unknown'] = /(?:this is|from) (?:the )?([A-Z]\w+(?: [A-Z]\w+)?)/.exec(call) ?? [];
  const [, persons = ''] = /\b(one|two|five)\b (?:on board|person)/.exec(call) ?? [];
  return reply.text(JSON.stringify({ vessel, kind, persons: PERSONS[persons] ?? null, summary: call.split('.')[0] }));
}

/** A model on a gateway that makes entries of calls, and uses the tools as a good one would. */
export function scriptedModel({ request }: AttemptContext): Reply {
  const last = request.messages.at(-1);
  if (request.response_format !== undefined) return entryOf(typeof last?.content === 'string' ? last.content : '');
  if (last?.role !== 'tool') return reply.toolCalls([{ name: 'findEntries', args: { kind: 'arrival' } }, { name: 'waterLevel', args: { hour: 7 } }]);
  const results = request.messages.flatMap(({ role, content }) => (role === 'tool' && typeof content === 'string' ? [JSON.parse(content)] : []));
  // What the tools of `ask-log.ts` gave, in that order.
  const [[entry], { metres }] = results as [[{ vessel: string }], { metres: number }];
  return reply.text(`${entry.vessel} comes at seven, and finds ${metres.toFixed(1)} metres of water at the berths.`);
}
