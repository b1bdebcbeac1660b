import { InvalidOptionsError, type OptionIssue } from '@waypost/core';
import { matchesGlob, matchesSlug } from '@waypost/core/routing';
import type { Catalogue } from '../catalogue/types.js';
import { type HealthState, statesOf } from './health.js';
import type { RateLimit } from './limits.js';
import type { Scenario } from './scenario.js';

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);

function notPositive(path: string, value: number | undefined, unit: string): readonly OptionIssue[] {
  if (value === undefined || (Number.isFinite(value) && value > 0)) return [];
  return [{ path, message: `${show(value)} is not a number above 0`, suggestion: `write ${unit}` }];
}

function negative(path: string, value: number | undefined): readonly OptionIssue[] {
  if (value === undefined || (Number.isFinite(value) && value >= 0)) return [];
  return [{ path, message: `${show(value)} is not a number of milliseconds`, suggestion: 'write 0 or more' }];
}

function stateIssues(path: string, { state, at, headersMs, firstTokenMs, tokensPerSecond }: HealthState): readonly OptionIssue[] {
  return [
    ...(state === 'ok' || state === 'outage' ? [] : [{ path: `${path}.state`, message: `${show(state)} is no state`, suggestion: 'write "ok" or "outage"' }]),
    ...negative(`${path}.at`, at),
    ...negative(`${path}.headersMs`, headersMs),
    ...negative(`${path}.firstTokenMs`, firstTokenMs),
    ...notPositive(`${path}.tokensPerSecond`, tokensPerSecond, 'tokens per second'),
  ];
}

function healthIssues({ health = {} }: Scenario, { models }: Catalogue): readonly OptionIssue[] {
  const tags = models.flatMap((model) => model.endpoints.map(({ tag }) => tag));
  return Object.entries(health).flatMap(([slug, over]) => [
    ...(tags.some((tag) => tag === slug || matchesSlug(slug, tag)) ? [] : [{ path: `scenario.health.${slug}`, message: 'no endpoint of the catalogue has this slug' }]),
    ...statesOf(over).flatMap((state, i) => stateIssues(`scenario.health.${slug}${Array.isArray(over) ? `[${i}]` : ''}`, state)),
  ]);
}

function limitIssues(path: string, { requests, perMs }: RateLimit): readonly OptionIssue[] {
  return [...notPositive(`${path}.requests`, requests, 'how many requests'), ...notPositive(`${path}.perMs`, perMs, 'milliseconds')];
}

function limitsIssues({ limits: { key, models = {}, free = true } = {} }: Scenario, catalogue: Catalogue): readonly OptionIssue[] {
  return [
    ...(key === undefined ? [] : limitIssues('scenario.limits.key', key)),
    ...(free === true ? [] : [
      ...notPositive('scenario.limits.free.perMinute', free.perMinute, 'how many requests'), ...notPositive('scenario.limits.free.perDay', free.perDay, 'how many requests'),
    ]),
    ...Object.entries(models).flatMap(([glob, limit]) => [
      ...(catalogue.models.some(({ id }) => matchesGlob(glob, id)) ? [] : [{ path: `scenario.limits.models.${glob}`, message: 'no model of the catalogue has this id' }]),
      ...limitIssues(`scenario.limits.models.${glob}`, limit),
    ]),
  ];
}

/**
 * Refuses what would do nothing without a word: health of an endpoint that is not there, a limit of no requests.
 *
 * @throws {InvalidOptionsError}
 */
export function checkScenario(scenario: Scenario, catalogue: Catalogue): void {
  const issues = [...healthIssues(scenario, catalogue), ...limitsIssues(scenario, catalogue)];
  if (issues.length > 0) throw new InvalidOptionsError(issues);
}
