import type { ToolDeltas, Wire } from '@waypost/testing';
import { chunkKind } from './chunk-kind.js';
import { entries, type Fields, fields } from './json.js';

const isNull = (value: unknown, key: string): boolean => fields(value)[key] === null;

/** Older usage objects, of which the gateway knows three. */
function usageShape(usage: unknown): Wire {
  const used = fields(usage);
  if (usage === undefined) return { usage: 'missing' };
  if (!('cost' in used)) return { usageShape: 'no-cost' };
  if (isNull(used, 'prompt_tokens_details') || isNull(used, 'completion_tokens_details')) return { usageShape: 'null-details' };
  return isNull(used['cost_details'], 'upstream_inference_cost') ? { usageShape: 'null-upstream' } : {};
}

/** The quirks of a JSON answer. */
export function jsonWire(body: Fields): Wire {
  const [choice = {}] = entries(body['choices']);
  const message = fields(choice['message']);
  return {
    ...usageShape(body['usage']),
    ...('native_finish_reason' in choice ? {} : { bareChoices: true }),
    ...(message['content'] === '' ? { idleContent: 'empty' } : {}),
    ...('reasoning' in message ? {} : { reasoningText: false }),
  };
}

function toolDeltas(deltas: readonly Fields[]): ToolDeltas {
  const calls = deltas.flatMap((delta) => entries(delta['tool_calls']));
  const isFirst = (call: Fields): boolean => Boolean(fields(call['function'])['name']);
  const [first, later] = [calls.filter(isFirst), calls.filter((call) => !isFirst(call))];
  const args = fields(first[0]?.['function']);
  const typed = calls.filter((call) => 'type' in call).length;
  return {
    ...(later.length === 0 ? { size: Infinity } : {}),
    ...(later.some((call) => isNull(call, 'id')) ? { laterId: 'null' as const } : later.some((call) => call['id'] === '') ? { laterId: 'empty' as const } : {}),
    ...(later.some((call) => isNull(call['function'], 'name')) ? { laterName: 'null' as const } : later.some((call) => fields(call['function'])['name'] === '') ? { laterName: 'empty' as const } : {}),
    ...(isNull(args, 'arguments') ? { firstArguments: 'null' as const } : first.length > 0 && !('arguments' in args) ? { firstArguments: 'absent' as const } : {}),
    ...(typed === calls.length ? {} : { type: typed === 0 ? ('never' as const) : ('first' as const) }),
  };
}

function usagePlace(chunks: readonly Fields[]): Wire {
  const at = chunks.findIndex((chunk) => chunk['usage'] != null);
  const [choice] = entries(chunks[at]?.['choices']);
  if (at < 0) return { usage: 'missing' };
  if (choice === undefined) return { usage: 'empty-choices' };
  if (choice['finish_reason'] == null) return { usage: 'empty-delta' };
  const before = chunks.slice(0, at).some((chunk) => entries(chunk['choices']).some((one) => one['finish_reason'] != null));
  return before ? {} : { usage: 'with-finish' };
}

/** The quirks of a stream. */
export function streamWire(chunks: readonly Fields[]): Wire {
  const choices = chunks.flatMap((chunk) => entries(chunk['choices']));
  const deltas = choices.map((choice) => fields(choice['delta']));
  const kinds = new Set(chunks.map(chunkKind));
  const idle = deltas.filter((delta) => entries(delta['tool_calls']).length > 0 || entries(delta['reasoning_details']).length > 0);
  const thinks = deltas.some((delta) => entries(delta['reasoning_details']).length > 0);
  const [opening] = chunks;
  return {
    ...usageShape(chunks.find((chunk) => chunk['usage'] != null)?.['usage']),
    ...usagePlace(chunks),
    ...(kinds.has('last text') || kinds.has('last tool call') ? { finish: 'with-last' as const } : kinds.has('finish') ? {} : { finish: 'missing' as const }),
    ...(opening !== undefined && chunkKind(opening) === 'idle' ? { opening: true } : {}),
    ...(deltas.some((delta) => delta['content'] === null) ? { idleContent: 'null' as const } : idle.some((delta) => !('content' in delta)) ? { idleContent: 'absent' as const } : {}),
    ...(deltas.some((delta) => Array.isArray(delta['reasoning_details']) && delta['reasoning_details'].length === 0) ? { emptyReasoningDetails: true } : {}),
    ...(thinks && !deltas.some((delta) => typeof delta['reasoning'] === 'string') ? { reasoningText: false } : {}),
    ...(choices.some((choice) => 'native_finish_reason' in choice) ? {} : { bareChoices: true }),
    toolDeltas: toolDeltas(deltas),
  };
}
