import type { Message } from '@waypost/core';
import { describeIssues } from '../schema/standard-schema.js';
import { untilAborted } from '../until-aborted.js';
import type { Offer } from './offer-tools.js';
import type { ReadCall } from './read-calls.js';
import { ToolCallError, type ToolCallErrorReason } from './tool-call-error.js';

/** What one call came to. */
export interface ToolResult {
  /** Of the call. */
  id: string;
  name: string;
  /** As the model is told it. */
  content: string;
  /** What the tool gave; absent where there is an error. */
  output?: unknown;
  error?: ToolCallError;
}

/** How the calls of one step are run. */
export interface ExecuteOptions {
  offer: Offer;
  signal: AbortSignal;
  /** Calls at a time. */
  concurrency: number;
  messages: readonly Message[];
  /** Says `throw` where an error ends the run instead of being told to the model. */
  onError: (error: ToolCallError) => string | Promise<string>;
}

/** Results in the order of the calls. After what ends the run, those that there were by then. */
export interface Executed {
  readonly results: readonly ToolResult[];
  /** An error for which `onError` says so, what `onError` itself threw, or the signal's reason. */
  readonly failure: { readonly error: unknown } | undefined;
}

const reasonOf = (thrown: unknown): string => (thrown instanceof Error && thrown.message !== '' ? thrown.message : typeof thrown === 'string' ? thrown : 'it failed');

async function execute({ id, name, whole }: ReadCall, { offer, signal, messages }: ExecuteOptions): Promise<ToolResult> {
  const failed = (reason: ToolCallErrorReason, told: string, more: Pick<ToolCallError, 'cause'> & Partial<Pick<ToolCallError, 'issues'>> = {}): ToolResult =>
    ({ id, name, content: `Error: ${told}`, error: new ToolCallError({ reason, toolName: name, toolCallId: id, ...more }) });
  const tool = offer.byName.get(name);
  if (tool === undefined) return failed('unknown-tool', `there is no tool of that name; there are ${[...offer.byName.keys()].join(', ')}`);
  // whole calls of a tool that is not run here are handed out, and do not get here
  if (whole === undefined || tool.ready === undefined) return failed('invalid-arguments', 'the arguments are not JSON');
  try {
    const readied = await tool.ready(whole.input);
    if (readied.issues) return failed('invalid-arguments', `the arguments do not fit: ${describeIssues(readied.issues)}`, { cause: undefined, issues: readied.issues });
    const output = await readied.value({ toolCallId: id, signal, messages });
    return { id, name, content: typeof output === 'string' ? output : JSON.stringify(output ?? null) ?? 'null', output };
  } catch (cause) {
    signal.throwIfAborted();
    return failed('failed', reasonOf(cause), { cause });
  }
}

/** Runs the calls, at most `concurrency` at a time. Never rejects. */
export async function executeCalls(calls: readonly ReadCall[], options: ExecuteOptions): Promise<Executed> {
  const { signal, concurrency, onError } = options;
  const results: (ToolResult | undefined)[] = calls.map(() => undefined);
  const pending = calls.entries();
  let failure: Executed['failure'];
  const work = async (): Promise<void> => {
    // one iterator for all: each takes the next call that nobody has
    for (const [place, call] of pending) {
      const result = await execute(call, options);
      results[place] = result;
      const said = result.error && onError(result.error);
      // at once where it can be, so that no other call is begun
      if ((said instanceof Promise ? await said : said) === 'throw') throw result.error;
      if (failure || signal.aborted) return;
    }
  };
  // what has been started is waited for, though another call has failed: it may have done what cannot be undone
  const workers = Array.from({ length: Math.min(concurrency, calls.length) }, () => work().catch((error: unknown) => {
    failure ??= { error };
  }));
  await untilAborted(Promise.all(workers), signal).catch((error: unknown) => {
    failure = { error };
  });
  return { results: results.filter((result) => result !== undefined), failure };
}
