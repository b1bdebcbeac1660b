import type { AIMessage, ContentBlock, InvalidToolCall, ToolCall } from '@langchain/core/messages';
import {
  type ChatResponse, completeArguments, type ReasoningDetail, type Receipt, type ResponseMessage, toolCallId, type Warning,
} from '@waypost/core';
import { OpenRouterMessage } from './content-blocks.js';
import { isRecord, records } from './convert-tools.js';
import { convertUsage } from './convert-usage.js';

/** What is known about a response besides its body. */
export interface ResponseContext {
  readonly receipt: Receipt | undefined;
  readonly warnings: readonly Warning[];
}

/** A call as far as it is known. */
export interface RawToolCall {
  readonly id: string | undefined;
  readonly name: string;
  readonly arguments: string | null | undefined;
}

/** The calls that can be executed, and those whose arguments are not a complete JSON object. */
export function convertToolCalls(calls: readonly RawToolCall[]): { tool_calls: ToolCall[]; invalid_tool_calls: InvalidToolCall[] } {
  const valid: ToolCall[] = [];
  const invalid: InvalidToolCall[] = [];
  for (const call of calls) {
    const complete = completeArguments(call);
    const args: unknown = complete === undefined ? undefined : JSON.parse(complete);
    const known = { ...(call.id !== undefined && { id: call.id }), name: call.name };
    if (isRecord(args) && call.name !== '') valid.push({ ...known, args, type: 'tool_call' });
    else invalid.push({ ...known, args: call.arguments ?? '', error: 'Malformed args.', type: 'invalid_tool_call' });
  }
  return { tool_calls: valid, invalid_tool_calls: invalid };
}

/** The thinking that can be read, where the server gives it in details alone. */
function readableReasoning(details: readonly ReasoningDetail[] | null | undefined): string {
  let said = '';
  for (const detail of records(details)) {
    const piece = detail['type'] === 'reasoning.text' ? detail['text'] : detail['type'] === 'reasoning.summary' ? detail['summary'] : undefined;
    if (typeof piece === 'string') said += piece;
  }
  return said;
}

/** A piece of thinking, under whichever name it came. */
export function reasoningOf(said: {
  readonly reasoning?: string | null;
  readonly reasoning_details?: readonly ReasoningDetail[] | null;
  readonly [field: string]: unknown;
}): string {
  if (typeof said.reasoning === 'string') return said.reasoning;
  const alias = said['reasoning_content'];
  return typeof alias === 'string' ? alias : readableReasoning(said.reasoning_details);
}

/** Fields of a message that LangChain has a place for elsewhere. */
const PLACED: ReadonlySet<string> = new Set(['role', 'content', 'tool_calls', 'reasoning', 'reasoning_content']);

/** Whatever else a message has: reasoning details, refusal, images, sound, annotations, and what this version does not know. */
export function otherFields(message: ResponseMessage): Record<string, unknown> {
  const isSaid = (value: unknown): boolean => value != null && value !== '' && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(message).filter(([name, value]) => !PLACED.has(name) && isSaid(value)));
}

const isBlock = (block: Record<string, unknown>): block is ContentBlock => typeof block['type'] === 'string';

const warningText = ({ path, message, suggestion }: Warning): string => `${path} ${message}${suggestion === undefined ? '' : ` (${suggestion})`}`;

/**
 * LangChain's `response_metadata`; what the server did not say is absent. `finish_reason` is always there, so that it marks a
 * message that ended properly.
 */
export function responseMetadata(response: ChatResponse, { receipt, warnings }: ResponseContext): Record<string, unknown> {
  const [choice] = response.choices;
  const { id, model, provider, created, system_fingerprint: fingerprint, service_tier: tier, usage } = response;
  const said = Object.entries({
    id,
    model,
    model_name: model,
    provider,
    created,
    native_finish_reason: choice?.native_finish_reason,
    logprobs: choice?.logprobs,
    system_fingerprint: fingerprint,
    service_tier: tier,
    cost: usage?.cost,
    usage,
    warnings: warnings.length > 0 ? warnings.map(warningText) : undefined,
    receipt,
  }).filter(([, value]) => value != null);
  // The name under which @langchain/core has the translator that `contentBlocks` uses.
  return { model_provider: 'openrouter', finish_reason: choice?.finish_reason ?? null, ...Object.fromEntries(said) };
}

/** A whole response as LangChain's message. */
export function convertResponse(response: ChatResponse, context: ResponseContext): AIMessage {
  const [choice] = response.choices;
  const message: ResponseMessage = choice?.message ?? { role: 'assistant' };
  const reasoning = reasoningOf(message);
  const usage = convertUsage(response.usage);
  const ids = new Set<string>();
  const calls = records(message.tool_calls).map(({ id, function: called }, position): RawToolCall => {
    const { name, arguments: args }: Record<string, unknown> = isRecord(called) ? called : {};
    const own = toolCallId({ id: typeof id === 'string' && !ids.has(id) ? id : '', position }, response.id);
    ids.add(own);
    return {
      id: own,
      name: typeof name === 'string' ? name : '',
      // a server that parsed them already sends an object
      arguments: typeof args === 'string' || args == null ? args : JSON.stringify(args),
    };
  });
  return new OpenRouterMessage({
    ...(response.id !== undefined && { id: response.id }),
    content: typeof message.content === 'string' ? message.content : Array.isArray(message.content) ? records(message.content).filter(isBlock) : '',
    ...convertToolCalls(calls),
    additional_kwargs: { ...(reasoning !== '' && { reasoning_content: reasoning }), ...otherFields(message) },
    response_metadata: responseMetadata(response, context),
    ...(usage && { usage_metadata: usage }),
  });
}
