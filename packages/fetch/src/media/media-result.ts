import { type InferenceAnswer, type Receipt, tokenUsage, type TokenUsage, type Usage, type Warning } from '@waypost/core';

/** What the results of all media calls have. */
export interface MediaResult<Response> {
  /** Undefined where the server tells none. */
  usage: TokenUsage | undefined;
  /** Undefined when receipts are off. */
  receipt: Receipt | undefined;
  /** The wire's JSON, untouched. */
  response: Response;
  warnings: readonly Warning[];
}

/** The common part of a result. */
export function resultOf<Response extends { usage?: Usage }>({ response, receipt, warnings }: Pick<InferenceAnswer<Response>, 'response' | 'receipt' | 'warnings'>): MediaResult<Response> {
  return { usage: tokenUsage(response.usage), receipt, response, warnings };
}
