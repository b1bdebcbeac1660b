import type { ReceiptCost, TokenUsage, Verdict } from '@waypost/core';
import type { ChatResult } from './convert-response.js';
import { exactSum } from './exact-sum.js';

/** What several calls came to. */
export interface Total {
  /** Calls that were answered. */
  calls: number;
  /** HTTP requests, repeated and failed-over ones included. Absent where receipts do not tell: `receipt: 'summary'` or `'off'`. */
  attempts?: number;
  /** Each kind of tokens, as far as the answers tell. */
  usage?: TokenUsage;
  /** USD, added as decimals. `partial` where some call's cost is unknown or partial itself. */
  cost: Pick<ReceiptCost, 'total' | 'upstream' | 'partial'>;
  /** The worst of all. Absent where receipts are off. */
  verdict?: Verdict;
}

const KINDS: readonly (keyof TokenUsage)[] = ['inputTokens', 'outputTokens', 'totalTokens', 'reasoningTokens', 'cachedInputTokens', 'cacheWriteTokens'];
const WORST: readonly Verdict[] = ['violated', 'unverifiable', 'kept'];

const told = <Value>(values: readonly (Value | undefined)[]): Value[] => values.filter((value): value is Value & {} => value !== undefined);

/** The sum of what is known, if anything is. */
function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = told(values);
  return known.length === 0 ? undefined : exactSum(known);
}

/** Adds up calls. Without receipts, costs are those of the answers' usage. */
export function totalOf(results: readonly Pick<ChatResult, 'receipt' | 'usage' | 'response'>[]): Total {
  const receipts = told(results.map(({ receipt }) => receipt));
  const costs = results.map(({ receipt, response }): ReceiptCost => receipt?.cost ?? { total: response.usage?.cost ?? undefined, upstream: response.usage?.cost_details?.upstream_inference_cost ?? undefined, partial: true });
  const attempts = sumOf(receipts.length === results.length && receipts.every((receipt) => receipt.attempts) ? receipts.map((receipt) => receipt.attempts?.length) : []);
  const usages = told(results.map(({ usage }) => usage));
  const counted = KINDS.flatMap((kind) => {
    const sum = sumOf(usages.map((usage) => usage[kind]));
    return sum === undefined ? [] : [[kind, sum] as const];
  });
  const total = sumOf(costs.map((cost) => cost.total));
  const upstream = sumOf(costs.map((cost) => cost.upstream));
  const verdict = WORST.find((one) => receipts.some((receipt) => receipt.verdict.overall === one));
  return {
    calls: results.length,
    ...(attempts !== undefined && { attempts }),
    ...(usages.length > 0 && { usage: Object.fromEntries(counted) }),
    cost: { ...(total !== undefined && { total }), ...(upstream !== undefined && { upstream }), partial: costs.some((cost) => cost.partial) },
    ...(verdict !== undefined && { verdict }),
  };
}
