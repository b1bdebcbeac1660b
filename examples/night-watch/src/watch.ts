import { type ChatResult, createOpenRouter, NoRouteError, type OpenRouterError, TimeoutError } from '@waypost/fetch';
import type { Connection } from './connection.js';

/** Why a model was passed over, in a word. */
function reasonOf(error: OpenRouterError): string {
  if (NoRouteError.isInstance(error)) return 'nobody serves it at that price';
  if (TimeoutError.isInstance(error)) return 'too slow';
  return 'status' in error ? `answered ${String(error.status)}` : error.code;
}

/**
 * Asks for the night's report, of one model after another: first two together, which the server tries in turn, then each of the others at
 * its own price and in its own time. `log` is told who was passed over, and why. Rejects when nobody is left, with the errors before it in
 * `previousErrors`.
 */
export async function watch(sightings: readonly string[], log: (line: string) => void, { options, model, others }: Connection): Promise<ChatResult> {
  const openrouter = createOpenRouter({
    ...options,
    models: others,
    provider: { dataCollection: 'deny', maxPrice: { prompt: 5, completion: 20 } }, // holds for all; an entry can only be cheaper
    retry: false, // the chain is the second try
    deadline: 60_000,
    hooks: { onFailover: ({ from, error }) => log(`${from.join(', ')}: ${reasonOf(error)}`) },
  });
  return openrouter.chat({
    model,
    max_tokens: 300,
    messages: [
      { role: 'system', content: 'You keep the log of a harbour. Report the night in three sentences.' },
      { role: 'user', content: sightings.join('\n') },
    ],
  });
}
