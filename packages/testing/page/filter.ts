import type { PageRequest } from '../src/page/page-request.js';
import { failedOver, type Outcome, outcomeOf, statusWords } from './words.js';

/** What the list is narrowed to; an empty text is no narrowing. */
export interface Filter {
  readonly search: string;
  readonly outcome: string;
  readonly model: string;
  readonly policy: string;
}

export const OUTCOMES: readonly (readonly [Outcome | 'failover' | '', string])[] = [
  ['', 'All'], ['served', 'Served'], ['failover', 'Failed over'], ['failed', 'Failed'], ['running', 'Under way'], ['left', 'Client left'],
];

export const POLICIES: readonly (readonly [string, string])[] = [
  ['', 'All'], ['kept', 'Kept'], ['violated', 'Violated'], ['unverifiable', 'Unverifiable'], ['none', 'No guardrails'],
];

/** Models asked for and models that served. */
export function modelsOf({ asked, served }: PageRequest): readonly string[] {
  return served === undefined ? asked : [...new Set([...asked, served.model])];
}

function haystack(request: PageRequest): string {
  const { number, method, path, prompt, attempts, served, route } = request;
  const endpoints = [...attempts, ...(route?.plan ?? [])].map(({ model, tag }) => `${model} ${tag}`);
  const words = [`#${number}`, method, path, statusWords(request), prompt, ...modelsOf(request), ...endpoints, ...attempts.map(({ status }) => String(status)), served?.generationId ?? ''];
  return words.join('\n').toLowerCase();
}

/** Whether a request has every word of the search, and is what the menus ask for. */
export function matches(request: PageRequest, { search, outcome, model, policy }: Filter): boolean {
  if (outcome === 'failover' ? !failedOver(request) : outcome !== '' && outcomeOf(request) !== outcome) return false;
  if (model !== '' && !modelsOf(request).includes(model)) return false;
  if (policy !== '' && (request.verdict ?? 'none') !== policy) return false;
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return true;
  const text = haystack(request);
  return words.every((word) => text.includes(word));
}
