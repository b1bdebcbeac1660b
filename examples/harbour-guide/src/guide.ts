import type { Connection } from './connection.js';

/** Fields of OpenRouter's own, which the openai package sends as they are. */
export interface Beside {
  readonly provider?: object;
}

/** Answers a question about the harbour. This is an application as anyone may have it: nothing in here knows of a policy. */
export async function guide({ openai, model }: Connection, question: string, write: (piece: string) => void, beside: Beside = {}): Promise<void> {
  const stream = await openai.chat.completions.create({
    model,
    stream: true,
    messages: [
      { role: 'system', content: 'You are the guide of a small harbour. Answer in one sentence.' },
      { role: 'user', content: question },
    ],
    ...beside,
  });
  for await (const chunk of stream) write(chunk.choices[0]?.delta.content ?? '');
}
