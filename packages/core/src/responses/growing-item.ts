import { isRecord } from '../policy/report.js';
import { growingText, type GrowingText } from '../stream/growing-text.js';
import type { ResponsesEvent } from '../wire/responses-event.js';
import type { ResponsesOutputItem } from '../wire/responses-items.js';

type Fields = Readonly<Record<string, unknown>>;

/** A part of an item: what it began with, and its text so far. */
interface GrowingPart {
  base: Fields;
  text: GrowingText;
}

/** One item of an output while it arrives. */
export interface GrowingItem {
  add(event: ResponsesEvent): void;
  /** As far as it has arrived; undefined where nothing tells what it is. */
  item(): ResponsesOutputItem | undefined;
}

function textOf(text: unknown): GrowingText {
  const growing = growingText();
  if (typeof text === 'string' && text !== '') growing.add(text);
  return growing;
}

/** The field of a part that its text is in. */
const keyOf = ({ type }: Fields): 'refusal' | 'text' => (type === 'refusal' ? 'refusal' : 'text');

function wholeParts(parts: ReadonlyMap<number, GrowingPart>): Fields[] {
  return [...parts.entries()].sort(([a], [b]) => a - b).map(([, { base, text }]) => ({ ...base, [keyOf(base)]: text.value() }));
}

/** Starts putting the events of one item together, in whichever order and however many of them the server leaves out. */
export function createGrowingItem(): GrowingItem {
  let base: Fields | undefined;
  let whole = false;
  let args: { readonly key: 'arguments' | 'input'; text: GrowingText } | undefined;
  const content = new Map<number, GrowingPart>();
  const summary = new Map<number, GrowingPart>();
  let annotations: unknown[] = [];

  const partOf = (parts: Map<number, GrowingPart>, place: number | undefined, type: string): GrowingPart => {
    const known = parts.get(place ?? 0);
    if (known) return known;
    const part = { base: { type }, text: growingText() };
    parts.set(place ?? 0, part);
    return part;
  };
  const setPart = (parts: Map<number, GrowingPart>, place: number | undefined, part: unknown): void => {
    if (isRecord(part)) parts.set(place ?? 0, { base: part, text: textOf(part[keyOf(part)]) });
  };
  const growing = (key: 'arguments' | 'input'): GrowingText => (args ??= { key, text: growingText() }).text;
  /** A piece, or at the end all of it, which stands over the pieces. */
  const addText = (part: GrowingPart, { delta, text, refusal }: ResponsesEvent): void => {
    if (typeof delta === 'string') return part.text.add(delta);
    const all = text ?? refusal;
    if (typeof all === 'string') part.text = textOf(all);
  };
  const addArguments = (key: 'arguments' | 'input', { delta, [key]: all }: ResponsesEvent): void => {
    if (typeof delta === 'string') growing(key).add(delta);
    else if (typeof all === 'string') args = { key, text: textOf(all) };
  };

  return {
    // hot: once per event, and nearly every one is a piece of text
    add(event) {
      const { type, content_index: place } = event;
      switch (type) {
        case 'response.output_text.delta':
        case 'response.output_text.done':
          return addText(partOf(content, place, 'output_text'), event);
        case 'response.reasoning_text.delta':
        case 'response.reasoning_text.done':
          return addText(partOf(content, place, 'reasoning_text'), event);
        case 'response.reasoning_summary_text.delta':
        case 'response.reasoning_summary_text.done':
          return addText(partOf(summary, event.summary_index, 'summary_text'), event);
        case 'response.refusal.delta':
        case 'response.refusal.done':
          return addText(partOf(content, place, 'refusal'), event);
        case 'response.function_call_arguments.delta':
        case 'response.function_call_arguments.done':
          return addArguments('arguments', event);
        case 'response.custom_tool_call_input.delta':
        case 'response.custom_tool_call_input.done':
          return addArguments('input', event);
        case 'response.content_part.added':
        case 'response.content_part.done':
          return setPart(content, place, event.part);
        case 'response.reasoning_summary_part.added':
        case 'response.reasoning_summary_part.done':
          return setPart(summary, event.summary_index, event.part);
        case 'response.output_text.annotation.added':
          annotations = [...annotations, event.annotation];
          return undefined;
        case 'response.output_item.added':
        case 'response.output_item.done':
          if (!isRecord(event.item)) return undefined;
          base = event.item;
          whole ||= type === 'response.output_item.done';
          return undefined;
        default:
          return undefined;
      }
    },
    item() {
      // Every field of an item is optional but its type, and whoever reads one expects odd ones.
      if (whole) return base as ResponsesOutputItem;
      if (content.size === 0 && summary.size === 0 && args === undefined) return base && typeof base['type'] === 'string' ? (base as ResponsesOutputItem) : undefined;
      const parts = wholeParts(content);
      const [first] = parts;
      if (first && annotations.length > 0 && !(Array.isArray(first['annotations']) && first['annotations'].length > 0)) parts[0] = { ...first, annotations };
      const thought = summary.size > 0 || first?.['type'] === 'reasoning_text';
      const type = args ? (args.key === 'input' ? 'custom_tool_call' : 'function_call') : thought ? 'reasoning' : 'message';
      return {
        type,
        ...(type === 'message' && { role: 'assistant' }),
        ...(type === 'reasoning' && { summary: [] }),
        ...base,
        ...(parts.length > 0 && { content: parts }),
        ...(summary.size > 0 && { summary: wholeParts(summary) }),
        ...(args && { [args.key]: args.text.value() }),
      };
    },
  };
}
