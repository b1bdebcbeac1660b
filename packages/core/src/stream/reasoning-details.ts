import type { ReasoningDetail } from '../wire/reasoning.js';
import { growingText, type GrowingText } from './growing-text.js';

/** Puts streamed reasoning details together into the blocks that the model made. */
export interface ReasoningMerger {
  add(details: readonly ReasoningDetail[]): void;
  /** The blocks so far in order of first appearance: a copy, which later details do not change. */
  blocks(): ReasoningDetail[];
}

/** A detail of any type, known or not, read field by field. */
type Fields = Record<string, unknown>;

/** The field that grows from delta to delta; other types come whole. */
function growingField(type: string): 'text' | 'summary' | undefined {
  if (type === 'reasoning.text') return 'text';
  if (type === 'reasoning.summary') return 'summary';
  return undefined;
}

const keyOf = (type: string, index: unknown): string => JSON.stringify([type, index]);

const differ = (a: unknown, b: unknown): boolean => a != null && b != null && a !== b;

/** A block as it grows: its fields as they first came, and what came after the first piece of its text. */
interface Block {
  readonly fields: Fields;
  readonly field: 'text' | 'summary' | undefined;
  readonly more: GrowingText;
}

/** Whether `detail`, of the same type and index as `block`, cannot be of it. */
const conflicts = ({ fields }: Block, detail: Fields): boolean =>
  differ(fields['id'], detail['id']) || differ(fields['format'], detail['format']);

function extend({ fields, field, more }: Block, detail: Fields): void {
  for (const key in detail) {
    const value = detail[key];
    const old = fields[key];
    if (key === field && typeof old === 'string') {
      if (typeof value === 'string') more.add(value);
    } else if (old === undefined || ((old === null || old === '') && value != null)) {
      fields[key] = value;
    }
  }
}

/** A copy of a block with all of its text. */
function whole({ fields, field, more }: Block): Fields {
  const rest = more.value();
  return field === undefined || rest === '' ? { ...fields } : { ...fields, [field]: `${String(fields[field])}${rest}` };
}

/**
 * Makes a merger for the reasoning details of one message. What it gives equals what the model sent unsplit, so that
 * it can be replayed: texts and summaries of the same index grow together and take their signature, which may come in a
 * detail of its own; a text after a signature begins a new block; encrypted blocks, server tool calls and types that this
 * version does not know stay whole, in the order in which they came.
 *
 * Source: OpenRouter API, reasoning tokens.
 */
export function createReasoningMerger(): ReasoningMerger {
  const blocks: Block[] = [];
  /** The latest block of each type and index. */
  const latest = new Map<string, Block>();
  /** Blocks begun after a signature by a piece without text. If none follows, there was no such block. */
  const tentative = new Set<Block>();
  /** Blocks with a whole detail after them. */
  const behind = new Set<Block>();

  const blockFor = (detail: Fields, type: string): Block | undefined => {
    const last = blocks.at(-1);
    // hot: nearly every detail continues the last block
    if (last && last.fields['type'] === type && (last.fields['index'] ?? undefined) === (detail['index'] ?? undefined)) return last;
    // Without an index, only what stands side by side belongs together.
    return detail['index'] == null ? undefined : latest.get(keyOf(type, detail['index']));
  };

  return {
    add(details) {
      for (const known of details) {
        // Null is no detail; a field of any object may be read by its name, as unknown.
        const detail = known as Fields | null;
        if (typeof detail !== 'object' || detail === null) continue;
        const type = String(detail['type']);
        const field = growingField(type);
        const block = field && blockFor(detail, type);
        const carries = field !== undefined && Boolean(detail[field] || detail['signature']);
        // A signature closes its block: what comes after it was not signed, and begins a new one.
        const closed = Boolean(block?.fields['signature']);
        // An encrypted detail with an id ends one item of the model's thinking (OpenAI): the next summary is of another.
        if (field === undefined && detail['id'] != null) for (const growing of latest.values()) if (growing.fields['index'] === detail['index']) behind.add(growing);
        if (field && block && !conflicts(block, detail) && !(detail[field] && behind.has(block))) {
          if (!closed) {
            extend(block, detail);
            if (carries) tentative.delete(block);
            continue;
          }
          if (detail['signature'] === block.fields['signature'] && !detail[field]) continue;
        }
        const begun: Block = { fields: { ...detail }, field, more: growingText() };
        blocks.push(begun);
        if (field) latest.set(keyOf(type, detail['index']), begun);
        if (closed && !carries) tentative.add(begun);
      }
    },
    blocks() {
      // Each is a copy of a detail that came, with only fields of later details of the same type added.
      return blocks.filter((block) => !tentative.has(block)).map((block) => whole(block) as ReasoningDetail);
    },
  };
}

/**
 * Puts the pieces of reasoning details together, as `createReasoningMerger` does.
 *
 * @example
 * mergeReasoningDetails([
 *   { type: 'reasoning.text', index: 0, text: 'First, ' },
 *   { type: 'reasoning.text', index: 0, text: 'think.' },
 *   { type: 'reasoning.text', index: 0, signature: 'c2ln' },
 * ]) // → [{ type: 'reasoning.text', index: 0, text: 'First, think.', signature: 'c2ln' }]
 */
export function mergeReasoningDetails(details: readonly ReasoningDetail[]): ReasoningDetail[] {
  const merger = createReasoningMerger();
  merger.add(details);
  return merger.blocks();
}
