import { z } from 'zod';

/** What the agent has to answer with. */
export const Advice = z
  .object({
    enter: z.boolean().describe('Whether the boat can enter'),
    depth: z.number().describe('Metres of water at that hour'),
    why: z.string().describe('One sentence for the skipper'),
  })
  .meta({ title: 'advice' });
export type Advice = z.infer<typeof Advice>;
