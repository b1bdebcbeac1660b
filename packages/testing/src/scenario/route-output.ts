import type { Outcome } from './outcome.js';

/** One image of an answer. */
export interface ScriptedImage {
  readonly b64_json: string;
  /** Left out of the answer where it is not given. */
  readonly media_type?: string;
}

/** How the job of a video goes. */
export interface ScriptedVideo {
  /** Reads that say `pending` first; default: the option `videoPendingReads` of the gateway. */
  readonly pendingReads?: number;
  /** How it ends; default `completed`, or `failed` where there is an `error`. */
  readonly status?: 'completed' | 'failed' | 'cancelled' | 'expired';
  /** Why it failed. */
  readonly error?: string;
  /** Videos that come of it; default 1. */
  readonly count?: number;
  /** The film itself; default: a few bytes that begin as an MP4 file does. */
  readonly bytes?: Uint8Array;
  /** What happens on each read of the job in turn; an `ok` reads it, with its wire, and after the last all go well. */
  readonly reads?: readonly Outcome[];
  /** The same for downloads. */
  readonly downloads?: readonly Outcome[];
}

/** A stretch of a transcript; times in seconds. */
export interface ScriptedSegment {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A word of a transcript; times in seconds. */
export interface ScriptedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** What was heard. Everything but the text shows in `verbose_json` alone; what is left out is worked out from the text. */
export interface ScriptedTranscript {
  readonly text: string;
  /** Default: the language of the request, else `english`. */
  readonly language?: string;
  /** Seconds, which are also what is billed where sound is billed by time. Default: from the size of the sound. */
  readonly duration?: number;
  readonly segments?: readonly ScriptedSegment[];
  readonly words?: readonly ScriptedWord[];
}

/** The answer to a question, as the wire has it. */
export type ScriptedAnswer =
  | { readonly type: 'noul'; readonly noul: number }
  | { readonly type: 'choice'; readonly choice: string; readonly probabilities?: Readonly<Record<string, number>>; readonly confidence?: number }
  | {
    readonly type: 'score';
    readonly score: number;
    readonly legend?: Readonly<Record<string, unknown>>;
    readonly probabilities?: Readonly<Record<string, number>>;
    readonly confidence?: number;
  };

/** Answers by the id of their question. */
export type ScriptedAnswers = Readonly<Record<string, ScriptedAnswer>>;

/** What a route answers that gives something else than text. */
export type RouteOutput =
  | { readonly kind: 'scores'; readonly scores: readonly number[] }
  | { readonly kind: 'images'; readonly images: readonly ScriptedImage[] }
  | { readonly kind: 'video'; readonly video: ScriptedVideo }
  | { readonly kind: 'speech'; readonly bytes: Uint8Array; readonly mediaType?: string }
  | { readonly kind: 'transcript'; readonly transcript: ScriptedTranscript }
  | { readonly kind: 'decisions'; readonly answers: ScriptedAnswers };

/** The output of a reply, where it is of the kind that a route answers with. */
export function outputOf<K extends RouteOutput['kind']>(output: RouteOutput | undefined, kind: K): Extract<RouteOutput, { kind: K }> | undefined {
  const matches = (value: RouteOutput): value is Extract<RouteOutput, { kind: K }> => value.kind === kind;
  return output !== undefined && matches(output) ? output : undefined;
}
