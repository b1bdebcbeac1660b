import { textOf } from '../text-of.js';
import type { ToolCallDelta } from '../wire/chunk.js';
import { growingText, type GrowingText } from './growing-text.js';

/** A tool call as far as its deltas have arrived. The same object for all deltas of one call: it grows in place. */
export interface TrackedToolCall {
  /** Empty until the server sends one; some never do: see `toolCallId`. */
  id: string;
  /** Empty until it arrives. */
  name: string;
  /** The arguments' JSON so far, as it came. Reading it joins what has arrived: not for every delta. */
  readonly arguments: string;
  /** Place among the calls of the message, from 0, by first appearance. */
  readonly position: number;
}

export interface ToolCallTracker {
  /** Adds a delta and returns the call that it belongs to; a new call is the last of `calls`. */
  track(delta: ToolCallDelta): TrackedToolCall;
  readonly calls: readonly TrackedToolCall[];
}

interface Slot extends TrackedToolCall {
  /** As the first delta had it; undefined when that had none. */
  readonly index: number | undefined;
  readonly text: GrowingText;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Not being JSON is the answer, not a failure.
    return false;
  }
}

/** A piece of the arguments as text; a server that parsed them already sends an object. */
function argumentsOf(piece: unknown): string {
  if (typeof piece === 'string') return piece;
  return piece == null ? '' : JSON.stringify(piece);
}

/**
 * The arguments of a call when they are complete JSON, else undefined: a call that was cut off must not be executed.
 * No arguments at all (nothing, blanks or `null`, as sent for functions without parameters) are `{}`.
 *
 * @example
 * completeArguments({ arguments: '' }) // → '{}'
 * completeArguments({ arguments: '{"city":"Par' }) // → undefined
 */
export function completeArguments(call: { readonly arguments?: string | null }): string | undefined {
  const text = call.arguments ?? '';
  const word = text.trim();
  if (word === '' || word === 'null') return '{}';
  return isJson(text) ? text : undefined;
}

/**
 * The call's id, or for a call that never got one an id made from the generation's id and the call's position: the same
 * every time, different from turn to turn, and within the 40 letters, digits, `_` and `-` that providers accept.
 *
 * @example
 * toolCallId({ id: '', position: 1 }, 'gen-1790000000-AbCd') // → 'call_gen-1790000000-AbCd_1'
 */
export function toolCallId(call: { readonly id: string; readonly position: number }, generationId?: string): string {
  if (call.id !== '') return call.id;
  const generation = (textOf(generationId) ?? '').replaceAll(/[^\w-]/g, '').slice(-28);
  return generation === '' ? `call_${call.position}` : `call_${generation}_${call.position}`;
}

/**
 * Whether a delta that has no id, or whose call has none, and that stands at the call's index, nevertheless begins another
 * call: it names another function, or it brings arguments to a call that is complete, as servers do that send whole
 * calls at one index and without ids.
 */
function beginsAnother(call: Slot, name: string, args: string): boolean {
  if (name === '' || call.name === '') return false;
  if (name !== call.name) return true;
  return call.id === '' && args !== '' && call.arguments.trimEnd().endsWith('}') && isJson(call.arguments);
}

/**
 * Makes a tracker that puts the deltas of tool calls together. It takes what servers really send: later deltas with an
 * empty or null id, name or arguments, without a type or an index, with the name repeated; the name or the id arriving
 * late; whole calls in one delta; and several calls that share one index, told apart by their ids.
 *
 * Source: OpenRouter API, tool calling.
 *
 * @example
 * const tracker = createToolCallTracker();
 * tracker.track({ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{"city":' } });
 * tracker.track({ index: 0, function: { arguments: '"Paris"}' } }).arguments // → '{"city":"Paris"}'
 */
export function createToolCallTracker(): ToolCallTracker {
  const calls: Slot[] = [];
  /** The latest call at each index; maps, since an index may be negative or huge. */
  const byIndex = new Map<number | undefined, Slot>();
  const byId = new Map<string, Slot>();
  let last: Slot | undefined;

  const begin = (index: number | undefined): Slot => {
    const text = growingText();
    const call: Slot = {
      id: '',
      name: '',
      get arguments() {
        return text.value();
      },
      position: calls.length,
      index,
      text,
    };
    calls.push(call);
    byIndex.set(index, call);
    return call;
  };

  const find = (index: number | undefined, id: string, name: string, args: string): Slot => {
    const known = id === '' ? undefined : byId.get(id);
    // A repeated id is the same call at the same index, and at any other unless that delta names its function anew.
    if (known && (index === undefined || known.index === index || (name === '' && !byIndex.has(index)))) return known;
    let call = byIndex.get(index);
    // Without an index of its own, a delta continues the last call; so does a bare one when calls came without indices.
    if (call === undefined && last && (index === undefined || (last.index === undefined && id === '' && name === ''))) call = last;
    if (call === undefined || (id !== '' && call.id !== '') || ((id === '' || call.id === '') && beginsAnother(call, name, args))) {
      return begin(index);
    }
    return call;
  };

  return {
    calls,
    track(delta) {
      const index = delta.index ?? undefined;
      const id = textOf(delta.id) ?? '';
      const name = textOf(delta.function?.name) ?? '';
      const args = argumentsOf(delta.function?.arguments);
      // hot: nearly every delta brings nothing but arguments, for the last call
      if (last === undefined || id !== '' || name !== '' || index !== last.index) {
        last = find(index, id, name, args);
        if (id !== '' && last.id === '') {
          last.id = id;
          byId.set(id, last);
        }
        if (last.name === '') last.name = name;
      }
      if (args !== '') last.text.add(args);
      return last;
    },
  };
}
