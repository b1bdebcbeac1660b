import { isRecord } from '../policy/report.js';
import type { RouteName } from '../policy/routes.js';
import type { ChatChunk } from '../wire/chunk.js';

/** A route that answers as chat does, or in a shape that chat's can be made of. */
export interface ChatRoute {
  /** Below the base URL. */
  readonly path: string;
  readonly route: RouteName;
  readonly toChunk?: (chunk: ChatChunk) => ChatChunk;
  readonly toResponse?: (body: unknown) => unknown;
}

export const CHAT: ChatRoute = { path: '/chat/completions', route: 'chat' };

/** Each choice with its `text` as the content of `name`; everything else stays, the text too. */
function withContent<Body extends object>(body: Body, name: 'delta' | 'message'): Body {
  const { choices }: { choices?: unknown } = body;
  if (!Array.isArray(choices)) return body;
  return {
    ...body,
    choices: choices.map((choice: unknown) => (isRecord(choice) && choice[name] === undefined ? { ...choice, [name]: { role: 'assistant', content: choice['text'] ?? '' } } : choice)),
  };
}

/**
 * The legacy route, which takes a `prompt` in place of messages and answers with `choices[].text`; it is read as chat's is, so
 * that streams, errors and receipts are the same. Source: OpenRouter API, completions.
 *
 * @example
 * const { response } = await sendChat(config, { body: { model, prompt: 'Once upon a time' } }, completionsRoute);
 */
export const completionsRoute: ChatRoute = {
  path: '/completions',
  route: 'completions',
  toChunk: (chunk) => withContent(chunk, 'delta'),
  toResponse: (body) => (isRecord(body) ? withContent(body, 'message') : body),
};
