import type { PageRequest } from '../src/page/page-request.js';
import { badge, bar, h, measure, table } from './dom.js';
import { attemptKind, attemptWords, milliseconds, nameOf } from './words.js';

/** Milliseconds since the request came; `to` is absent while it goes on. */
interface Span {
  readonly name: string;
  readonly words: string;
  readonly kind: string;
  readonly from: number;
  readonly to: number | undefined;
}

function spansOf(request: PageRequest): readonly Span[] {
  const { attempts, at, respondedMs, durationMs, state } = request;
  const tried = attempts.map((attempt): Span => {
    const from = attempt.at - at;
    return { from, kind: attemptKind(attempt), name: nameOf(attempt), words: attemptWords(attempt), to: attempt.durationMs === undefined ? undefined : from + attempt.durationMs };
  });
  if (respondedMs === undefined) return tried;
  const words = { waiting: 'on its way', answering: 'on its way', done: 'whole', left: 'left by the client', broken: 'broken off' }[state];
  return [...tried, { name: 'Body of the answer', words, kind: 'body', from: respondedMs, to: durationMs }];
}

function timeWords({ from, to }: Span): string {
  return `at ${milliseconds(from)}${to === undefined ? '' : `, for ${milliseconds(to - from)}`}`;
}

/** Attempts in their order, on a line of time where the gateway's clock moves. */
export function timeline(request: PageRequest, timed: boolean): readonly HTMLElement[] {
  if (request.attempts.length === 0) return [h('p', { class: 'quiet' }, 'No endpoint was tried.')];
  const spans = timed ? spansOf(request) : spansOf({ ...request, respondedMs: undefined });
  const end = Math.max(...spans.map(({ from, to }) => to ?? from), request.durationMs ?? 0);
  const scaled = timed && end > 0;
  const rows = spans.map((span, i) => h('tr', {},
    h('td', { class: 'place' }, i < request.attempts.length ? `${i + 1}.` : ''),
    h('th', { scope: 'row' }, span.name),
    h('td', {}, badge(span.kind, span.words)),
    timed && h('td', {}, measure(scaled && bar(span.from / end, (span.to ?? end) / end, span.to === undefined ? `${span.kind} open` : span.kind), timeWords(span))),
  ));
  const heads = ['#', 'Endpoint', 'Answer', ...(timed ? ['Time'] : [])];
  const note = h('p', { class: 'quiet' }, 'The gateway’s clock stands still, so that only the order is known. Times are shown with ', h('code', {}, 'createGateway({ now: Date.now })'), '.');
  return [table('Attempts in their order', heads, rows), ...(timed ? [] : [note])];
}
