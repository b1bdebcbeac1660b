import type { JsonObject, JsonValue } from './open.js';
import type { ProviderPreferences } from './provider-preferences.js';
import type { Usage } from './usage.js';

/** What a decision is about, or how to make it. */
export type DecisionInput = string | JsonObject | readonly JsonValue[];

/** Which of the options it is: their names, with descriptions or null. */
export interface ChoiceQuestion {
  type: 'choice';
  instructions?: DecisionInput;
  criteria: { readonly [option: string]: DecisionInput | null };
}

/** How far up the levels it is; each one needs a description. */
export interface ScoreQuestion {
  type: 'score';
  instructions?: DecisionInput;
  criteria: readonly DecisionInput[];
}

/** How likely it is; descriptions of both outcomes or of none. */
export interface NoulQuestion {
  type: 'noul';
  instructions?: DecisionInput;
  criteria?: { readonly true: DecisionInput; readonly false: DecisionInput };
}

export type DecisionQuestion = ChoiceQuestion | ScoreQuestion | NoulQuestion;

/** The body of `POST /alpha/decisions`, which stands beside `/v1`. Source: OpenRouter API, decisions (alpha). */
export interface DecisionsRequest {
  model: string;
  /** What all questions are about. */
  state: DecisionInput;
  questions: { readonly [id: string]: DecisionQuestion };
  provider?: ProviderPreferences;
  user?: string;
  session_id?: string;
  trace?: { readonly [key: string]: unknown };
}

/** An answer; which fields it has depends on the type, which is that of its question. Numbers are rounded to two decimals. */
export interface DecisionAnswer {
  type: string;
  /** Of `noul`: how likely it is true, from 0 to 1. */
  noul?: number;
  /** Of `choice`: the option. */
  choice?: string;
  /** Of `score`: from 0 to the number of levels less one. */
  score?: number;
  /** By option, or by the index of the level. */
  probabilities?: { readonly [key: string]: number };
  confidence?: number;
  /** Of `score`: the levels by index. */
  legend?: { readonly [level: string]: DecisionInput };
  [key: string]: unknown;
}

export interface DecisionsResponse {
  id?: string;
  model?: string;
  provider?: string;
  /** By the id of the question. */
  answers: { readonly [id: string]: DecisionAnswer };
  usage?: Usage & { input_tokens?: number; output_tokens?: number };
  [key: string]: unknown;
}
