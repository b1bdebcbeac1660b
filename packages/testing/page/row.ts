import type { PageRequest, PageVerdict } from '../src/page/page-request.js';
import { badge, h, unseen } from './dom.js';
import { attemptKind, attemptWords, count, milliseconds, money, outcomeOf, shortPath, statusWords, verdictWords } from './words.js';

/** Attempts before the last that a row has room for. */
const SHOWN = 3;

function tried(attempt: PageRequest['attempts'][number]): HTMLElement {
  const kind = attemptKind(attempt);
  return h('span', { class: kind }, kind === 'ok' ? attempt.tag : `${attempt.tag} ${attemptWords(attempt)}`);
}

/** The endpoint that was tried last, which is what a narrow row must not cut off, and those before it. */
function way({ attempts }: PageRequest): HTMLElement | undefined {
  const last = attempts.at(-1);
  if (last === undefined) return undefined;
  const before = attempts.slice(0, -1);
  const shown = before.slice(0, SHOWN).flatMap((attempt, i) => [i === 0 ? ' after ' : ', ', tried(attempt)]);
  const rest = before.length - SHOWN;
  return h('span', { class: 'way' }, unseen('Endpoint '), tried(last), ...shown, rest > 0 && ` and ${rest} more`);
}

const SIGNS: Readonly<Record<PageVerdict, string>> = { kept: '✓', violated: '✗', unverifiable: '?' };

/** What a row says; the button around it stays, so that what has the focus keeps it. */
export function rowContent(request: PageRequest, timed: boolean): readonly HTMLElement[] {
  const { number, method, path, asked, prompt, cost, verdict, durationMs } = request;
  const [model = `${method} ${shortPath(path)}`, ...others] = asked;
  return [
    h('span', { class: 'line' },
      h('span', { class: 'number' }, unseen('Request '), String(number)),
      badge(outcomeOf(request), statusWords(request)),
      h('span', { class: 'model' }, model, others.length > 0 && h('small', {}, ` +${others.length}`, unseen(count(others.length, ' other')))),
      h('span', { class: 'cost' }, cost === '0' ? '' : money(cost)),
    ),
    ...(prompt === '' ? [] : [h('span', { class: 'line prompt' }, prompt)]),
    h('span', { class: 'line last' },
      asked.length > 0 && h('span', { class: 'route' }, shortPath(path)),
      way(request),
      timed && durationMs !== undefined && h('span', { class: 'took' }, milliseconds(durationMs)),
      verdict !== undefined && badge(verdict, 'policy ', h('span', { 'aria-hidden': 'true' }, SIGNS[verdict]), unseen(verdictWords(verdict))),
    ),
  ];
}
