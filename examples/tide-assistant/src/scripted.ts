import { type AttemptContext, reply, type Reply } from '@waypost/testing';

/** A model on a gateway that uses the tools as a good one would, by what the conversation has so far. */
export function scriptedModel({ request }: AttemptContext): Reply {
  const results = request.messages.flatMap(({ role, content }) => (role === 'tool' && typeof content === 'string' ? [JSON.parse(content)] : []));
  // What the tools of `tools.ts` gave, in that order.
  const [harbour, tide] = results as [{ id: string; name: string; depthAtLowTide: number }?, { metresAboveLowTide: number }?];
  if (!harbour) return reply.toolCall('findHarbour', { name: 'Stillwater' }, { id: 'call_harbour' });
  if (!tide) return reply.toolCall('waterLevel', { harbour: harbour.id, hour: 6 }, { id: 'call_tide' });
  const depth = harbour.depthAtLowTide + tide.metresAboveLowTide;
  return reply.text(`At six there are ${depth.toFixed(1)} metres of water at ${harbour.name}: enough for your two.`);
}
