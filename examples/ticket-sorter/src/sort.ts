import { ChatPromptTemplate } from '@langchain/core/prompts';
import type { ChatOpenRouter } from '@waypost/langchain';
import { Ticket } from './ticket.js';

/** A sorted ticket, who sorted it, and for how much. */
export interface Sorted {
  /** Null where the model did not keep to the schema. */
  readonly ticket: Ticket | null;
  readonly provider: string | undefined;
  /** USD. */
  readonly cost: number | undefined;
}

/** What `response_metadata.receipt` holds, as far as it is used here. */
interface ReceiptPart {
  served?: { provider?: string };
  cost: { total?: number };
}

const prompt = ChatPromptTemplate.fromMessages([
  ['system', 'You sort the tickets of a small company that rents out boats.'],
  ['human', '{ticket}'],
]);

/** Sorts tickets, two at a time. */
export async function sortTickets(model: ChatOpenRouter, tickets: readonly string[]): Promise<Sorted[]> {
  const chain = prompt.pipe(model.withStructuredOutput(Ticket, { name: 'ticket', includeRaw: true }));
  const answers = await chain.batch(tickets.map((ticket) => ({ ticket })), { maxConcurrency: 2 });
  return answers.map(({ raw, parsed }) => {
    const { receipt } = raw.response_metadata as { receipt?: ReceiptPart };
    return { ticket: parsed, provider: receipt?.served?.provider, cost: receipt?.cost.total };
  });
}
