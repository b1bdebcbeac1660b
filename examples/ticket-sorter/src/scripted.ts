import { type AttemptContext, reply, type Reply } from '@waypost/testing';

const KINDS = [
  [/invoice|charged/i, 'billing', 3],
  [/engine|leak/i, 'fault', 5],
  [/./, 'question', 1],
] as const;

/** A model on a gateway that sorts by the words of the ticket. */
export function scriptedModel({ request }: AttemptContext): Reply {
  const content = request.messages.at(-1)?.content;
  const ticket = typeof content === 'string' ? content : '';
  const [, category, urgency] = KINDS.find(([words]) => words.test(ticket)) ?? KINDS[2];
  return reply.text(JSON.stringify({ category, urgency, summary: ticket.split('.')[0] }));
}
