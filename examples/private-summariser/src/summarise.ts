import { type ChatResult, createOpenRouter } from '@waypost/fetch';
import type { Connection } from './connection.js';

/**
 * Summarises a text that must not be kept or trained on by anyone. `write` gets the summary piece by piece; what is returned has the
 * whole of it, and the receipt.
 */
export async function summarise(text: string, write: (piece: string) => void, { options, model, fallback }: Connection): Promise<ChatResult> {
  const openrouter = createOpenRouter({
    ...options,
    provider: { zdr: true, dataCollection: 'deny', maxPrice: { prompt: 5, completion: 20 } },
    models: [fallback],
    firstTokenTimeout: 20_000,
    idleTimeout: 20_000,
  });
  const stream = openrouter.stream({
    model,
    max_tokens: 300,
    messages: [
      { role: 'system', content: 'Summarise what you are given in at most three sentences. Leave out names of persons.' },
      { role: 'user', content: text },
    ],
  });
  for await (const piece of stream.textStream) write(piece);
  return stream.final();
}
