import type { PageRequest, PageVerdict } from '../src/page/page-request.js';
import { badge, h, unseen } from './dom.js';
import { attemptKind, attemptWords, count, milliseconds, money, outcomeOf, shortPath, statusWords, verdictWords } from './words.js';

/** Endpoints tried before the one that served, then that one; the middle of a long way is left out. */
function way({ attempts }: PageRequest): HTMLElement | undefined {
  if (attempts.length === 0) return undefined;
  const shown = attempts.length <= 4 ? attempts : [...attempts.slice(0, 2), undefined, ...attempts.slice(-1)];
  return h('span', { class: 'way' }, unseen('Tried: '), ...shown.flatMap((attempt, i) => {
    const arrow = i === 0 ? [] : [h('span', { 'aria-hidden': 'true' }, '→'), unseen(', ')];
    if (attempt === undefined) return [...arrow, h('span', {}, `${attempts.length - 3} more`)];
    const kind = attemptKind(attempt);
    return [...arrow, h('span', { class: kind }, kind === 'ok' ? attempt.tag : `${attempt.tag} ${attemptWords(attempt)}`)];
  }));
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
