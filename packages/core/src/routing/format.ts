import type { ExplainedEndpoint, Explanation, RouteSuggestion } from './explanation.js';
import type { Finding, OrderBasis, OrderReason } from './types.js';

const REASONS: { readonly [Reason in OrderReason]: string } = {
  byok: 'own key', sticky: 'served the conversation last', order: 'listed in order', sort: 'sorted', exacto: 'quality of tool calls',
  weight: 'price', outage: 'recent outage', threshold: 'slower than preferred', 'byok-fallback': 'own key to fall back on',
};

const STATUSES: { readonly [Status in Explanation['status']]: string } = {
  routable: 'routable', unroutable: 'no endpoint is left', unknown: 'not known: it depends on what the catalogue does not tell',
};

function percent(probability: number): string {
  const value = probability * 100;
  return `${value >= 10 || value === 0 ? Math.round(value * 10) / 10 : Number(value.toPrecision(2))} %`;
}

/** `first in 90 %, by price`. */
function placeOf({ place, probability, reason }: ExplainedEndpoint, basis: OrderBasis | undefined): string {
  const why = reason === 'sort' && basis?.sort ? `by ${basis.sort}` : reason ? REASONS[reason] : '';
  if (probability === undefined) return place === undefined ? '' : `chance not known (${why})`;
  return probability === 0 ? `fallback (${why})` : `first in ${percent(probability)} (${why})`;
}

function findingText({ preference, by, verdict, detail }: Finding): string {
  return `${by === 'account' ? "the account's " : ''}${preference}${verdict === 'unknown' ? ' unknown' : ''}: ${detail}`;
}

function endpointText(endpoint: ExplainedEndpoint, basis: OrderBasis | undefined): string {
  const parts = [
    placeOf(endpoint, basis), ...endpoint.findings.map(findingText),
    endpoint.ignoredParameters.length > 0 ? `leaves out ${endpoint.ignoredParameters.join(', ')}` : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

const nameOf = ({ tag, provider, byok }: ExplainedEndpoint): string => `${tag} (${provider}${byok ? ', own key' : ''})`;

function blameText({ blame, server }: Explanation): string | undefined {
  if (blame === undefined) return undefined;
  const who = blame.preferences.length > 0 ? blame.preferences.join(', ') : 'not told';
  const step = blame.step === undefined ? '' : ` (${blame.step})`;
  const source = blame.source === 'plan' ? '' : blame.proven ? ', as the server says' : ', as the server says; this catalogue cannot prove it';
  return `${who}${step}${source}${server?.suggestion === undefined ? '' : `: ${server.suggestion}`}`;
}

function suggestionText({ changes, endpoints, certain }: RouteSuggestion): string {
  const then = `${endpoints.length === 1 ? 'then' : 'then one of'} ${endpoints.join(', ')}${certain ? '' : ', if what is unknown of them holds'}`;
  return `${changes.map(({ text }) => text).join(', and ')} → ${then}`;
}

/** What stands above the endpoints, and what below, as [heading, lines]. */
function sections(explanation: Explanation): readonly (readonly [heading: string, lines: readonly string[]])[] {
  const { suggestions, warnings } = explanation;
  const blame = blameText(explanation);
  return [
    ['To blame', blame === undefined ? [] : [blame]],
    ['Smallest change', suggestions.map(suggestionText)],
    ['Warnings', warnings.map(({ path, message, suggestion }) => `${path} ${message}${suggestion === undefined ? '' : `: ${suggestion}`}`)],
  ];
}

function titleOf({ models, status, single }: Explanation): string {
  const names = models.map(({ requested, listed }) => (listed ? requested : `${requested} (no endpoints given)`));
  return `${[...new Set(names)].join(', ') || 'no model'}: ${STATUSES[status]}${single ? '; one endpoint is tried, and no other' : ''}`;
}

function plain(explanation: Explanation): string {
  const { endpoints, models, basis } = explanation;
  const several = new Set(models.map(({ id }) => id)).size > 1;
  const mark = ({ place, status }: ExplainedEndpoint): string => (place !== undefined ? `${place}${status === 'unknown' ? '?' : '.'}` : 'x');
  const rows = endpoints.map((one) => `  ${mark(one).padEnd(3)} ${several ? `${one.model} at ` : ''}${nameOf(one)}: ${endpointText(one, basis)}`);
  const rest = sections(explanation).filter(([, lines]) => lines.length > 0).flatMap(([heading, lines]) => ['', `${heading}:`, ...lines.map((line) => `  ${line}`)]);
  return [titleOf(explanation), ...rows, ...rest].join('\n');
}

/** Nothing in a cell or a line of Markdown may end it, or be taken for its signs. */
const escaped = (line: string): string => line.replaceAll(/[\\`*_<>[\]|#]/g, '\\$&').replaceAll(/\s+/g, ' ');

function markdown(explanation: Explanation): string {
  const { endpoints, basis } = explanation;
  const cells = endpoints.map((one) => [String(one.place ?? ''), one.model, nameOf(one), one.status, endpointText(one, basis)]);
  const table = [['', 'model', 'endpoint', 'status', 'why'], ['---', '---', '---', '---', '---'], ...cells.map((row) => row.map(escaped))];
  const rows = endpoints.length > 0 ? ['', ...table.map((row) => `| ${row.join(' | ')} |`)] : [];
  const rest = sections(explanation).filter(([, lines]) => lines.length > 0).flatMap(([heading, lines]) => ['', `**${heading}**`, '', ...lines.map((line) => `- ${escaped(line)}`)]);
  return [`**${escaped(titleOf(explanation))}**`, ...rows, ...rest].join('\n');
}

/**
 * An explanation for people, or as JSON for programs in other languages.
 *
 * @param as default `"text"`.
 * @example
 * console.log(format(explain(request, endpoints), 'markdown'));
 */
export function format(explanation: Explanation, as: 'text' | 'markdown' | 'json' = 'text'): string {
  if (as === 'json') return JSON.stringify(explanation, null, 2);
  return as === 'markdown' ? markdown(explanation) : plain(explanation);
}
