import { totalOf } from '../total.js';
import type { ToolProgress } from './result.js';

// beside the errors, not on them: they stay what they are, and a log that prints them prints no conversation
const known = new WeakMap<object, ToolProgress | undefined>();

const isObject = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Notes what had happened before an error. */
export function noteProgress(error: unknown, { steps, messages }: Pick<ToolProgress, 'steps' | 'messages'>): void {
  // An error that ended two runs, as the reason of one signal may, tells of neither.
  if (isObject(error)) known.set(error, known.has(error) ? undefined : { steps, messages, total: totalOf(steps) });
}

/**
 * The steps that a run had done before it threw `error`, which may be of any kind: an error of a later request, of a tool, or the
 * reason of a signal that was aborted. Of a step that was interrupted, only calls that had come to a result have one. Undefined where the first request failed, and for a reason that is no object or ended several runs.
 *
 * @example
 * try { await runTools(openrouter, request, { tools }) } catch (error) {
 *   const done = progressOf(error);
 *   if (done) await save(done.messages, done.total.cost);
 *   throw error;
 * }
 */
export function progressOf(error: unknown): ToolProgress | undefined {
  return isObject(error) ? known.get(error) : undefined;
}
