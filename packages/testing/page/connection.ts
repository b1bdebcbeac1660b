import type { PageList } from '../src/page/page-request.js';

type ConnectionState = 'live' | 'lost';

export interface Listener {
  snapshot(list: PageList): void;
  changes(list: PageList): void;
  connection(state: ConnectionState): void;
}

function listOf(event: Event): PageList {
  if (!(event instanceof MessageEvent)) throw new TypeError('An event without data');
  // the gateway that served this page wrote it
  return JSON.parse(String(event.data)) as PageList;
}

/** Listens to the gateway; the browser connects again by itself, and a new connection begins with a new snapshot. */
export function connect(listener: Listener): void {
  const source = new EventSource('__waypost/events');
  source.addEventListener('open', () => listener.connection('live'));
  source.addEventListener('error', () => {
    listener.connection('lost');
    // A server that answers with anything but events is not asked again by the browser.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => connect(listener), 2000);
  });
  source.addEventListener('snapshot', (event) => listener.snapshot(listOf(event)));
  source.addEventListener('changes', (event) => listener.changes(listOf(event)));
}
