import { byId, h, terms } from './dom.js';
import type { Store } from './store.js';
import { count, outcomeOf } from './words.js';

/** Milliseconds between two announcements: a burst is told once. */
const PAUSE = 2000;

/** Sums prices without the noise of binary fractions. */
function costOf({ requests }: Store): string {
  const sum = requests.reduce((total, { cost }) => total + Number(cost), 0);
  return sum === 0 ? '$0' : `$${sum.toFixed(12).replace(/\.?0+$/, '')}`;
}

export function showTotals(store: Store): void {
  const failed = store.requests.filter((request) => outcomeOf(request) === 'failed').length;
  byId('totals', HTMLDListElement).replaceChildren(...terms([
    ['Requests', store.total.toLocaleString('en')],
    ['Failed', String(failed)],
    ['Cost', costOf(store)],
  ]));
}

/** What stands above the list: how many of how many. */
export function shownWords(shown: number, { total, requests }: Store): string {
  const held = requests.length < total ? `the newest ${count(requests.length, 'request')} of ${total.toLocaleString('en')}` : count(total, 'request');
  return shown === requests.length ? held : `${shown.toLocaleString('en')} of ${held}`;
}

/** Says how many requests there are, to those who do not see it, and not more often than can be listened to. */
export function createAnnouncer(): (words: string) => void {
  const region = byId('announcement', HTMLParagraphElement);
  let waiting: string | undefined;
  let timer: number | undefined;
  return (words) => {
    waiting = words;
    timer ??= window.setTimeout(() => {
      timer = undefined;
      if (region.textContent !== waiting) region.textContent = waiting ?? '';
    }, PAUSE);
  };
}

/** What stands in place of an empty list. */
export function emptyWords(reason: 'filtered' | 'none', clear: () => void): readonly HTMLElement[] {
  if (reason === 'none') {
    return [h('p', {}, 'No requests yet. Point a client at'), h('p', {}, h('code', {}, new URL('api/v1', location.href).href)), h('p', {}, 'and they appear here as they come.')];
  }
  const button = h('button', { type: 'button' }, 'Show all');
  button.addEventListener('click', clear);
  return [h('p', {}, 'No request is like that.'), button];
}
