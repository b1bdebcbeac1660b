import type { ModelEntry, ProviderPreferencesInput, ResponsesRequest } from '@waypost/core';
import type { AsIs } from '../chat-request.js';

/**
 * The body of a request to `/responses`, in wire spelling; fields that this version does not know are sent as they are. The keys
 * of `provider` may be written in either spelling, and are checked.
 *
 * @example
 * const request: RespondInput = { model: 'openai/gpt-5.1', instructions: 'Be brief', input: 'Hi', provider: { zdr: true } };
 */
export interface RespondInput extends AsIs<ResponsesRequest> {
  provider?: ProviderPreferencesInput | null;
  /** Fallback models in order. More than the server takes at once fail over on the client. */
  models?: readonly ModelEntry[] | null;
  /** Decided by the function: `respond` or `streamRespond`. */
  stream?: never;
}
