import type { PageRequest } from '../src/page/page-request.js';
import { attemptWords, milliseconds, money, nameOf, percent, statusWords, verdictWords } from './words.js';

type Rows = readonly (readonly string[])[];

/** Rows as columns of even width. */
function columns(rows: Rows): readonly string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)), []);
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
}

/** Endpoints that the steps dropped, and why. */
export function filteredOut({ route }: PageRequest): readonly { readonly name: string; readonly why: string }[] {
  return (route?.dropped ?? []).map((dropped) => ({ name: nameOf(dropped), why: `${dropped.step}: ${dropped.why}` }));
}

/** How many endpoints each step took away. */
export function stepsOf({ route }: PageRequest): readonly { readonly step: string; readonly left: number; readonly taken: number }[] {
  const funnel = route?.funnel ?? [];
  const steps = funnel.map(({ step, endpoint_count: left }, i) => ({ step, left, taken: (funnel[i - 1]?.endpoint_count ?? left) - left }));
  if (route?.failedStep === undefined) return steps;
  return [...steps, { step: route.failedStep, left: 0, taken: steps.at(-1)?.left ?? 0 }];
}

function funnelOf(request: PageRequest): readonly string[] {
  const steps = stepsOf(request);
  if (steps.length === 0) return ['  The request was not routed.'];
  return columns(steps.map(({ step, left, taken }) => [step, String(left), taken > 0 ? `-${taken}` : taken < 0 ? `+${-taken}` : '']));
}

function orderOf(request: PageRequest): readonly string[] {
  const plan = request.route?.plan ?? [];
  const out = filteredOut(request);
  if (plan.length + out.length === 0) return ['  No endpoint could serve.'];
  return columns([
    ...plan.map((endpoint, i) => [`${i + 1}.`, nameOf(endpoint), endpoint.weight === 0 ? 'fallback' : `first in ${percent(endpoint.weight)}`]),
    ...out.map(({ name, why }) => ['-', name, why]),
  ]);
}

function attemptsOf({ attempts, at }: PageRequest, timed: boolean): readonly string[] {
  if (attempts.length === 0) return ['  No endpoint was tried.'];
  return columns(attempts.map((attempt, i) => [
    `${i + 1}.`, nameOf(attempt), attemptWords(attempt),
    timed ? `at ${milliseconds(attempt.at - at)}${attempt.durationMs === undefined ? '' : `, for ${milliseconds(attempt.durationMs)}`}` : '',
  ]));
}

function policyOf({ guardrails }: PageRequest): readonly string[] {
  return columns(guardrails.map(({ name, asked, verdicts }) => [name, asked, verdicts.length === 0 ? 'nothing was tried' : verdicts.join(', ')]));
}

/** Everything that the page says of how a request went, as plain text. `timed`: whether the gateway's clock moves. */
export function explain(request: PageRequest, timed: boolean): string {
  const { number, method, path, asked, served, tokens, cost, durationMs } = request;
  const head = [
    `Request ${number}: ${method} ${path} -> ${statusWords(request)}`,
    ...(asked.length === 0 ? [] : [`Asked for: ${asked.join(', then ')}`]),
    ...(served === undefined ? [] : [`Served by: ${nameOf(served)} (${served.generationId})`]),
    ...(tokens === undefined ? [] : [`Tokens: ${tokens.prompt} in (${tokens.cached} cached), ${tokens.completion} out (${tokens.reasoning} reasoning)`]),
    `Cost: ${money(cost)}`,
    ...(timed && durationMs !== undefined ? [`Took: ${milliseconds(durationMs)}`] : []),
  ];
  const parts: Rows = [
    head,
    ['Routing funnel, with the endpoints that each step left', ...funnelOf(request)],
    ['Order, with the chance of being first', ...orderOf(request)],
    ['Attempts', ...attemptsOf(request, timed)],
    [`Policy: ${verdictWords(request.verdict)}`, ...policyOf(request)],
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
