import type { CallOptions, ChatChunk, Message } from '@waypost/core';
import { InvalidOptionsError, type OptionIssue, requirePlain } from '@waypost/core';
import type { ChatInput } from '../chat-request.js';
import { isObject } from '../schema/read-schema.js';
import type { ToolStep } from './result.js';
import type { ToolCallError } from './tool-call-error.js';
import type { ToolDefinition } from './tool.js';

/** Fields of the request that one step may have otherwise. Policy, fallback models and tools are those of the whole run. */
export type StepChanges = { [Field in keyof ChatInput as Field extends 'provider' | 'models' | 'tools' | 'stream' ? never : Field]?: ChatInput[Field] };

/** What is known before a step. */
export interface StepContext {
  /** From 1. */
  step: number;
  steps: readonly ToolStep[];
  messages: readonly Message[];
}

/** Options of {@link runTools}; those of a call hold for each step. */
export interface RunToolsOptions<Inputs> extends CallOptions {
  /** By name. Tools of the request, such as OpenRouter's own, are offered beside them. */
  tools: { readonly [Name in keyof Inputs]: ToolDefinition<Inputs[Name]> };
  /** Requests at most. Default 8. */
  maxSteps?: number | undefined;
  /** Calls of one step that run at a time. Default: all of them. */
  concurrency?: number | undefined;
  /** Whether a call that gave no result is told to the model, so that it can do better, or ends the run; a function is awaited. Default `feed`. */
  onToolError?: 'feed' | 'throw' | ((error: ToolCallError) => 'feed' | 'throw' | Promise<'feed' | 'throw'>) | undefined;
  /** After each step, its tools included; awaited. */
  onStep?: ((step: ToolStep) => unknown) | undefined;
  /** Streams the answers: called with each chunk of each step, and awaited. */
  onChunk?: ((chunk: ChatChunk) => unknown) | undefined;
  /** Streams the answers: called with each piece of their text, and awaited. */
  onText?: ((text: string) => unknown) | undefined;
  /** Changes the request of a step: another `tool_choice` or model, or fewer messages. What is kept of the conversation stays whole. */
  prepareStep?: ((context: StepContext) => StepChanges | undefined | Promise<StepChanges | undefined>) | undefined;
}

const FIXED = ['provider', 'models', 'tools', 'stream'];

/** @throws {InvalidOptionsError} listing what is wrong with what is not checked elsewhere. */
export function checkOptions(options: Omit<RunToolsOptions<object>, 'tools'>): void {
  // a caller without types may give anything
  const given: unknown = options;
  if (!isObject(given)) throw new InvalidOptionsError([{ path: 'options', message: 'expected an object', suggestion: 'such as { tools: { weather: { parameters, execute } } }' }]);
  requirePlain(given);
  const { maxSteps = 1, concurrency = 1, onToolError = 'feed', onStep, onChunk, onText, prepareStep } = options;
  const issues: OptionIssue[] = [];
  if (!(Number.isInteger(maxSteps) && maxSteps >= 1)) issues.push({ path: 'maxSteps', message: `expected a whole number, 1 or more, got ${String(maxSteps)}` });
  if (!((Number.isInteger(concurrency) || concurrency === Infinity) && concurrency >= 1)) issues.push({ path: 'concurrency', message: `expected a whole number, 1 or more, got ${String(concurrency)}` });
  if (typeof onToolError !== 'function' && onToolError !== 'feed' && onToolError !== 'throw') issues.push({ path: 'onToolError', message: `${JSON.stringify(onToolError)} is not one of "feed", "throw"`, suggestion: 'or a function that gives one of them' });
  for (const [path, hook] of Object.entries({ onStep, onChunk, onText, prepareStep })) {
    if (hook !== undefined && typeof hook !== 'function') issues.push({ path, message: `expected a function, got ${typeof hook}` });
  }
  if (issues.length > 0) throw new InvalidOptionsError(issues);
}

/** The changes of a step, checked: what holds for the run is not theirs to change. @throws {InvalidOptionsError} */
export function checkChanges(changes: StepChanges | null | undefined): StepChanges {
  if (changes != null && !isObject(changes)) throw new InvalidOptionsError([{ path: 'prepareStep', message: `gave a ${typeof changes}`, suggestion: 'give fields of the request, or nothing' }]);
  const fixed = Object.keys(changes ?? {}).filter((field) => FIXED.includes(field));
  if (fixed.length > 0) throw new InvalidOptionsError(fixed.map((field) => ({ path: `prepareStep.${field}`, message: 'is the same for all steps of a run', suggestion: 'set it in the request' })));
  return changes ?? {};
}
