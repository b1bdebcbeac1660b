import { type CallOptions, type ChatResponse, InvalidOptionsError, OpenRouterError, type Receipt, requirePlain, StreamError } from '@waypost/core';
import type { ChatInput } from './chat-request.js';
import { requireClient } from './config-of.js';
import type { ChatResult } from './convert-response.js';
import type { OpenRouter } from './create-openrouter.js';

/** What a comparison takes beside what each of its calls takes. */
export interface CompareOptions extends CallOptions {
  /** How many models are asked at a time. Default: all. With 1, none has to share the line with another. */
  concurrency?: number;
}

interface Row {
  /** The model as asked for. */
  readonly model: string;
  /** Milliseconds of the whole call, retries included. */
  readonly totalMs: number | undefined;
  /** Milliseconds to the first content. */
  readonly firstTokenMs: number | undefined;
  /** USD charged, as far as the server said. */
  readonly cost: number | undefined;
  readonly receipt: Receipt | undefined;
}

/** A model that answered. */
export interface ComparedModel extends Row {
  readonly ok: true;
  readonly text: string;
  /** Tokens of the answer for each second between the first content and the end; undefined where either is unknown. */
  readonly tokensPerSecond: number | undefined;
  readonly result: ChatResult;
}

/** A model that did not. */
export interface FailedModel extends Row {
  readonly ok: false;
  /** What had arrived; empty where nothing had. */
  readonly text: string;
  readonly error: OpenRouterError;
}

/** One row of a comparison. */
export type ModelComparison = ComparedModel | FailedModel;

function timesOf(receipt: Receipt | undefined): Pick<Row, 'totalMs' | 'firstTokenMs' | 'cost' | 'receipt'> {
  return { totalMs: receipt?.timing.totalMs, firstTokenMs: receipt?.timing.firstTokenMs, cost: receipt?.cost.total, receipt };
}

function speedOf({ totalMs, firstTokenMs }: Pick<Row, 'totalMs' | 'firstTokenMs'>, tokens: number | undefined): number | undefined {
  const ms = totalMs === undefined || firstTokenMs === undefined ? 0 : totalMs - firstTokenMs;
  return ms > 0 && tokens !== undefined ? (tokens / ms) * 1000 : undefined;
}

function textOf(partial: ChatResponse | undefined): string {
  const content = partial?.choices[0]?.message?.content;
  return typeof content === 'string' ? content : '';
}

async function compareOne(client: OpenRouter, request: ChatInput, model: string, options: CallOptions): Promise<ModelComparison> {
  try {
    // an empty list stands over the fallbacks of the client: a row is about the model that it names
    const result = await client.stream({ ...request, model, models: [] }, options).final();
    const times = timesOf(result.receipt);
    return { model, ok: true, text: result.text, ...times, tokensPerSecond: speedOf(times, result.usage?.outputTokens), result };
  } catch (error) {
    // whatever it was aborted with
    if (options.signal?.aborted) throw options.signal.reason;
    if (!OpenRouterError.isInstance(error)) throw error;
    return { model, ok: false, text: textOf(StreamError.isInstance(error) ? error.partial : undefined), ...timesOf(error.receipt), error };
  }
}

function checkModels(models: unknown): asserts models is readonly string[] {
  const sound = Array.isArray(models) && models.length > 0 && models.every((model) => typeof model === 'string' && model !== '');
  if (!sound) throw new InvalidOptionsError([{ path: 'models', message: 'expected a list of model ids that is not empty', suggestion: 'such as ["openai/gpt-5.1", "qwen/qwen3-32b"]' }]);
  if (new Set(models).size < models.length) throw new InvalidOptionsError([{ path: 'models', message: 'names a model twice', suggestion: 'name each once' }]);
}

/**
 * Sends one request to several models, each as a stream so that the first token can be timed, and puts what came side by side, in
 * the order of the models. A model that fails is a row too. The policy of the client holds for each; its fallback models do not,
 * since a row is about the model that it names. Milliseconds and USD.
 *
 * @throws {InvalidOptionsError} for a list of models that is none. An abort rejects with the reason of the signal, and ends all calls; so
 * does what a hook throws.
 * @example
 * const rows = await compareModels(openrouter, { messages }, ['openai/gpt-5.1', 'anthropic/claude-sonnet-4.6']);
 * console.table(rows.map(({ model, ok, totalMs, firstTokenMs, cost }) => ({ model, ok, totalMs, firstTokenMs, cost })));
 */
export async function compareModels(client: OpenRouter, request: ChatInput, models: readonly string[], options?: CompareOptions): Promise<ModelComparison[]> {
  requireClient(client);
  checkModels(models);
  requirePlain(options ?? {});
  const { concurrency = models.length, ...rest } = options ?? {};
  if (!(Number.isInteger(concurrency) && concurrency > 0)) throw new InvalidOptionsError([{ path: 'concurrency', message: 'expected a whole number, more than 0' }]);
  // times and costs are the receipt's
  const call: CallOptions = rest.receipt === undefined || rest.receipt === 'off' ? { ...rest, receipt: 'full' } : rest;
  const rows: ModelComparison[] = [];
  // of our own, since what ends one call for good ends all
  const controller = new AbortController();
  const { signal } = call;
  const onAbort = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  else signal?.addEventListener?.('abort', onAbort, { once: true });
  // what is no signal is told by the calls themselves
  const shared: CallOptions = signal == null || 'aborted' in Object(signal) ? { ...call, signal: controller.signal } : call;
  let failure: { readonly error: unknown } | undefined;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < models.length; at = next++) rows[at] = await compareOne(client, request, models[at] ?? '', shared);
  };
  const workers = Array.from({ length: Math.min(concurrency, models.length) }, () => work().catch((error: unknown) => {
    failure ??= { error };
    controller.abort(error);
  }));
  await Promise.all(workers);
  signal?.removeEventListener?.('abort', onAbort);
  if (failure) throw failure.error;
  return rows;
}
