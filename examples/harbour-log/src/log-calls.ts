import { generateObject, StructuredOutputError } from '@waypost/fetch/structured';
import type { Connection } from './connection.js';
import { Entry } from './entry.js';

/** A call, and what became of it. */
export interface Logged {
  readonly call: string;
  /** Null where the model did not keep to the schema, so that somebody listens to the call again. */
  readonly entry: Entry | null;
  /** USD, repairs included. */
  readonly cost: number;
}

/** Turns what was said on the radio into log entries. A model that does not keep to the schema is asked once more. */
export function logCalls({ openrouter, model }: Connection, calls: readonly string[]): Promise<Logged[]> {
  return Promise.all(calls.map(async (call): Promise<Logged> => {
    const messages = [{ role: 'system' as const, content: 'You keep the log of a harbour. Make one entry of what was said on the radio.' }, { role: 'user' as const, content: call }];
    try {
      const { object, total } = await generateObject(openrouter, { model, messages, temperature: 0, max_tokens: 300 }, { schema: Entry, name: 'log_entry', repair: 1 });
      return { call, entry: object, cost: total.cost.total ?? 0 };
    } catch (error) {
      if (!StructuredOutputError.isInstance(error)) throw error;
      const receipts = [...(error.previousErrors ?? []), error].map(({ receipt }) => receipt);
      return { call, entry: null, cost: receipts.reduce((sum, receipt) => sum + (receipt?.cost.total ?? 0), 0) };
    }
  }));
}
