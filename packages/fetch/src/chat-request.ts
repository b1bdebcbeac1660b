import { type ChatRequest, type EmbeddingsRequest, InvalidOptionsError, type ModelEntry, type ProviderPreferencesInput } from '@waypost/core';

/** The fields of a wire body that the client takes as they are; `Omit` would lose the known names to the index signature. */
export type AsIs<Body, Taken extends string = never> = { [Field in keyof Body as Field extends 'provider' | 'models' | 'stream' | Taken ? never : Field]: Body[Field] };

/**
 * The body of a chat request, in wire spelling; fields that this version does not know are sent as they are. The keys of
 * `provider` may be written in either spelling, and are checked.
 *
 * @example
 * const request: ChatInput = { model: 'openai/gpt-5.1', messages: [{ role: 'user', content: 'Hi' }], provider: { zdr: true } };
 */
export interface ChatInput extends AsIs<ChatRequest> {
  provider?: ProviderPreferencesInput | null;
  /** Fallback models in order. More than the server takes at once fail over on the client. */
  models?: readonly ModelEntry[] | null;
  /** Decided by the method: `chat` or `stream`. */
  stream?: never;
}

/** The body of an embeddings request, in wire spelling; the keys of `provider` in either. */
export type EmbedInput = AsIs<EmbeddingsRequest> & { provider?: ProviderPreferencesInput | null };

/** @throws {InvalidOptionsError} for a request without a list of messages, to which more can be added. */
export function checkMessages(request: ChatInput): void {
  if (!Array.isArray(request?.messages)) throw new InvalidOptionsError([{ path: 'request.messages', message: 'expected a list of messages' }]);
}
