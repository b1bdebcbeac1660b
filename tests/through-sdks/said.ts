import type { OpenRouter } from '@openrouter/sdk';
import { MESSAGES } from './connection.js';

type Sent = Parameters<OpenRouter['chat']['send']>[0]['chatRequest'];

/** The text of a streamed answer, whose type the SDK leaves open. */
export async function streamedText(openrouter: OpenRouter, more: Partial<Sent> = {}): Promise<string> {
  const stream = await openrouter.chat.send({ chatRequest: { model: 'acme/atlas', messages: MESSAGES, ...more, stream: true } });
  if (!(Symbol.asyncIterator in stream)) throw new Error('the SDK gave no stream');
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

/** The same of a whole one. */
export async function wholeText(openrouter: OpenRouter, more: Partial<Sent> = {}): Promise<unknown> {
  const answer = await openrouter.chat.send({ chatRequest: { model: 'acme/atlas', messages: MESSAGES, ...more, stream: false } });
  if (!('choices' in answer)) throw new Error('the SDK gave a stream');
  return answer.choices[0]?.message.content;
}
