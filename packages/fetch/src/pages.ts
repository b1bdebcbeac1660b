import { type Answer, type ClientConfig, InvalidOptionsError, type JsonCall } from '@waypost/core';
import { answerOf, lacking } from './data-of.js';

/**
 * A list that comes in pages. Awaited, it is the page asked for, which is the whole list where neither `offset` nor `limit` is; in a
 * `for await` it gives item by item, and asks for the next page when the one before is used up.
 *
 * @example
 * const models = await openrouter.models.list({ q: 'harbour' });
 * @example
 * for await (const model of openrouter.models.list({ limit: 100 })) console.log(model.id);
 */
export interface Pages<Item> extends Promise<Item[]>, AsyncIterable<Item, undefined> {}

interface Page<Item> {
  data: Item[];
  total_count?: number;
  links?: { next?: string | null };
}

/** Which part of a list to ask for. */
export interface PageQuery {
  /** How many to pass over. Default 0. */
  offset?: number | undefined;
  /** How many to a page: 1 to 1000. */
  limit?: number | undefined;
}

function checkWhole(value: unknown, path: string, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && Number(value) >= least && Number(value) <= most)) return;
  throw new InvalidOptionsError([{ path: `query.${path}`, message: `expected a whole number from ${least}${most < Infinity ? ` to ${most}` : ''}, got ${JSON.stringify(value)}` }]);
}

/** Asks for the first page at once, and for each later one when it is needed. What breaks rejects the promise, or the loop. */
export function listPages<Item>(config: ClientConfig, call: JsonCall, query: PageQuery | undefined): Pages<Item> {
  const { offset = 0, limit } = query ?? {};
  const ask = (from?: number): Promise<Answer<Page<Item>>> => answerOf<Page<Item>>(config, from === undefined ? call : { ...call, query: { ...call.query, offset: from } });
  const begin = async (): Promise<Answer<Page<Item>>> => {
    checkWhole(offset, 'offset', 0, Infinity);
    checkWhole(limit, 'limit', 1, 1000);
    return ask();
  };
  const first = begin();
  const rows = first.then(({ body }) => body.data);

  async function* items(): AsyncGenerator<Item, undefined> {
    // the promise that the caller was given, so that it counts as looked at
    await rows;
    let answer = await first;
    for (let at = offset; ; ) {
      const { data, links, total_count: total = Infinity } = answer.body;
      if (!Array.isArray(data)) throw lacking(call, answer, 'list');
      yield* data;
      at += data.length;
      // a server that always names a next page is believed as long as pages hold something
      const more = data.length > 0 && at < total && (links ? links.next != null : total < Infinity);
      if (!more) return undefined;
      // counted, and not as `next` has it, which may lack the filters
      answer = await ask(at);
    }
  }

  return Object.assign(rows, { [Symbol.asyncIterator]: items });
}
