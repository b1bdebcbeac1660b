import type { ChatChunk, ChatDelta } from '@waypost/core';
import { ARGUMENTS, type Mode, MODEL, said, TEXT, TOOL } from '../modes.js';

/** A good answer as it goes over the wire. */
export interface Payload {
  readonly type: string;
  readonly bytes: Buffer;
  /** The first half: of a stream some whole events, with some of the answer in them. */
  readonly half: Buffer;
  /** What the first half says, as `said` puts it; nothing for half a JSON body. */
  readonly halfSaid: string;
  /** Up to the finish reason of a stream; all of a JSON body. */
  readonly finished: Buffer;
}

/** What the suite itself reads of an event. */
export type StreamEvent = Pick<ChatChunk, 'choices'>;

/** What whole events of a stream say: read the plain way, to compare with. */
export function saidBy(events: readonly StreamEvent[]): string {
  const deltas = events.map(({ choices }) => choices?.[0]?.delta);
  const pieces = deltas.flatMap((delta) => delta?.tool_calls ?? []).map((call) => call.function);
  const text = deltas.map((delta) => delta?.content ?? '').join('');
  const name = pieces.map((piece) => piece?.name ?? '').join('');
  return said(text, pieces.length === 0 ? [] : [{ name, arguments: pieces.map((piece) => piece?.arguments ?? '').join('') }]);
}

const USAGE = { prompt_tokens: 9, completion_tokens: 7, total_tokens: 16 };
const piecesOf = (text: string): string[] => text.match(/.{1,8}/gsu) ?? [];

function deltasOf(tools: boolean): ChatDelta[] {
  if (!tools) return piecesOf(TEXT).map((content) => ({ content }));
  const first = { index: 0, id: 'call_1', type: 'function', function: { name: TOOL.name, arguments: '' } };
  return [first, ...piecesOf(ARGUMENTS).map((piece) => ({ index: 0, function: { arguments: piece } }))].map((call) => ({ tool_calls: [call] }));
}

const eventOf = (chunk: object): string => `data: ${JSON.stringify(chunk)}\n\n`;

/** A good stream, its events short, since it is cut at each of its bytes. */
function streamOf({ tools }: Mode): Payload {
  const finish_reason = tools ? 'tool_calls' : 'stop';
  const chunks = [
    { id: 'gen-1', model: MODEL, provider: 'OpenAI', choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] },
    ...deltasOf(tools).map((delta) => ({ choices: [{ index: 0, delta }] })),
    { choices: [{ index: 0, delta: {}, finish_reason }] },
  ];
  const events = chunks.map(eventOf).join('');
  const half = chunks.slice(0, chunks.length / 2 + 1);
  return {
    type: 'text/event-stream',
    bytes: Buffer.from(`${events}${eventOf({ choices: [], usage: USAGE })}data: [DONE]\n\n`),
    half: Buffer.from(half.map(eventOf).join('')),
    halfSaid: saidBy(half),
    finished: Buffer.from(events),
  };
}

function jsonOf({ tools }: Mode): Payload {
  const calls = [{ id: 'call_1', type: 'function', function: { name: TOOL.name, arguments: ARGUMENTS } }];
  const message = tools ? { role: 'assistant', content: null, tool_calls: calls } : { role: 'assistant', content: TEXT };
  const choices = [{ index: 0, finish_reason: tools ? 'tool_calls' : 'stop', message }];
  const bytes = Buffer.from(JSON.stringify({ id: 'gen-1', model: MODEL, provider: 'OpenAI', choices, usage: USAGE }));
  return { type: 'application/json', bytes, half: bytes.subarray(0, bytes.length / 2), halfSaid: '', finished: bytes };
}

/** What a server answers when all goes well. */
export function payloadOf(mode: Mode): Payload {
  return mode.kind === 'json' ? jsonOf(mode) : streamOf(mode);
}
