import { InvalidOptionsError, type OptionIssue } from '@waypost/core';
import type { Catalogue } from '../catalogue/types.js';
import { type Check, type Issue, list, number, object, oneOf, record, text } from '../validate/check.js';
import { placeOf } from '../validate/place-of.js';
import { nameIssues } from './check-names.js';
import { type HealthState, statesOf } from './health.js';
import type { RateLimit } from './limits.js';
import type { Scenario } from './scenario.js';
import { aFunction, OUTCOME_FIX, outcome, reply, REPLY_FIX, script, wire } from './shapes.js';

const limit = object({ requests: number(), perMs: number() }, ['requests', 'perMs']);
const healthState = object({ failure: outcome });

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

function healthIssues({ health = {} }: Scenario): readonly OptionIssue[] {
  return Object.entries(health).flatMap(([slug, over]) =>
    statesOf(over).flatMap((one, i) => stateIssues(`scenario.health.${slug}${Array.isArray(over) ? `[${i}]` : ''}`, one)));
}

function limitIssues(path: string, { requests, perMs }: RateLimit): readonly OptionIssue[] {
  return [...notPositive(`${path}.requests`, requests, 'how many requests'), ...notPositive(`${path}.perMs`, perMs, 'milliseconds')];
}

function limitsIssues({ limits: { key, models = {}, free = true } = {} }: Scenario): readonly OptionIssue[] {
  return [
    ...(key === undefined ? [] : limitIssues('scenario.limits.key', key)),
    ...(free === true ? [] : [
      ...notPositive('scenario.limits.free.perMinute', free.perMinute, 'how many requests'), ...notPositive('scenario.limits.free.perDay', free.perDay, 'how many requests'),
    ]),
    ...Object.entries(models).flatMap(([glob, one]) => limitIssues(`scenario.limits.models.${glob}`, one)),
  ];
}

function moderationIssues({ moderation }: Scenario): readonly OptionIssue[] {
  if (moderation === undefined || moderation.flag !== undefined || (moderation.words ?? []).length > 0) return [];
  return [{ path: 'scenario.moderation', message: 'says nothing of what is flagged', suggestion: 'give words or flag' }];
}

/** The shape of each part; what each of them may not be is told by the compiler too, where there is one. */
const PARTS: Readonly<Record<keyof Scenario, Check>> = {
  endpoints: record(script),
  models: record(script),
  gateway: script,
  health: record((over) => (Array.isArray(over) ? list(healthState, 1)(over) : healthState(over))),
  limits: object({ key: limit, models: record(limit), free: (value) => (value === true ? [] : object({})(value)) }),
  moderation: object({ words: list(text(1)), flag: aFunction, reasons: list(text()), endpoints: oneOf('all', 'moderated') }),
  reply: (value) => (typeof value === 'function' ? [] : reply(value)),
  wire,
};

const FIXES: Readonly<Record<string, string>> = { endpoints: OUTCOME_FIX, models: OUTCOME_FIX, gateway: OUTCOME_FIX, reply: REPLY_FIX };

function fixFor(name: string, { origin }: Issue): { readonly suggestion?: string } {
  if (origin === 'array') return { suggestion: 'leave it out, or give at least one' };
  return FIXES[name] === undefined ? {} : { suggestion: FIXES[name] };
}

/** Characters of a value that are shown. */
const SHOWN = 60;

/** The value at a path, where it is plain and short. */
function shownAt(value: unknown, [key, ...rest]: Issue['path']): string {
  if (key !== undefined) return typeof value === 'object' && value !== null ? shownAt(Object.entries(value).find(([name]) => name === String(key))?.[1], rest) : '';
  const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
  const shown = isPlain ? show(value) : '';
  return shown === '' || shown.length > SHOWN ? '' : `: ${shown}`;
}

function shapeIssues(scenario: Scenario): readonly OptionIssue[] {
  return Object.entries(scenario).flatMap(([name, part]): readonly OptionIssue[] => {
    const check = Object.entries(PARTS).find(([known]) => known === name)?.[1];
    if (check === undefined) return [{ path: `scenario.${name}`, message: 'is nothing that a scenario has', suggestion: `write one of ${Object.keys(PARTS).join(', ')}` }];
    return part === undefined ? [] : check(part).map((issue) => ({
      path: `scenario.${placeOf([name, ...issue.path], '')}`, message: `${issue.message}${shownAt(part, issue.path)}`, ...fixFor(name, issue),
    }));
  });
}

/**
 * Refuses what makes no sense, or would do nothing without a word: scripts and health of endpoints that are not there, lists of nothing,
 * a limit of no requests.
 *
 * @throws {InvalidOptionsError} that names each field, its value and what to write.
 */
export function checkScenario(scenario: Scenario, catalogue: Catalogue): void {
  const shape = shapeIssues(scenario);
  if (shape.length > 0) throw new InvalidOptionsError(shape);
  const issues = [...nameIssues(scenario, catalogue), ...healthIssues(scenario), ...limitsIssues(scenario), ...moderationIssues(scenario)];
  if (issues.length > 0) throw new InvalidOptionsError(issues);
}
