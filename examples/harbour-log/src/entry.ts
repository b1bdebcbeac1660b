import { z } from 'zod';

/** One call in the harbour's log. */
export const Entry = z.object({
  vessel: z.string().describe('Its name, without articles'),
  kind: z.enum(['arrival', 'departure', 'distress']),
  persons: z.number().int().min(1).nullable().describe('On board; null where it was not said'),
  summary: z.string().describe('One sentence'),
});
export type Entry = z.infer<typeof Entry>;
