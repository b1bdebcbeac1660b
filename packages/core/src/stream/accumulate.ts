import { compact } from '../compact.js';
import { textOf } from '../text-of.js';
import type { ChatResponse } from '../wire/chat.js';
import type { ChatChunk, ChatChunkChoice } from '../wire/chunk.js';
import { createChoiceAccumulator, type ChoiceAccumulator } from './accumulate-choice.js';
import type { Accumulator } from './accumulator.js';

/**
 * Makes an accumulator of chat chunks. What it gives has the shape of a response without streaming: text, refusal,
 * reasoning, tool calls and sound grow; images and annotations are listed; the first finish reason stays, unless an error
 * follows; of the usage and of fields that this version does not know, the last one stays.
 *
 * @example
 * const accumulator = createAccumulator();
 * for await (const chunk of stream) accumulator.add(chunk);
 * accumulator.response().choices[0]?.message.content
 */
export function createAccumulator(): Accumulator {
  const choices = new Map<number, ChoiceAccumulator>();
  let lastIndex: number | undefined;
  let last: ChoiceAccumulator | undefined;
  let id: string | undefined;
  let created: number | undefined;
  let model: string | undefined;
  let provider: string | undefined;
  /** The rest of the response, by name; a map, so that no name from outside can reach a prototype. */
  const rest = new Map<string, unknown>();

  const keep = (key: string, value: unknown): void => {
    if (value != null || !rest.has(key)) rest.set(key, value);
  };

  const addChoice = (part: ChatChunkChoice, place: number): void => {
    const index = part.index ?? place;
    if (last === undefined || index !== lastIndex) {
      last = choices.get(index);
      if (last === undefined) {
        last = createChoiceAccumulator(index);
        choices.set(index, last);
      }
      lastIndex = index;
    }
    last.add(part);
  };

  return {
    add(chunk: ChatChunk) {
      for (const key in chunk) {
        switch (key) {
          // hot: what every chunk has; all but the choices are the same in each
          case 'choices': {
            const parts = chunk.choices;
            if (!Array.isArray(parts)) break;
            for (let place = 0; place < parts.length; place++) {
              const part = parts[place];
              if (part) addChoice(part, place);
            }
            break;
          }
          case 'id':
            id ??= chunk.id;
            break;
          case 'model':
            model ??= chunk.model;
            break;
          case 'provider':
            provider ??= chunk.provider;
            break;
          case 'created':
            created ??= chunk.created;
            break;
          case 'object':
            break;
          default:
            keep(key, chunk[key]);
        }
      }
    },
    head: () => compact({ id: textOf(id), model: textOf(model), provider: textOf(provider) }),
    response() {
      const inOrder = [...choices.entries()].sort(([a], [b]) => a - b);
      const { usage, ...others }: { usage?: ChatResponse['usage'] | null; [key: string]: unknown } = Object.fromEntries(rest);
      return {
        ...(id != null && { id }),
        object: 'chat.completion',
        ...(created != null && { created }),
        ...(model != null && { model }),
        ...(provider != null && { provider }),
        choices: inOrder.map(([, choice]) => choice.choice(id)),
        ...(usage && { usage }),
        ...others,
      };
    },
  };
}

/**
 * The response that a stream's chunks make up, in the shape of one without streaming.
 *
 * @example
 * accumulate([{ choices: [{ delta: { content: 'Hel' } }] }, { choices: [{ delta: { content: 'lo' }, finish_reason: 'stop' }] }])
 * // → { object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: 'Hello', … }, finish_reason: 'stop', … }] }
 */
export function accumulate(chunks: Iterable<ChatChunk>): ChatResponse {
  const accumulator = createAccumulator();
  for (const chunk of chunks) accumulator.add(chunk);
  return accumulator.response();
}
