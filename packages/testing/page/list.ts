import type { PageRequest } from '../src/page/page-request.js';
import { h } from './dom.js';
import { rowContent } from './row.js';

interface Row {
  readonly item: HTMLLIElement;
  readonly button: HTMLButtonElement;
  shown: PageRequest | undefined;
}

export interface List {
  /** Shows these, in this order; `open` is the number of the one that is opened. */
  show(requests: readonly PageRequest[], open: number | undefined, timed: boolean): void;
  /** Puts the focus on the row of a request, or else on the first. */
  focus(number?: number): void;
}

/** Where the arrow keys lead from a place among `length`; `undefined` for any other key. */
function leadsTo(key: string, place: number, length: number): number | undefined {
  const last = length - 1;
  switch (key) {
    case 'ArrowDown': return Math.min(place + 1, last);
    case 'ArrowUp': return Math.max(place - 1, 0);
    case 'PageDown': return Math.min(place + 10, last);
    case 'PageUp': return Math.max(place - 10, 0);
    case 'Home': return 0;
    case 'End': return last;
    default: return undefined;
  }
}

/** The list of requests: one stop of the Tab key, within which the arrow keys move. Rows stay the same elements as they change. */
export function createList(container: HTMLOListElement, onOpen: (number: number) => void): List {
  const rows = new Map<number, Row>();
  /** The row that the Tab key stops at. */
  let stop: HTMLButtonElement | undefined;

  function buttons(): readonly HTMLButtonElement[] {
    return [...container.querySelectorAll('button')];
  }

  function stopAt(button: HTMLButtonElement | undefined): void {
    if (stop !== undefined) stop.tabIndex = -1;
    stop = button;
    if (stop !== undefined) stop.tabIndex = 0;
  }

  function rowOf(number: number): Row {
    const known = rows.get(number);
    if (known !== undefined) return known;
    const button = h('button', { type: 'button', tabindex: '-1' });
    button.addEventListener('click', () => onOpen(number));
    button.addEventListener('focus', () => stopAt(button));
    const row: Row = { button, item: h('li', {}, button), shown: undefined };
    rows.set(number, row);
    return row;
  }

  container.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = buttons();
    const place = all.findIndex((button) => button === document.activeElement);
    const next = place < 0 ? undefined : leadsTo(event.key, place, all.length);
    if (next === undefined) return;
    event.preventDefault();
    all[next]?.focus();
  });

  return {
    show(requests, open, timed) {
      const wanted = new Set(requests.map(({ number }) => number));
      const focused = buttons().findIndex((button) => button === document.activeElement);
      for (const [number, { item }] of rows) {
        if (wanted.has(number)) continue;
        item.remove();
        rows.delete(number);
      }
      let before: ChildNode | null = container.firstChild;
      for (const request of requests) {
        const row = rowOf(request.number);
        if (row.shown !== request) row.button.replaceChildren(...rowContent(request, timed));
        row.shown = request;
        if (request.number === open) row.button.setAttribute('aria-current', 'true');
        else row.button.removeAttribute('aria-current');
        if (row.item === before) before = before.nextSibling;
        else container.insertBefore(row.item, before);
      }
      const all = buttons();
      if (stop === undefined || !stop.isConnected) stopAt((open === undefined ? undefined : rows.get(open)?.button) ?? all[0]);
      // the row that had the focus is gone: the one in its place gets it
      if (focused >= 0 && !container.contains(document.activeElement)) all[Math.min(focused, all.length - 1)]?.focus();
    },
    focus(number) {
      const row = number === undefined ? undefined : rows.get(number);
      (row?.button ?? stop ?? buttons()[0])?.focus();
    },
  };
}
