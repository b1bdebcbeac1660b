import type { z } from 'zod';
import { placeOf } from '../validate/place-of.js';
import { issuesOf } from '../validate/schema.js';
import { ScenarioError } from './scenario-error.js';

/** A function of the scenario, and when it is asked. */
export interface Asked {
  /** `scenario.reply` */
  readonly script: string;
  /** `attempt 1, acme/atlas at azure` */
  readonly occasion: string;
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/**
 * What a function of the scenario gives; `undefined` is always good.
 *
 * @param fix what to write where it gives something else than it may.
 * @throws {ScenarioError}
 */
export function askAuthor<T>({ script, occasion }: Asked, call: () => T, schema: z.ZodType, fix: string): T {
  let value: T;
  try {
    value = call();
  } catch (cause) {
    throw new ScenarioError(script, occasion, `threw ${String(cause)}`, { cause });
  }
  if (value === undefined) return value;
  if (isPromise(value)) throw new ScenarioError(script, occasion, 'gave a promise: it is asked in the midst of a request, and must not be async');
  const [issue] = issuesOf(schema, value);
  if (issue !== undefined) throw new ScenarioError(script, occasion, `gave what it may not: ${placeOf(issue.path, 'the value')}: ${issue.message} (${fix})`);
  return value;
}
