import { runTools, type ToolRun } from '@waypost/fetch/tools';
import { z } from 'zod';
import type { Connection } from './connection.js';
import { Entry } from './entry.js';

/** Metres above low tide, by the hour; an invented coast with a tide of twelve hours. */
const tideAt = (hour: number): number => Math.round((1.5 - 1.5 * Math.cos((hour / 12) * 2 * Math.PI)) * 10) / 10;

/** Answers a question from the log and the tide table, which the model looks into by itself. `write` gets the text piece by piece. */
export function askLog({ openrouter, model }: Connection, log: readonly Entry[], question: string, write: (piece: string) => void): Promise<ToolRun> {
  const messages = [{ role: 'system' as const, content: 'You help the harbour master. Use the tools; never guess a vessel or a tide.' }, { role: 'user' as const, content: question }];
  return runTools(openrouter, { model, messages, temperature: 0 }, {
    tools: {
      findEntries: {
        description: 'Entries of the log, by their kind, or all of them.',
        parameters: z.object({ kind: Entry.shape.kind.optional() }),
        execute: ({ kind }) => log.filter((entry) => kind === undefined || entry.kind === kind),
      },
      waterLevel: {
        description: 'Metres of water at the berths at a full hour from 0 to 23.',
        parameters: z.object({ hour: z.number().int().min(0).max(23) }),
        execute: ({ hour }) => ({ hour, metres: 1.2 + tideAt(hour) }),
      },
    },
    maxSteps: 5,
    onText: write,
  });
}
