import { type InferUITools, tool } from 'ai';
import { z } from 'zod';
import { HARBOUR_IDS, HARBOURS, waterAt, weatherAt } from './coast.js';

const when = z.object({ harbour: z.enum(HARBOUR_IDS), hour: z.number().int().min(0).max(23) });

/** Waited for before each look-up: a demonstration may let it take a moment, and a test may hold it. The signal is the reader's leaving. */
export type Opening = (signal: AbortSignal | undefined) => Promise<unknown>;

/** What the model may look up; all of it is local. */
export const createTools = (opening: Opening = async () => {}) => ({
  tide: tool({
    description: 'Metres of water at a harbour, at a full hour from 0 to 23.',
    inputSchema: when,
    execute: async ({ harbour, hour }, { abortSignal }) => {
      await opening(abortSignal);
      return { harbour: HARBOURS[harbour].name, hour, metresOfWater: waterAt(harbour, hour) };
    },
  }),
  weather: tool({
    description: 'The forecast for a harbour, at a full hour from 0 to 23.',
    inputSchema: when,
    execute: async ({ harbour, hour }, { abortSignal }) => {
      await opening(abortSignal);
      return { harbour: HARBOURS[harbour].name, hour, ...weatherAt(harbour, hour) };
    },
  }),
});

export type Tools = ReturnType<typeof createTools>;

/** The tools as the page knows them. */
export type ChatTools = InferUITools<Tools>;
