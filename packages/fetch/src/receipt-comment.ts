import type { Receipt } from '@waypost/core';

const NAME = ' waypost-receipt ';

/**
 * A receipt as a comment of an event stream, for whoever reads the stream in a browser: without the policy, the attempts and the router's
 * account of them, which may name what is nobody's business there.
 */
export function receiptComment({ policy: _policy, attempts: _attempts, router: _router, rawUsage: _usage, verdict, ...receipt }: Receipt): string {
  const told: Receipt = { ...receipt, overruled: [], verdict: { overall: verdict.overall, guardrails: {} } };
  return `:${NAME}${JSON.stringify(told)}\n\n`;
}

const isRecord = (value: unknown): value is { readonly [field: string]: unknown } => typeof value === 'object' && value !== null;
const isReceipt = (value: unknown): value is Receipt =>
  isRecord(value) && ['cost', 'timing', 'verdict'].every((part) => isRecord(value[part])) && Array.isArray(value['requested']);

/** The receipt in a comment, given without its colon; undefined for any other comment. */
export function receiptIn(comment: string): Receipt | undefined {
  if (!comment.startsWith(NAME)) return undefined;
  try {
    const value: unknown = JSON.parse(comment.slice(NAME.length));
    return isReceipt(value) ? value : undefined;
  } catch {
    // a comment is what anybody may write
    return undefined;
  }
}
