import type { GatewayOptions } from '@waypost/testing';
import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { Plan } from '../drivers/driver.js';
import { drivers } from '../drivers/index.js';
import { canonical } from './canonical.js';
import { bodies, kind, layerName, receiptText, run, type Run } from './run.js';

/** Everything about a run that must not depend on the adapter. */
interface Comparable {
  readonly urls: readonly string[];
  readonly wire: readonly string[];
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: string;
  readonly receipt: string;
  readonly error: string | undefined;
  readonly message: string | undefined;
  readonly errorReceipt: string;
  readonly isRetryable: unknown;
  readonly overruled: readonly string[];
}

/** Runs one plan with every adapter, requires that all see the same, and gives the runs by name. */
export async function agree(plan: Plan, options?: GatewayOptions): Promise<Run[]> {
  const runs: Run[] = [];
  const seen: Comparable[] = [];
  for (const driver of drivers) {
    const result = await run(driver, plan, options);
    const { receipt, ours, told, requests } = result;
    runs.push(result);
    seen.push({
      urls: told.requests.map(({ url }) => url),
      wire: bodies(driver, requests),
      text: result.text,
      reasoning: result.reasoning,
      toolCalls: canonical(result.toolCalls),
      receipt: receiptText(driver, plan, receipt) ?? '',
      error: kind(ours) ?? (result.error === undefined ? undefined : inspect(result.error)),
      message: ours?.message,
      errorReceipt: receiptText(driver, plan, ours?.receipt) ?? '',
      isRetryable: ours && 'isRetryable' in ours ? ours.isRetryable : undefined,
      overruled: (receipt?.overruled ?? []).map(({ field, layer }) => `${field}@${layerName(driver, plan, layer)}`),
    });
  }
  const [first, ...others] = seen;
  for (const other of others) expect(other).toEqual(first);
  return runs;
}
