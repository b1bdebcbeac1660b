import { isRecord } from '../policy/report.js';
import type { Accumulator } from '../stream/accumulator.js';
import type { ResponsesEvent } from '../wire/responses-event.js';
import type { ResponsesOutputItem } from '../wire/responses-items.js';
import type { ResponsesResponse } from '../wire/responses.js';
import { createGrowingItem, type GrowingItem } from './growing-item.js';
import { servedInResponse } from './served.js';

const ENDS = /^response\.(completed|incomplete|failed|cancelled)$/;

/**
 * Makes an accumulator of the events of `/responses`. What it gives is the last event's response, or before that one put together from
 * the items that have arrived, `status` being what the server said last.
 *
 * @example
 * const accumulator = createResponsesAccumulator();
 * for (const event of events) accumulator.add(event);
 * accumulator.response().output
 */
export function createResponsesAccumulator(): Accumulator<ResponsesEvent, ResponsesResponse> {
  let told: Partial<ResponsesResponse> = {};
  let ended = false;
  const items = new Map<number, GrowingItem>();
  const places = new Map<string, number>();
  let lastPlace = -1;
  let last: GrowingItem | undefined;

  const itemAt = (place: number): GrowingItem => {
    if (last === undefined || place !== lastPlace) {
      last = items.get(place) ?? createGrowingItem();
      items.set(place, last);
      lastPlace = place;
    }
    return last;
  };
  /** Where the event's item is; an event that does not say goes on with the last one. */
  const placeOf = ({ output_index: index, item_id, item }: ResponsesEvent): number => {
    // hot: the next piece of the same item
    if (index === lastPlace && item === undefined) return index;
    const id = item_id ?? item?.id;
    const place = typeof index === 'number' ? index : ((id === undefined ? undefined : places.get(id)) ?? Math.max(0, lastPlace));
    if (id !== undefined) places.set(id, place);
    return place;
  };
  const output = (): ResponsesOutputItem[] =>
    [...items.entries()].sort(([a], [b]) => a - b).flatMap(([, growing]) => growing.item() ?? []);

  const response = (): ResponsesResponse => {
    const own = told.output;
    const arrived = output();
    // an end may repeat nothing of what came before it
    return { ...told, output: ended && Array.isArray(own) && (own.length > 0 || arrived.length === 0) ? own : arrived };
  };

  return {
    add(event) {
      // hot: once per event, and nearly every event is a piece of something
      if (typeof event.delta === 'string') return itemAt(placeOf(event)).add(event);
      const { type, response: whole, openrouter_metadata: router } = event;
      if (isRecord(whole)) {
        const end = ENDS.exec(String(type))?.[1];
        // an end that says less than the beginning takes nothing back, but it is the end
        told = { ...told, ...(end !== undefined && told.status !== undefined && { status: end }), ...whole };
        ended ||= end !== undefined;
      } else if (typeof type === 'string' && type.startsWith('response.')) itemAt(placeOf(event)).add(event);
      if (isRecord(router)) told = { ...told, openrouter_metadata: router };
    },
    head() {
      const { id, model, provider } = servedInResponse({ ...told, output: [] });
      return { ...(id !== undefined && { id }), ...(model !== undefined && { model }), ...(provider !== undefined && { provider }) };
    },
    response,
  };
}
