import { tool } from '@langchain/core/tools';
import { z } from 'zod';

const HARBOURS = [
  { id: 'stillwater', name: 'Stillwater', depthAtLowTide: 1.2 },
  { id: 'crowhaven', name: 'Crow Haven', depthAtLowTide: 2.8 },
] as const;

/** Metres above low tide, by the hour; an invented coast with a tide of twelve hours. */
const tideAt = (hour: number): number => Math.round((1.5 - 1.5 * Math.cos((hour / 12) * 2 * Math.PI)) * 10) / 10;

const findHarbour = tool(
  ({ name }) => JSON.stringify(HARBOURS.find((harbour) => harbour.name.toLowerCase() === name.toLowerCase()) ?? { error: `no harbour is called ${name}` }),
  { name: 'find_harbour', description: 'Looks up a harbour by name: its id, and its depth in metres at low tide.', schema: z.object({ name: z.string() }) },
);

const waterLevel = tool(
  ({ harbour, hour }) => JSON.stringify({ harbour, hour, metresAboveLowTide: tideAt(hour) }),
  {
    name: 'water_level',
    description: 'The tide at a harbour, in metres above low tide, at a full hour from 0 to 23.',
    schema: z.object({ harbour: z.enum(['stillwater', 'crowhaven']), hour: z.number().int().min(0).max(23) }),
  },
);

/** What the agent may look up. */
export const tools = [findHarbour, waterLevel];
