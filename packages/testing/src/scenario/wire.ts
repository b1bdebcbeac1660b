import type { ErrorDetail } from '@waypost/core';

/** Where a stream is cut: after so many events, inside the first tool call, before the finish reason, or before `[DONE]`. */
export type Cut = number | 'tool-call' | 'before-finish' | 'before-done';

/** An error inside a response that has begun, and in which of the shapes of real traffic it comes. */
export interface WireError {
  /** Events before it; default 1, on `/responses` up to the first delta. 0: the first event. `'end'`: after everything that the model said. */
  readonly after?: number | 'end';
  /**
   * `chunk` (default): `error` beside a choice with `finish_reason: "error"`; `bare`: an object with `error` alone; `choice`:
   * `choices[0].error`; `finish`: `finish_reason: "error"` and nothing else. On `/responses`: `chunk` is `response.failed` with its error,
   * `bare` an `error` event, `choice` an `error` event with an `error` in it, `finish` a `response.failed` that does not say why.
   */
  readonly shape?: 'chunk' | 'bare' | 'choice' | 'finish';
  /** Default: code 502, `Provider returned error`. A string code is one of the shapes of older traffic. */
  readonly detail?: ErrorDetail;
  /** A usage chunk after the error. */
  readonly usage?: boolean;
  /** `[DONE]` after the error. */
  readonly done?: boolean;
}

/** How streamed tool calls are cut up. Real providers do all of it. */
export interface ToolDeltas {
  /** Characters of arguments per delta; default 8. `Infinity`: the whole call in one delta. */
  readonly size?: number;
  /** The `id` of later deltas: left out (default), repeated, empty or null. */
  readonly laterId?: 'absent' | 'repeat' | 'empty' | 'null';
  /** The `name` of later deltas: left out (default), repeated, empty or null. */
  readonly laterName?: 'absent' | 'repeat' | 'empty' | 'null';
  /** The arguments of the first delta: empty (default), null or left out. */
  readonly firstArguments?: 'empty' | 'null' | 'absent';
  /** A last delta more, whose arguments are empty or null. */
  readonly trailing?: 'empty' | 'null';
  /** Whether deltas carry `type`; default `always`. */
  readonly type?: 'always' | 'first' | 'never';
  /** The index: counted (default), left out, or 0 for every call. */
  readonly index?: 'counted' | 'absent' | 'zero';
}

/** Bytes that are not what they should be. */
export interface Malformed {
  /** The event that is malformed, from 0; default 1. A JSON body is malformed as a whole. */
  readonly at?: number;
  /** `json`: text that breaks off in the middle; `utf8`: a byte that no character has. */
  readonly as: 'json' | 'utf8';
}

/**
 * Quirks of a response on the wire, each seen in real traffic. Without any: LF line ends, one comment, one event per packet, the finish reason in a
 * chunk of its own, a usage chunk that repeats it, `[DONE]`.
 */
export interface Wire {
  /** How the bytes are cut into packets: sizes in turn (the last one repeats), a fixed size, per event (default) or one packet. */
  readonly packets?: readonly number[] | { readonly size: number } | 'event' | 'whole';
  /** Keep-alive comments; default one before the first event. */
  readonly comments?: { readonly before?: number; readonly between?: number; readonly text?: string };
  readonly lineEnd?: '\n' | '\r\n' | '\r';
  readonly bom?: boolean;
  /** Bytes before a JSON body, as kept alive by whitespace. */
  readonly whitespace?: string;
  /** Characters of text per delta; default: a word. */
  readonly textSize?: number;
  /** A first chunk with the role and an empty content. */
  readonly opening?: boolean;
  /** `content` of deltas that carry something else: empty (default), null or left out. */
  readonly idleContent?: 'empty' | 'null' | 'absent';
  /** `reasoning_details: []` in deltas without reasoning. */
  readonly emptyReasoningDetails?: boolean;
  /** `reasoning` text beside streamed reasoning details; default true. */
  readonly reasoningText?: boolean;
  /** Reasoning before the text (default) or after it. */
  readonly reasoning?: 'before' | 'after';
  /** Encrypted reasoning details before the text (default) or after it. */
  readonly encrypted?: 'before' | 'after';
  /** The signature of a reasoning detail in a delta of its own after the thinking (default), with its last piece, or after everything else. */
  readonly signature?: 'own' | 'with-text' | 'end';
  readonly toolDeltas?: ToolDeltas;
  /** The finish reason: in a chunk of its own (default), with the last delta, repeated, on every tool chunk, or nowhere (on `/responses`: no last event). */
  readonly finish?: 'own' | 'with-last' | 'repeated' | 'every-tool-chunk' | 'missing';
  /** The usage chunk: repeats the finish reason (default), has no choice, an empty delta without finish reason, rides on the finish chunk, or is missing. */
  readonly usage?: 'repeat-finish' | 'empty-choices' | 'empty-delta' | 'with-finish' | 'missing';
  /** Older and odd usage objects: without cost, details null, or upstream cost null. */
  readonly usageShape?: 'full' | 'no-cost' | 'null-details' | 'null-upstream';
  /** `[DONE]`; default true. */
  readonly done?: boolean;
  /** The last event is not closed by a blank line. */
  readonly unterminated?: boolean;
  /** Choices without `native_finish_reason` and `logprobs`. */
  readonly bareChoices?: boolean;
  /** The name of what server tools did: that of today (default), or that of the overview page. */
  readonly toolUse?: 'server_tool_use_details' | 'server_tool_use';
  /** The code of an `error` without a `detail` of its own: a number (default), or a word, `server_error`, as in older streams. */
  readonly errorCode?: 'number' | 'word';
  readonly malformed?: Malformed;
  readonly error?: WireError;
  readonly cut?: Cut;
  /** Bytes after which the body is cut, wherever that is. */
  readonly cutBytes?: number;
  /** How a cut body ends: as if complete (default), or as a broken connection. */
  readonly ending?: 'close' | 'reset';
  /** After so many events nothing comes any more, and the body stays open. */
  readonly stallAfter?: number;
  /** After its last event the body goes on for ever, with comments (whitespace in JSON). */
  readonly endless?: boolean;
  /** One text delta of so many characters, first of all. */
  readonly hugeEvent?: number;
}

/**
 * Shapes that answers had at different times, as quirks to put under `scenario.wire`. Recordings date the usage chunk: from April 2026 it
 * repeats the finish reason (`current`), in March it had no choice (`spring2026`), to January an empty delta without a finish reason
 * (`winter2026`). The two older ones also have other shapes of older traffic whose date is not known, so that one switch shows them to a
 * client: usage with an upstream cost or details that are null, its older name for what server tools did, and errors with a word as code.
 *
 * @example
 * createGateway({ scenario: { wire: wires.spring2026 } });
 */
export const wires: Readonly<Record<'current' | 'spring2026' | 'winter2026', Wire>> = {
  current: {},
  spring2026: { usage: 'empty-choices', usageShape: 'null-upstream', toolUse: 'server_tool_use', errorCode: 'word' },
  winter2026: { usage: 'empty-delta', usageShape: 'null-details', toolUse: 'server_tool_use', errorCode: 'word' },
};
