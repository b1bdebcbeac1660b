import { tool } from 'ai';
import { z } from 'zod';

const HARBOURS = [
  { id: 'stillwater', name: 'Stillwater', depthAtLowTide: 1.2 },
  { id: 'crowhaven', name: 'Crow Haven', depthAtLowTide: 2.8 },
] as const;

/** Metres above low tide, by the hour; an invented coast with a tide of twelve hours. */
function tideAt(hour: number): number {
  return Math.round((1.5 - 1.5 * Math.cos((hour / 12) * 2 * Math.PI)) * 10) / 10;
}

/** What the model may look up. */
export const tools = {
  findHarbour: tool({
    description: 'Looks up a harbour by name: its id, and its depth in metres at low tide.',
    inputSchema: z.object({ name: z.string() }),
    execute: ({ name }) => HARBOURS.find((harbour) => harbour.name.toLowerCase() === name.toLowerCase()) ?? { error: `no harbour is called ${name}` },
  }),
  waterLevel: tool({
    description: 'The tide at a harbour, in metres above low tide, at a full hour from 0 to 23.',
    inputSchema: z.object({ harbour: z.enum(['stillwater', 'crowhaven']), hour: z.number().int().min(0).max(23) }),
    execute: ({ harbour, hour }) => ({ harbour, hour, metresAboveLowTide: tideAt(hour) }),
  }),
};
