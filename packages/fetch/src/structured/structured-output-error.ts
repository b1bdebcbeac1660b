import { identify, isMarked, OpenRouterError, type ChatResponse, type Receipt } from '@waypost/core';
import type { StandardIssue } from '../schema/standard-schema.js';

/**
 * Why there is no object: the model refused; its answer was cut off by the limit of tokens, or by a filter; it called tools instead;
 * there is no text; the text is no JSON; the JSON does not fit the schema, or the schema threw, which is the `cause` then.
 */
export type StructuredOutputReason = 'refusal' | 'truncated' | 'content-filter' | 'tool-calls' | 'empty' | 'invalid-json' | 'mismatch';

/** What a {@link StructuredOutputError} is made of; see its fields. */
export interface StructuredOutputErrorOptions {
  reason: StructuredOutputReason;
  text: string;
  refusal?: string | undefined;
  issues?: readonly StandardIssue[];
  response: ChatResponse;
  receipt?: Receipt | undefined;
  cause?: unknown;
}

const MESSAGES: Readonly<Record<StructuredOutputReason, string>> = {
  refusal: 'The model refused to answer',
  truncated: 'The answer was cut off at its limit of tokens (raise max_tokens, or ask for less)',
  'content-filter': 'The answer was cut off by a content filter',
  'tool-calls': 'The model called tools instead of answering',
  empty: 'The answer has no text',
  'invalid-json': 'The answer is not JSON',
  mismatch: 'The answer does not fit the schema',
};

/**
 * A model answered, but not with an object that fits the schema. What it said, and what it cost, is here; the message holds none of it.
 * It does not cover requests that failed.
 *
 * @example
 * if (StructuredOutputError.isInstance(error) && error.reason === 'truncated') console.error(error.text, error.receipt?.cost.total);
 */
export class StructuredOutputError extends OpenRouterError {
  declare readonly reason: StructuredOutputReason;
  declare readonly generationId: string | undefined;
  /** What the model answered. Not enumerable, and neither are the next three, so that no log prints them by itself. */
  declare readonly text: string;
  /** What the model said when it refused. */
  declare readonly refusal: string | undefined;
  /** What the schema found. */
  declare readonly issues: readonly StandardIssue[];
  /** The wire's JSON, untouched. */
  declare readonly response: ChatResponse;

  constructor({ reason, text, refusal, issues = [], response, receipt, cause }: StructuredOutputErrorOptions) {
    super('structured_output', MESSAGES[reason], { cause });
    identify(this, 'StructuredOutputError', { reason, generationId: response.id }, { text, refusal, issues, response });
    if (receipt) this.receipt = receipt;
  }

  static override isInstance(value: unknown): value is StructuredOutputError {
    return isMarked(value, 'StructuredOutputError');
  }
}
