import type { ChatRequest } from '@waypost/core';
import { z } from 'zod';
import type { Candidate } from '../routing/types.js';
import { asFailure, ownErrors } from './own-error.js';
import type { FailOutcome } from './outcome.js';
import { isFields } from '../validate.js';
import { askAuthor } from './ask-author.js';

/** What is flagged before it reaches a provider. */
export interface Moderation {
  /** Words that are flagged, whatever their case. */
  readonly words?: readonly string[];
  /** Why a text is flagged: reasons, or none. It is given the texts of a request, one by one. */
  readonly flag?: (text: string) => readonly string[] | undefined;
  /** What the answer gives as reasons for a word; default `["violence"]`. */
  readonly reasons?: readonly string[];
  /** At which endpoints: all (default), or those that the catalogue calls moderated, as in reality. */
  readonly endpoints?: 'all' | 'moderated';
}

const REASONS = z.array(z.string());

/** As long as the flagged text may be in an answer; longer ones lose their middle. Source: OpenRouter API, errors. */
const SHOWN = 100;

function shorten(text: string): string {
  if (text.length <= SHOWN) return text;
  return `${text.slice(0, SHOWN / 2)}...${text.slice(3 - SHOWN / 2)}`;
}

/** Fields in which routes without messages are told what they are about. */
const SAID = ['prompt', 'input', 'query', 'documents'] as const;
/** The same, where it is any JSON. */
const TOLD = ['state', 'questions'] as const;

/** Texts, as such or as parts: what is a link, or bytes, is not among them. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isFields(value) ? [...textsIn(value.text), ...textsIn(value.content)] : [];
}

function allTextsIn(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(allTextsIn) : textsIn(value);
}

/** Everything that is said in a request, each once: messages, or what a route has in their place. */
function textsOf(body: ChatRequest): ReadonlySet<string> {
  const said = body.messages.length > 0 ? textsIn(body.messages) : [...SAID.flatMap((name) => textsIn(body[name])), ...TOLD.flatMap((name) => allTextsIn(body[name]))];
  return new Set(said.filter((text) => text !== ''));
}

function reasonsFor({ words = [], flag, reasons = ['violence'] }: Moderation, text: string): readonly string[] {
  const lower = text.toLowerCase();
  if (words.some((word) => lower.includes(word.toLowerCase()))) return reasons;
  if (flag === undefined) return [];
  return askAuthor({ script: 'scenario.moderation.flag', occasion: 'a text of the request' }, () => flag(text), REASONS, "write the reasons: ['violence']") ?? [];
}

/** The failure of an attempt whose request is flagged. */
export function moderate(moderation: Moderation | undefined, { endpoint, requested }: Candidate, body: ChatRequest, display: (slug: string) => string): FailOutcome | undefined {
  if (moderation === undefined || (moderation.endpoints === 'moderated' && !endpoint.moderated)) return undefined;
  for (const text of textsOf(body)) {
    const reasons = reasonsFor(moderation, text);
    if (reasons.length > 0) return asFailure(ownErrors.moderation(reasons, shorten(text), display(endpoint.provider), requested.model.id));
  }
  return undefined;
}
