import { connect } from './connection.js';
import { createControls } from './controls.js';
import { createDetail } from './detail.js';
import { byId } from './dom.js';
import { matches } from './filter.js';
import { createList } from './list.js';
import { createStore, merge, replaceAll, type Store } from './store.js';
import { createAnnouncer, emptyWords, showTotals, shownWords } from './summary.js';

const store = createStore();
const announce = createAnnouncer();
const detail = createDetail();
const pause = byId('pause', HTMLButtonElement);
const empty = byId('empty', HTMLDivElement);
const shown = byId('shown', HTMLParagraphElement);
const connection = byId('connection', HTMLParagraphElement);
/** What the page showed when it was paused. */
let held: Store | undefined;
let due = false;

const list = createList(byId('rows', HTMLOListElement), open);
const controls = createControls(render);

/** The number in the address, so that a request can be bookmarked and the Back button closes it. */
function opened(): number | undefined {
  const number = Number(location.hash.slice(1));
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

function render(): void {
  due = false;
  const view = held ?? store;
  const filter = controls.filter();
  const visible = view.requests.filter((request) => matches(request, filter)).toReversed();
  const number = opened();
  list.show(visible, number, view.timed);
  detail.show(view.requests.find((request) => request.number === number), view.timed);
  controls.offer(view.requests);
  showTotals(view);
  const words = shownWords(visible.length, view);
  if (shown.textContent !== words) shown.textContent = words;
  announce(words);
  showEmpty(visible.length > 0 ? undefined : view.requests.length > 0 ? 'filtered' : 'none');
}

/** Why the list is empty; `undefined` where it is not. Told anew only where the reason changes, since there may be a focused button in it. */
function showEmpty(reason: 'filtered' | 'none' | undefined): void {
  if (empty.dataset.reason === (reason ?? '')) return;
  empty.dataset.reason = reason ?? '';
  empty.hidden = reason === undefined;
  empty.replaceChildren(...(reason === undefined ? [] : emptyWords(reason, clear)));
}

/** Once per frame, however much comes; not at all while paused. */
function renderSoon(): void {
  if (due || held !== undefined) return;
  due = true;
  requestAnimationFrame(render);
}

function clear(): void {
  controls.clear();
  controls.search.focus();
}

function open(number: number): void {
  if (number !== opened()) location.hash = String(number);
  else detail.focus();
}

function close(): void {
  const number = opened();
  if (number === undefined) return;
  history.pushState(null, '', location.pathname);
  render();
  list.focus(number);
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

addEventListener('hashchange', () => {
  render();
  if (opened() !== undefined) detail.focus();
});
addEventListener('popstate', render);
byId('close', HTMLButtonElement).addEventListener('click', close);
pause.addEventListener('click', () => {
  held = held === undefined ? { ...store } : undefined;
  pause.setAttribute('aria-pressed', String(held !== undefined));
  render();
});
controls.search.addEventListener('keydown', (event) => {
  if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
  event.preventDefault();
  list.focus();
});
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.key === '/' && !typing(event.target)) {
    event.preventDefault();
    controls.search.focus();
    controls.search.select();
  } else if (event.key === 'Escape') {
    if (event.target === controls.search && controls.search.value !== '') {
      // Chromium empties it by itself, other browsers do not
      controls.search.value = '';
      render();
    } else if (!(event.target instanceof HTMLSelectElement)) close();
  }
});

connect({
  snapshot(told) {
    replaceAll(store, told);
    renderSoon();
  },
  changes(told) {
    merge(store, told);
    renderSoon();
  },
  connection(state) {
    connection.dataset.state = state;
    connection.textContent = state === 'live' ? 'Live' : 'Not connected';
  },
});
render();
