import { type AttemptContext, reply, type Reply } from '@waypost/testing';
import { tools } from './tools.js';

const OWN_TOOLS: ReadonlySet<string> = new Set(tools.map(({ name }) => name));

/** A model on a gateway that uses the tools as a good one would, by what the conversation has so far. */
export function scriptedModel({ request }: AttemptContext): Reply {
  const results = request.messages.flatMap(({ role, content }) => (role === 'tool' && typeof content === 'string' ? [JSON.parse(content)] : []));
  // What the tools of `tools.ts` gave, in that order.
  const [harbour, tide] = results as [{ id: string; name: string; depthAtLowTide: number }?, { metresAboveLowTide: number }?];
  if (!harbour) return reply.toolCall('find_harbour', { name: 'Stillwater' }, { id: 'call_harbour' });
  if (!tide) return reply.toolCall('water_level', { harbour: harbour.id, hour: 6 }, { id: 'call_tide' });
  const depth = harbour.depthAtLowTide + tide.metresAboveLowTide;
  const advice = { enter: depth > 2, depth, why: `There are ${depth.toFixed(1)} metres of water at ${harbour.name}.` };
  // LangChain offers the answer's schema as one more tool, where the model is not known to keep to a schema by itself.
  const { tools: offered = [] } = request as { tools?: readonly { readonly function?: { readonly name: string } }[] };
  const answer = offered.map((tool) => tool.function?.name).find((name) => name !== undefined && !OWN_TOOLS.has(name));
  return answer === undefined ? reply.text(JSON.stringify(advice)) : reply.toolCall(answer, advice, { id: 'call_answer' });
}
