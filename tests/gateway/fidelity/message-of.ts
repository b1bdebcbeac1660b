import type { Reply } from '@waypost/testing';
import { entries, type Fields, fields, text } from './json.js';

type Message = Reply['message'];

/** A message as a script takes it: what was recorded, without what the gateway writes itself. */
function asMessage(said: Fields): Message {
  const calls = entries(said['tool_calls']).map(({ index: _index, ...call }) => call);
  const kept = {
    ...said,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  const { role: _role, ...message }: Fields = kept;
  // as it was recorded: what has other types than the wire's is a finding
  return message;
}

/** Fields beside the message that a reply is told to have. */
function beside(whole: Fields): Fields {
  const told = Object.entries(whole).filter(([key, value]) => key === 'citations' || (typeof value === 'string' && (key === 'system_fingerprint' || key === 'service_tier')));
  return Object.fromEntries(told);
}

/** The reply that a recorded answer gives. */
export function replyOf(body: Fields): Reply {
  const [choice = {}] = entries(body['choices']);
  return {
    message: asMessage(fields(choice['message'])),
    finishReason: text(choice['finish_reason']) ?? null,
    nativeFinishReason: text(choice['native_finish_reason']) ?? null,
    fields: beside(body),
  };
}

function joinDetails(all: readonly Fields[]): readonly Fields[] {
  const joined: Record<string, unknown>[] = [];
  for (const detail of all) {
    const last = joined.at(-1);
    const key = ['text', 'summary'].find((one) => typeof detail[one] === 'string' && typeof last?.[one] === 'string');
    if (last !== undefined && key !== undefined && last['type'] === detail['type'] && last['index'] === detail['index']) last[key] = `${String(last[key])}${String(detail[key])}`;
    else joined.push({ ...detail });
  }
  return joined;
}

function joinCalls(deltas: readonly Fields[]): readonly Fields[] {
  const calls = new Map<unknown, { id: string; type: string; function: { name: string; arguments: string } }>();
  for (const delta of deltas) {
    const called = fields(delta['function']);
    const call = calls.get(delta['index']) ?? { id: '', type: 'function', function: { name: '', arguments: '' } };
    call.id ||= text(delta['id']) ?? '';
    call.function.name ||= text(called['name']) ?? '';
    call.function.arguments += text(called['arguments']) ?? '';
    calls.set(delta['index'], call);
  }
  return [...calls.values()];
}

/** The reply that a recorded stream gives. */
export function streamedReply(chunks: readonly Fields[]): Reply {
  const choices = chunks.flatMap((chunk) => entries(chunk['choices']));
  const deltas = choices.map((choice) => fields(choice['delta']));
  const joined = (key: string): string => deltas.map((delta) => text(delta[key]) ?? '').join('');
  const listed = (key: string): readonly Fields[] => deltas.flatMap((delta) => entries(delta[key]));
  const [details, calls, annotations] = [joinDetails(listed('reasoning_details')), joinCalls(listed('tool_calls')), listed('annotations')];
  const said: Fields = {
    content: joined('content') || null, refusal: joined('refusal') || null, reasoning: joined('reasoning') || null,
    ...(details.length > 0 ? { reasoning_details: details } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
    ...(annotations.length > 0 ? { annotations } : {}),
  };
  const last = choices.findLast((choice) => choice['finish_reason'] != null) ?? {};
  return {
    message: asMessage(said),
    finishReason: text(last['finish_reason']) ?? null,
    nativeFinishReason: text(last['native_finish_reason']) ?? null,
    fields: Object.assign({}, ...chunks.map((chunk) => { const { service_tier: _tier, ...told } = beside(chunk); return told; })),
  };
}
