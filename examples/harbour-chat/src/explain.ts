import { APIError, type FailureReason, NetworkError, NoRouteError, StreamError, TimeoutError } from '@waypost/core';
import { APICallError, RetryError } from 'ai';

const SENTENCES: { readonly [Reason in FailureReason]?: string } = {
  'rate-limit': 'Every provider is busy at the moment.',
  'overloaded': 'Every provider is busy at the moment.',
  'server': 'Every provider that was asked has failed.',
  'credits': 'The account has no credits left.',
  'authentication': 'The server has no valid key.',
  'context-length': 'The conversation has become too long.',
  'moderation': 'The question was refused by moderation.',
};

/** The sentence that the page shows for a failure. What a server said may hold more than a reader should see, and stays here. */
export function explain(error: unknown): string {
  if (RetryError.isInstance(error)) return explain(error.lastError);
  const cause = APICallError.isInstance(error) ? error.cause : error;
  if (NoRouteError.isInstance(cause)) return 'No provider keeps to the privacy policy of this chat.';
  if (StreamError.isInstance(cause)) return 'The answer broke off.';
  if (NetworkError.isInstance(cause) || TimeoutError.isInstance(cause)) return 'OpenRouter could not be reached in time.';
  if (APIError.isInstance(cause)) return SENTENCES[cause.reason] ?? 'The request failed.';
  return 'Something went wrong.';
}
