import { z } from 'zod';

/** What a ticket is sorted into. */
export const Ticket = z.object({
  category: z.enum(['billing', 'fault', 'question']),
  urgency: z.number().int().min(1).max(5).describe('5: something is down'),
  summary: z.string().describe('One sentence, without names'),
});
export type Ticket = z.infer<typeof Ticket>;
