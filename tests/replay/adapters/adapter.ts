import type { Said } from '../said.js';

/** What came of a call. */
export type Heard =
  | {
      readonly kind: 'answer';
      /** With the wire's words for calls that may not be executed among `calls`. */
      readonly said: Said;
      /** Names of the calls that the adapter hands out to be executed. */
      readonly executable: readonly string[];
      /** The text as it came piece by piece; the same as the text where nothing is streamed. */
      readonly streamed: string;
    }
  | { readonly kind: 'error'; readonly error: unknown; readonly streamed: string };

/** One adapter, asked in its framework's way. */
export interface Adapter {
  readonly name: string;
  complete(fetchOf: typeof fetch): Promise<Heard>;
  stream(fetchOf: typeof fetch): Promise<Heard>;
}

export const API_KEY = 'sk-or-v1-replay';
export const MODEL = 'acme/atlas';
export const PROMPT = 'Hello';
