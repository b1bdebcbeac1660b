import type { ChatResponse } from '../../src/wire/chat.js';
import type { ChatChunk, ChatChunkChoice, ChatDelta, ToolCallDelta } from '../../src/wire/chunk.js';
import type { GeneratedAudio, ToolCall } from '../../src/wire/message.js';
import type { ReasoningDetail } from '../../src/wire/reasoning.js';

/** A number from 0 to below `count`, at random. */
export type Pick = (count: number) => number;

type Step = (delta: ChatDelta, choice: ChatChunkChoice) => void;

const oneOf = <T>(pick: Pick, options: readonly T[]): T => options[pick(options.length)] as T;

/** Cuts a text at random, empty pieces included. */
function pieces(pick: Pick, text: string): string[] {
  const cuts = Array.from({ length: pick(4) }, () => pick(text.length + 1)).sort((a, b) => a - b);
  return [...cuts, text.length].map((to, place) => text.slice(place === 0 ? 0 : cuts[place - 1], to));
}

const textSteps = (pick: Pick, key: 'content' | 'refusal' | 'reasoning', text: string | null | undefined): Step[] =>
  text ? pieces(pick, text).map((piece): Step => (delta) => (delta[key] = piece)) : [];

/** A detail as it is streamed: texts in pieces, the signature with the last of them or in a detail of its own. */
function splitDetail(pick: Pick, detail: ReasoningDetail): ReasoningDetail[] {
  const { text, summary, signature, ...head } = detail as Record<string, unknown> & { type: string };
  const key = detail.type === 'reasoning.text' ? 'text' : 'summary';
  const whole = key === 'text' ? text : summary;
  if ((detail.type !== 'reasoning.text' && detail.type !== 'reasoning.summary') || typeof whole !== 'string') return [detail];
  // The id may come with the first piece only, and a null of the format be left out.
  const { id: _id, ...later } = head;
  const parts = pieces(pick, whole).map((piece, place) => ({ ...(place > 0 && pick(2) ? later : head), [key]: piece }));
  if (signature !== undefined) {
    if (pick(2)) parts.push({ ...later, ...oneOf(pick, [{}, { text: '' }, { text: null }]), signature });
    else Object.assign(parts.at(-1) ?? {}, { signature });
  }
  return parts;
}

const detailSteps = (pick: Pick, details: readonly ReasoningDetail[]): Step[] =>
  details.flatMap((detail) => splitDetail(pick, detail)).map((part): Step => (delta) => (delta.reasoning_details = [...(delta.reasoning_details ?? []), part]));

/** The deltas of one call with everything odd that servers do to those after the first. */
function callDeltas(pick: Pick, call: ToolCall, index: number | undefined): ToolCallDelta[] {
  const place = index === undefined ? {} : { index };
  const { name, arguments: args } = call.function;
  const whole = pick(3) === 0;
  const lateName = !whole && pick(3) === 0;
  const head: ToolCallDelta = { ...place, id: call.id, type: 'function', function: { ...(lateName ? {} : { name }), arguments: whole ? args : '' } };
  if (whole) return [head];
  const later = (piece: string | null, named: boolean): ToolCallDelta => ({
    ...place,
    ...oneOf(pick, [{}, { id: '' }, { id: null }, { id: call.id }]),
    ...oneOf(pick, [{}, { type: '' }, { type: null }, { type: 'function' }]),
    function: { ...(named ? { name } : oneOf(pick, [{}, { name: null }, { name: '' }])), ...(piece === null ? oneOf(pick, [{}, { arguments: null }]) : { arguments: piece }) },
  });
  const rest = pieces(pick, args).map((piece, at) => later(piece, (lateName && at === 0) || (!lateName && pick(4) === 0)));
  if (pick(3) === 0) rest.push(later(null, false));
  return [head, ...rest];
}

/** Calls at indices of their own may take turns; those that share an index, or have none, come one after another. */
function callSteps(pick: Pick, calls: readonly ToolCall[]): Step[] {
  const mode = oneOf(pick, ['own', 'shared', 'none', 'odd'] as const);
  const indexOf = (place: number): number | undefined => ({ own: place, shared: 0, none: undefined, odd: place % 2 ? -place : place * 1e9 })[mode];
  const queues = calls.map((call, place) => callDeltas(pick, call, indexOf(place)));
  const order: ToolCallDelta[] = [];
  if (mode === 'own' || mode === 'odd') {
    for (const queue of queues) order.push(...queue.splice(0, 1)); // the first of each in order, the rest as it happens
    for (let open = queues.filter((queue) => queue.length > 0); open.length > 0; open = open.filter((queue) => queue.length > 0)) {
      order.push(...(open[pick(open.length)]?.splice(0, 1) ?? []));
    }
  } else order.push(...queues.flat());
  return order.map((part): Step => (delta) => (delta.tool_calls = [...(delta.tool_calls ?? []), part]));
}

function audioSteps(pick: Pick, audio: GeneratedAudio | null | undefined): Step[] {
  if (!audio) return [];
  const { data, transcript, ...rest } = audio;
  const parts: GeneratedAudio[] = [rest, ...pieces(pick, data ?? '').map((piece) => ({ data: piece }))];
  if (transcript !== undefined) parts.push(...pieces(pick, transcript).map((piece) => ({ transcript: piece })));
  return parts.map((part): Step => (delta) => (delta.audio = part));
}

/** Cuts a response into chunks at random, as a server streams it: lanes interleaved, odd shapes sprinkled in. */
export function encodeResponse(response: ChatResponse, pick: Pick): ChatChunk[] {
  const { choices, usage, object: _object, ...head } = response;
  const choice = choices[0];
  if (!choice) throw new Error('a response to encode has a choice');
  const { message } = choice;
  const tokens = (choice.logprobs as { content: unknown[] } | null)?.content ?? [];
  let lanes: Step[][] = [
    textSteps(pick, 'content', message.content),
    textSteps(pick, 'refusal', message.refusal),
    textSteps(pick, 'reasoning', message.reasoning),
    detailSteps(pick, message.reasoning_details ?? []),
    callSteps(pick, message.tool_calls ?? []),
    (message.images ?? []).map((image): Step => (delta) => (delta.images = [...(delta.images ?? []), image])),
    (message.annotations ?? []).map((note): Step => (delta) => (delta.annotations = [...(delta.annotations ?? []), note])),
    audioSteps(pick, message.audio),
    tokens.map((token): Step => (_delta, part) => (part.logprobs = { content: [token], refusal: null })),
  ];

  const chunk = (part: ChatChunkChoice | undefined): ChatChunk => ({ ...head, object: 'chat.completion.chunk', choices: part ? [part] : [] });
  const bare = (): ChatChunkChoice & { delta: ChatDelta } => ({
    index: 0,
    delta: oneOf(pick, [{ role: 'assistant', content: '' }, { role: 'assistant', content: null }, {}, { content: '', reasoning: null, reasoning_details: [], tool_calls: [] }]),
    finish_reason: null,
    ...oneOf(pick, [{}, { native_finish_reason: null }, { logprobs: null }]),
  });
  const finish = { finish_reason: choice.finish_reason, native_finish_reason: choice.native_finish_reason ?? null };

  const chunks: ChatChunk[] = [];
  while ((lanes = lanes.filter((lane) => lane.length > 0)).length > 0) {
    const part = bare();
    // One lane at a time mostly; sometimes several in one chunk, but never two steps of a lane.
    const chosen = pick(3) === 0 ? lanes.filter(() => pick(2) === 0) : [lanes[pick(lanes.length)]];
    for (const lane of chosen) lane?.shift()?.(part.delta, part);
    chunks.push(chunk(part));
  }
  if (pick(2) && chunks.length > 0) Object.assign(chunks.at(-1)?.choices?.[0] ?? {}, finish);
  else chunks.push(chunk({ ...bare(), ...finish }));
  const last = oneOf(pick, [undefined, bare(), { ...bare(), ...finish }]);
  chunks.push({ ...chunk(last), ...(usage && { usage }) });
  return chunks;
}
