import type { ChatChunk } from '@waypost/core';
import type { Answer } from './answer.js';
import { chunksOf } from './chunks.js';
import { jsonBody } from './json.js';
import type { EventList } from './sse.js';

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** Log probabilities of a text whose tokens are its words: the longer a word, the less likely. `alternatives`: how many tokens to show beside each. */
function logprobsOf(text: string, alternatives: number | undefined, offset: number): object | null {
  if (alternatives === undefined || text === '') return null;
  const tokens = text.match(/\s*\S+\s*$|\s*\S+|\s+$/g) ?? [text];
  const values = tokens.map((token) => -token.length / 10);
  let place = offset;
  const offsets = tokens.map((token) => {
    place += token.length;
    return place - token.length;
  });
  return {
    tokens,
    token_logprobs: values,
    top_logprobs: alternatives === 0 ? null : tokens.map((token, i) => ({ [token]: values[i] })),
    text_offset: offsets,
  };
}

/** A choice of a chat as a choice of a completion: what was `message` or `delta` is `text`, and thoughts stand beside it. */
function textChoice(choice: Fields, index: number, alternatives: number | undefined, offset: number): Fields {
  const { message, delta, logprobs: _none, ...rest } = choice;
  const said: unknown = message ?? delta;
  const { content, reasoning, reasoning_details } = isFields(said) ? said : {};
  const text = typeof content === 'string' ? content : '';
  return {
    ...rest, index, text,
    logprobs: logprobsOf(text, alternatives, offset),
    ...(typeof reasoning === 'string' ? { reasoning } : {}),
    ...(reasoning_details === undefined ? {} : { reasoning_details }),
  };
}

function choicesOf(body: Fields): readonly Fields[] | undefined {
  return Array.isArray(body.choices) ? body.choices.filter(isFields) : undefined;
}

/** One JSON body for the answers to all prompts, which share their envelope. */
export function textBody(answers: readonly Answer[], alternatives: number | undefined): object {
  const bodies = answers.map((answer): Fields => ({ ...jsonBody(answer) }));
  const [first = {}] = bodies;
  if (first.choices === undefined) return first;
  const choices = bodies.map((body, index) => textChoice(choicesOf(body)?.[0] ?? {}, index, alternatives, 0));
  return { ...first, object: 'text_completion', choices };
}

/** The events of the answers to all prompts, one after the other; usage and metadata come with the last. */
export function textEvents(answers: readonly Answer[], alternatives: number | undefined): EventList {
  const lists = answers.map((answer, index) => {
    if (index === answers.length - 1) return chunksOf(answer);
    const { metadata: _later, ...rest } = answer;
    return chunksOf({ ...rest, wire: { ...answer.wire, usage: 'missing' } });
  });
  const chunks = lists.flatMap((list, index) => {
    let offset = 0;
    return list.chunks.map((chunk: ChatChunk): object => {
      const choices = choicesOf(chunk)?.map((choice) => {
        const shaped = textChoice(choice, index, alternatives, offset);
        offset += typeof shaped.text === 'string' ? shaped.text.length : 0;
        return shaped;
      });
      return choices === undefined ? chunk : { ...chunk, object: 'text_completion', choices };
    });
  });
  return { chunks, done: lists.at(-1)?.done ?? true };
}
