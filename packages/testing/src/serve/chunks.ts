import type { ChatChunk, ChatChunkChoice, ChatDelta, Usage } from '@waypost/core';
import type { WireError } from '../scenario/wire.js';
import { type Answer, errorDetail, shapedUsage } from './answer.js';
import { deltasOf } from './deltas.js';

/** The events of a stream, and whether `[DONE]` follows them. */
export interface ChunkList {
  readonly chunks: readonly ChatChunk[];
  readonly done: boolean;
}

function envelope(answer: Answer): ChatChunk {
  return {
    id: answer.reply.id ?? answer.id, object: 'chat.completion.chunk', created: answer.created,
    model: answer.model, provider: answer.provider, ...answer.reply.fields,
  };
}

function withChoice(answer: Answer, delta: ChatDelta, ended: boolean, head: ChatChunk = envelope(answer)): ChatChunk {
  const choice: ChatChunkChoice = {
    index: 0, delta,
    finish_reason: ended ? answer.finishReason : null,
    ...(answer.wire.bareChoices === true ? {} : { native_finish_reason: ended ? answer.nativeFinishReason : null }),
  };
  return { ...head, choices: [choice] };
}

function contentChunks(answer: Answer): readonly ChatChunk[] {
  const { wire } = answer;
  const pieces = deltasOf(answer.reply.message, wire);
  // hot: the same for every chunk
  const head = envelope(answer);
  return pieces.map(({ delta, tool }, i) => {
    const last = i === pieces.length - 1;
    const ended = (wire.finish === 'every-tool-chunk' && tool) || (wire.finish === 'with-last' && last);
    return withChoice(answer, delta, ended, head);
  });
}

/** Whatever other deltas without text have: here real ones say `""`. */
const IDLE: ChatDelta = { role: 'assistant', content: '' };

function finishChunks(answer: Answer, content: readonly ChatChunk[]): readonly ChatChunk[] {
  const { finish = 'own' } = answer.wire;
  const rides = finish === 'with-last' || finish === 'every-tool-chunk';
  if (finish === 'missing' || (rides && content.some((chunk) => chunk.choices?.[0]?.finish_reason !== null))) return [];
  const chunk = withChoice(answer, IDLE, true);
  return finish === 'repeated' ? [chunk, chunk] : [chunk];
}

/** The tier is told with the usage, and nowhere else. */
function usageFields(answer: Answer, usage: Usage): Pick<ChatChunk, 'service_tier' | 'usage'> {
  return { service_tier: answer.serviceTier, ...answer.reply.fields, usage };
}

function usageChunk(answer: Answer, usage: Usage): ChatChunk {
  const ended = answer.wire.usage !== 'empty-delta' && answer.wire.finish !== 'missing';
  const base = answer.wire.usage === 'empty-choices' ? { ...envelope(answer), choices: [] } : withChoice(answer, IDLE, ended);
  return { ...base, ...usageFields(answer, usage) };
}

function errorChunk(answer: Answer, error: WireError): ChatChunk {
  const detail = errorDetail(answer.wire);
  const choice: ChatChunkChoice = { index: 0, delta: { content: '' }, finish_reason: 'error', native_finish_reason: 'error' };
  switch (error.shape ?? 'chunk') {
    case 'bare': return { error: detail };
    case 'choice': return { ...envelope(answer), choices: [{ ...choice, error: detail }] };
    case 'finish': return { ...envelope(answer), choices: [choice] };
    default: return { ...envelope(answer), error: detail, choices: [choice] };
  }
}

function cutIndex(answer: Answer, content: readonly ChatChunk[]): number | undefined {
  const { cut } = answer.wire;
  if (cut === 'before-finish') return content.length;
  if (cut !== 'tool-call') return typeof cut === 'number' ? cut : undefined;
  const first = content.findIndex((chunk) => chunk.choices?.[0]?.delta?.tool_calls !== undefined);
  // The first delta of a call and one piece of its arguments.
  return first < 0 ? content.length : first + 2;
}

/** The chunks of an answer in order, with the errors and cuts that its wire asks for. */
export function chunksOf(answer: Answer): ChunkList {
  const { wire } = answer;
  const content = contentChunks(answer);
  if (wire.error !== undefined) {
    const after = wire.error.after === 'end' ? content.length : (wire.error.after ?? 1);
    const usage = wire.error.usage === true ? [{ ...withChoice(answer, { content: '' }, false), usage: shapedUsage(answer) }] : [];
    return { chunks: [...content.slice(0, after), errorChunk(answer, wire.error), ...usage], done: wire.error.done === true };
  }
  const finish = finishChunks(answer, content);
  const usage = shapedUsage(answer);
  const rides = wire.usage === 'with-finish' && finish.length > 0;
  const ending = wire.usage === 'missing' ? finish
    : rides ? finish.map((chunk, i) => (i === finish.length - 1 ? { ...chunk, ...usageFields(answer, usage) } : chunk))
      : [...finish, usageChunk(answer, usage)];
  const all = [...content, ...ending];
  const final = all.at(-1);
  const chunks = final === undefined || answer.metadata === undefined ? all : [...all.slice(0, -1), { ...final, openrouter_metadata: answer.metadata }];
  const index = cutIndex(answer, content);
  if (index !== undefined) return { chunks: chunks.slice(0, index), done: false };
  return { chunks, done: wire.done !== false && wire.cut !== 'before-done' };
}
