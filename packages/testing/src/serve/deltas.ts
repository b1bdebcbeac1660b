import type { ChatDelta, ReasoningDetail, ToolCall, ToolCallDelta } from '@waypost/core';
import type { ReplyMessage } from '../scenario/reply.js';
import type { ToolDeltas, Wire } from '../scenario/wire.js';

/** A delta, and whether it belongs to a tool call. */
export interface Piece {
  readonly delta: ChatDelta;
  readonly tool: boolean;
}

/** A text cut into words, or into pieces of a size. */
export function pieces(text: string, size: number | undefined): readonly string[] {
  if (text === '') return [];
  if (size === undefined) return text.match(/\s*\S+\s*$|\s*\S+|\s+$/g) ?? [text];
  if (!Number.isFinite(size)) return [text];
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
}

/** Every field that a real delta repeats, with what this one adds. */
function fill(delta: ChatDelta, wire: Wire): ChatDelta {
  const idle = wire.idleContent ?? 'empty';
  const content = idle === 'absent' ? {} : { content: idle === 'null' ? null : '' };
  const details = wire.emptyReasoningDetails === true ? { reasoning_details: [] } : {};
  return { role: 'assistant', ...content, ...details, ...delta };
}

function streamDetail(detail: ReasoningDetail, wire: Wire): readonly ChatDelta[] {
  const both = wire.reasoningText !== false;
  if (detail.type === 'reasoning.text' && 'text' in detail && typeof detail.text === 'string') {
    const { text, signature, ...rest } = detail;
    const deltas = pieces(text, wire.textSize).map((piece): ChatDelta => ({
      ...(both ? { reasoning: piece } : {}),
      reasoning_details: [{ ...rest, text: piece }],
    }));
    if (signature === undefined || signature === null) return deltas;
    const last = deltas.at(-1);
    if (wire.signature === 'with-text' && last?.reasoning_details?.[0] !== undefined) {
      return [...deltas.slice(0, -1), { ...last, reasoning_details: [{ ...last.reasoning_details[0], signature }] }];
    }
    return [...deltas, { reasoning_details: [{ ...rest, signature }] }];
  }
  if (detail.type === 'reasoning.summary' && 'summary' in detail && typeof detail.summary === 'string') {
    const { summary, ...rest } = detail;
    return pieces(summary, wire.textSize).map((piece): ChatDelta => ({
      ...(both ? { reasoning: piece } : {}),
      reasoning_details: [{ ...rest, summary: piece }],
    }));
  }
  return [{ reasoning_details: [detail] }];
}

function isSignatureOnly(delta: ChatDelta): boolean {
  const detail = delta.reasoning_details?.[0];
  return detail !== undefined && detail.type === 'reasoning.text' && !('text' in detail);
}

function reasoningDeltas(message: ReplyMessage, wire: Wire): readonly ChatDelta[] {
  const details = message.reasoning_details ?? [];
  if (details.length > 0) return details.flatMap((detail) => streamDetail(detail, wire));
  return pieces(message.reasoning ?? '', wire.textSize).map((reasoning) => ({ reasoning }));
}

function later<K extends string>(key: K, value: string, how: 'absent' | 'repeat' | 'empty' | 'null' | undefined): Partial<Record<K, string | null>> {
  if (how === undefined || how === 'absent') return {};
  const sent = { repeat: value, empty: '', null: null }[how];
  // Sound: the object has the one key K, and the record is partial.
  return { [key]: sent } as Partial<Record<K, string | null>>;
}

function toolDeltas(call: ToolCall, position: number, quirks: ToolDeltas): readonly ToolCallDelta[] {
  const parts = pieces(call.function.arguments, quirks.size ?? 8);
  const whole = quirks.size === Infinity;
  const index = quirks.index === 'absent' ? {} : { index: quirks.index === 'zero' ? 0 : position };
  const type = (first: boolean): { type?: string } => (quirks.type === 'never' || (quirks.type === 'first' && !first) ? {} : { type: 'function' });
  const start = { empty: { arguments: '' }, null: { arguments: null }, absent: {} }[quirks.firstArguments ?? 'empty'];
  const first: ToolCallDelta = {
    ...index, id: call.id, ...type(true),
    function: { name: call.function.name, ...(whole ? { arguments: call.function.arguments } : start) },
  };
  const trailing = quirks.trailing === undefined ? [] : [quirks.trailing === 'null' ? null : ''];
  return [first, ...[...(whole ? [] : parts), ...trailing].map((part): ToolCallDelta => ({
    ...index,
    ...later('id', call.id, quirks.laterId),
    ...type(false),
    function: { ...later('name', call.function.name, quirks.laterName), arguments: part },
  }))];
}

/** A message as the deltas of a stream; what a client accumulates from them is the message again. */
export function deltasOf(message: ReplyMessage, wire: Wire): readonly Piece[] {
  const reasoning = reasoningDeltas(message, wire);
  const lateSignature = (delta: ChatDelta): boolean => wire.signature === 'end' && isSignatureOnly(delta);
  const lateEncrypted = (delta: ChatDelta): boolean => wire.encrypted === 'after' && delta.reasoning_details?.[0]?.type === 'reasoning.encrypted';
  const thoughts = reasoning.filter((delta) => !lateSignature(delta) && !lateEncrypted(delta));
  const huge = wire.hugeEvent === undefined ? [] : [{ content: 'x'.repeat(wire.hugeEvent) }];
  const text: ChatDelta[] = [
    ...huge,
    ...pieces(message.content ?? '', wire.textSize).map((content) => ({ content })),
    ...pieces(message.refusal ?? '', wire.textSize).map((refusal) => ({ refusal })),
  ];
  const calls = (message.tool_calls ?? []).flatMap((call, i) => toolDeltas(call, i, wire.toolDeltas ?? {}));
  const extras: ChatDelta[] = [
    ...(message.images ?? []).map((image, i) => ({ images: [{ index: i, ...image }] })),
    ...(message.audio === undefined || message.audio === null ? [] : [{ audio: message.audio }]),
    ...(message.annotations ?? []).map((annotation) => ({ annotations: [annotation] })),
  ];
  const spoken = wire.reasoning === 'after' ? [...text, ...thoughts] : [...thoughts, ...text];
  return [
    ...(wire.opening === true ? [{ content: '' }] : []),
    ...spoken,
    ...reasoning.filter(lateEncrypted),
    ...extras,
    ...calls.map((call): ChatDelta => ({ tool_calls: [call] })),
    ...reasoning.filter(lateSignature),
  ].map((delta) => ({ delta: fill(delta, wire), tool: delta.tool_calls !== undefined }));
}
