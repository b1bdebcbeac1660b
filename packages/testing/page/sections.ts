import type { PageRequest } from '../src/page/page-request.js';
import { badge, bar, h, measure, table, terms } from './dom.js';
import { filteredOut, stepsOf } from './explanation.js';
import { milliseconds, money, nameOf, outcomeOf, percent, statusWords, verdictWords } from './words.js';

const quiet = (text: string): HTMLElement => h('p', { class: 'quiet' }, text);

/** What is worth knowing at a glance. */
export function facts(request: PageRequest, timed: boolean): readonly HTMLElement[] {
  const { method, path, asked, streamed, served, tokens, cost, durationMs, route, verdict, prompt } = request;
  const thought = tokens !== undefined && tokens.reasoning > 0 ? ` (${tokens.reasoning} for reasoning)` : '';
  const cached = tokens !== undefined && tokens.cached > 0 ? ` (${tokens.cached} cached)` : '';
  return terms([
    ['Status', badge(outcomeOf(request), statusWords(request))],
    ['Route', `${method} ${path}${streamed ? ', streamed' : ''}`],
    ['Asked for', asked.length > 0 && asked.join(', then ')],
    ['Strategy', route?.strategy],
    ['Served by', served === undefined ? undefined : nameOf(served)],
    ['Generation', served?.generationId],
    ['Tokens', tokens && `${tokens.prompt} in${cached}, ${tokens.completion} out${thought}`],
    ['Cost', money(cost)],
    ['Took', timed && durationMs !== undefined && milliseconds(durationMs)],
    ['Policy', badge(verdict ?? 'none', verdictWords(verdict))],
    ['Prompt', prompt !== '' && prompt],
  ]);
}

function change(taken: number): string {
  if (taken > 0) return `−${taken}`;
  return taken < 0 ? `+${-taken}` : '';
}

/** Steps with the endpoints that each left. */
export function funnel(request: PageRequest): HTMLElement {
  const steps = stepsOf(request);
  if (steps.length === 0) return quiet('The request was not routed.');
  const most = Math.max(...steps.map(({ left }) => left), 1);
  const rows = steps.map(({ step, left, taken }) => h('tr', { class: left === 0 ? 'none' : taken === 0 ? 'same' : 'other' },
    h('th', { scope: 'row' }, step),
    h('td', {}, measure(bar(0, left / most, 'step'), left === 0 ? 'none left' : String(left))),
    h('td', { class: 'change' }, change(taken)),
  ));
  return table('Steps of the routing, with the endpoints that each left', ['Step', 'Endpoints left', 'Change'], rows);
}

/** Endpoints in the order of trying, with the chance of each to be first; then those that the steps dropped, and why. */
export function order(request: PageRequest): HTMLElement {
  const plan = request.route?.plan ?? [];
  const out = filteredOut(request);
  if (plan.length + out.length === 0) return quiet('No endpoint could serve.');
  const planned = plan.map((endpoint, i) => h('tr', {},
    h('td', { class: 'place' }, `${i + 1}.`),
    h('th', { scope: 'row' }, nameOf(endpoint)),
    h('td', {}, measure(endpoint.weight > 0 && bar(0, endpoint.weight, 'weight'), endpoint.weight === 0 ? 'fallback' : percent(endpoint.weight))),
  ));
  const rest = out.map(({ name, why }) => h('tr', { class: 'same' },
    h('td', { class: 'place' }, '–'), h('th', { scope: 'row' }, name), h('td', {}, why)));
  return table('Endpoints in the order of trying', ['#', 'Endpoint', 'Chance of being first, or why not'], [...planned, ...rest]);
}

/** What the request's own `provider` asked for, held against each attempt. */
export function policy({ guardrails, attempts }: PageRequest): HTMLElement {
  if (guardrails.length === 0) return quiet('The request asked for no guardrails.');
  if (attempts.length === 0) return quiet(`Kept: no endpoint was tried. Asked for: ${guardrails.map(({ name, asked }) => `${name} ${asked}`).join(', ')}.`);
  const rows = guardrails.map(({ name, asked, verdicts }) => h('tr', {},
    h('th', { scope: 'row' }, h('code', {}, name)),
    h('td', {}, h('code', {}, asked)),
    h('td', {}, h('ol', { class: 'verdicts' }, ...verdicts.map((verdict, i) => h('li', {}, badge(verdict, verdictWords(verdict)), ` ${attempts[i]?.tag ?? ''}`)))),
  ));
  return table('Guardrails of the request, held against each attempt', ['Guardrail', 'Asked for', 'By attempt'], rows);
}
