import type { CallOptions, Message } from '@waypost/core';
import { type ChatInput, checkMessages } from '../chat-request.js';
import { requireClient } from '../config-of.js';
import type { ChatResult } from '../convert-response.js';
import type { OpenRouter } from '../create-openrouter.js';
import { textsOf } from '../texts-of.js';
import { totalOf } from '../total.js';
import { executeCalls } from './execute-calls.js';
import { offerTools } from './offer-tools.js';
import { checkChanges, checkOptions, type RunToolsOptions } from './options.js';
import { noteProgress } from './progress.js';
import { readCalls } from './read-calls.js';
import type { StoppedBy, ToolRun, ToolStep } from './result.js';

type Listeners = Pick<RunToolsOptions<object>, 'onChunk' | 'onText'>;

/** The model was stopped in the middle of its answer. */
const CUT = ['length', 'content_filter', 'error'];

async function ask(client: OpenRouter, request: ChatInput, call: CallOptions, { onChunk, onText }: Listeners): Promise<ChatResult> {
  if (!onChunk && !onText) return client.chat(request, call);
  const stream = client.stream(request, call);
  for await (const chunk of stream) {
    // hot: once per chunk; nothing is awaited where nothing is to be waited for
    const heard = onChunk?.(chunk);
    if (heard instanceof Promise) await heard;
    if (!onText) continue;
    for (const text of textsOf([chunk])) {
      const said = onText(text);
      if (said instanceof Promise) await said;
    }
  }
  return stream.final();
}

/**
 * Lets a model call tools until it answers. Every request goes through the client with the request's own policy and the options of the
 * call; answers are put back as they came, reasoning details included. The input of a call is checked before its tool runs, calls of
 * one answer run side by side, and what goes wrong with one is told to the model unless `onToolError` says otherwise. A call that was
 * cut off is never run.
 *
 * @throws as `chat` does, and {@link ToolCallError} where `onToolError` asks for it. `progressOf(error)` has the steps before it.
 * @throws {InvalidOptionsError} for wrong options, before anything is sent.
 * @example
 * const { text, total } = await runTools(openrouter, { model: 'openai/gpt-5.1', messages }, {
 *   tools: { weather: { description: 'The weather of a city', parameters: z.object({ city: z.string() }), execute: ({ city }) => forecast(city) } },
 * });
 */
export async function runTools<Inputs extends { [name: string]: unknown }>(client: OpenRouter, request: ChatInput, options: RunToolsOptions<Inputs>): Promise<ToolRun> {
  requireClient(client);
  checkOptions(options);
  const { tools, maxSteps = 8, concurrency = Infinity, onToolError = 'feed', onStep, onChunk, onText, prepareStep, ...call } = options;
  checkMessages(request);
  const offer = offerTools<Inputs>(tools, request.tools);
  const signal = call.signal ?? new AbortController().signal;
  const messages: Message[] = [...request.messages];
  const steps: ToolStep[] = [];

  const takeStep = async (): Promise<ToolRun | undefined> => {
    const changes = checkChanges(await prepareStep?.({ step: steps.length + 1, steps: [...steps], messages: [...messages] }));
    const body: ChatInput = { ...request, messages: [...messages], ...changes, ...(offer.tools.length > 0 && { tools: offer.tools }) };
    const result = await ask(client, body, call, { onChunk, onText });
    const { calls, message } = readCalls(result);
    messages.push(message);
    const stop = (stoppedBy: StoppedBy, pending: typeof calls = []): ToolRun =>
      ({ ...result, stoppedBy, pendingCalls: pending.flatMap(({ whole }) => whole ?? []), steps, messages, total: totalOf(steps) });
    const cut = CUT.includes(result.finishReason ?? '');
    const pending = calls.filter(({ name, whole }) => whole && offer.byName.get(name)?.ready === undefined && offer.byName.has(name));
    const step: ToolStep = { ...result, toolResults: [] };
    steps.push(step);
    if (calls.length > 0 && !cut) {
      const onError = typeof onToolError === 'function' ? onToolError : () => onToolError;
      const ours = calls.filter((one) => !pending.includes(one));
      const { results, failure } = await executeCalls(ours, { offer, signal, concurrency, messages: [...messages], onError });
      step.toolResults = results;
      messages.push(...results.map(({ id, name, content }): Message => ({ role: 'tool', tool_call_id: id, name, content })));
      if (failure) throw failure.error;
    }
    await onStep?.(step);
    if (calls.length === 0) return stop('finished');
    if (cut) return stop('cut');
    if (pending.length > 0) return stop('pending-calls', pending);
    return steps.length >= maxSteps ? stop('max-steps') : undefined;
  };

  try {
    for (;;) {
      const run = await takeStep();
      if (run) return run;
    }
  } catch (error) {
    if (steps.length > 0) noteProgress(error, { steps, messages });
    throw error;
  }
}
