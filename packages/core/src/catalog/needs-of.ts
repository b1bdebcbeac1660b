import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { isRecord, show } from '../policy/report.js';
import { demandedChoice, formatParameter } from '../routing/parameters.js';
import type { ModelCriteria } from './criteria.js';

/** Part of a message → what a model must take for it. */
const INPUTS: ReadonlyMap<unknown, string> = new Map([['image_url', 'image'], ['input_audio', 'audio'], ['video_url', 'video'], ['input_video', 'video'], ['file', 'file']]);

function isPresent(value: unknown): boolean {
  return value != null && value !== false && !(Array.isArray(value) && value.length === 0);
}

function inputsOf(messages: unknown): string[] {
  const parts = (Array.isArray(messages) ? messages : []).flatMap((message: unknown) => (isRecord(message) && Array.isArray(message['content']) ? message['content'] : []));
  const kinds = parts.flatMap((part: unknown) => (isRecord(part) ? (INPUTS.get(part['type']) ?? []) : []));
  return [...new Set(['text', ...kinds])];
}

/** Whether a request asks for reasoning, in one of the three ways to say so. */
function thinks({ reasoning, reasoning_effort: effort, include_reasoning: legacy }: { readonly [field: string]: unknown }): boolean {
  if (isRecord(reasoning) && reasoning['enabled'] !== false && reasoning['effort'] !== 'none') return true;
  return (effort != null && effort !== 'none') || legacy === true;
}

/**
 * What a chat request needs of a model, as far as the catalogue knows such things: the kinds of content in its messages and of its
 * answer, tools, output formats, reasoning. Its length is not among them, since tokens are the model's own.
 *
 * @throws {InvalidOptionsError} for what is no request.
 * @example
 * filterModels(models, needsOf(request));
 */
export function needsOf(request: { readonly [field: string]: unknown }): ModelCriteria {
  if (!isRecord(request)) throw new InvalidOptionsError([{ path: 'request', message: `expected the body of a request, got ${show(request)}` }]);
  const { messages, modalities, tools } = request;
  const outputs = (Array.isArray(modalities) ? modalities : []).filter((one: unknown) => typeof one === 'string' && one !== '');
  const format = formatParameter(request);
  const supports = [
    ...(isPresent(tools) ? ['tools'] : []),
    ...(isPresent(tools) && demandedChoice(request) !== undefined ? ['tool_choice'] : []),
    ...(format === undefined ? [] : [format]),
    ...(thinks(request) ? ['reasoning'] : []),
  ];
  return {
    inputs: inputsOf(messages),
    outputs: outputs.length > 0 ? outputs : ['text'],
    ...(supports.length > 0 && { supports }),
  };
}
