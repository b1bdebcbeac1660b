import type { ChatResponse } from '../wire/chat.js';
import { redactDeep } from './redact.js';

/** A response for an error to carry: what was generated stays as it is, what the server said about its failure loses its secrets. */
export function redactErrors(response: ChatResponse, secrets: readonly string[] | undefined): ChatResponse {
  const clean = <Part extends { error?: unknown }>(part: Part): Part => (part?.error === undefined ? part : { ...part, error: redactDeep(part.error, secrets) });
  const { choices, ...rest } = response;
  return { ...clean<Omit<ChatResponse, 'choices'> & { error?: unknown }>(rest), choices: choices.map(clean) };
}
