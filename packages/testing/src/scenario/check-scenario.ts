import { InvalidOptionsError, type OptionIssue } from '@waypost/core';
import { z } from 'zod';
import type { Catalogue } from '../catalogue/types.js';
import { placeOf } from '../validate/place-of.js';
import { type Issue, issuesOf, pick } from '../validate/schema.js';
import { nameIssues } from './check-names.js';
import type { Scenario } from './scenario.js';
import { OUTCOME_FIX, outcome, reply, REPLY_FIX, script, wire } from './shapes.js';

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);

function moderationIssues({ moderation }: Scenario): readonly OptionIssue[] {
  if (moderation === undefined || moderation.flag !== undefined || (moderation.words ?? []).length > 0) return [];
  return [{ path: 'scenario.moderation', message: 'says nothing of what is flagged', suggestion: 'give words or flag' }];
}

const ms = z.number().min(0);
const positive = z.number().positive();
const healthState = z.object({ state: z.enum(['ok', 'outage']), at: ms, headersMs: ms, firstTokenMs: ms, tokensPerSecond: positive, failure: outcome }).partial().required({ state: true });
const healthStates = z.array(healthState).min(1);
const limit = z.object({ requests: positive, perMs: positive });
const documented = z.literal(true);
const freeLimit = z.object({ perMinute: positive, perDay: positive }).partial();
const aFunction = z.function();

/** What each part may be; what it may not be is told by the compiler too, where there is one. */
const PARTS = z.object({
  endpoints: z.record(z.string(), script),
  models: z.record(z.string(), script),
  gateway: script,
  health: z.record(z.string(), pick((over) => (Array.isArray(over) ? healthStates : healthState))),
  limits: z.object({ key: limit, models: z.record(z.string(), limit), free: pick((free) => (free === true ? documented : freeLimit)) }).partial(),
  moderation: z.object({ words: z.array(z.string().min(1)), flag: aFunction, reasons: z.array(z.string()), endpoints: z.enum(['all', 'moderated']) }).partial(),
  reply: pick((value) => (typeof value === 'function' ? aFunction : reply)),
  wire,
} satisfies Readonly<Record<keyof Scenario, z.ZodType>>).partial();

const FIXES: Readonly<Record<PropertyKey, string>> = {
  endpoints: OUTCOME_FIX, models: OUTCOME_FIX, gateway: OUTCOME_FIX, reply: REPLY_FIX,
  health: "write { state: 'outage' }, or the like, with milliseconds of 0 or more and tokens per second above 0",
  limits: 'write how many requests, and in how many milliseconds: numbers above 0',
};

function fixFor(issue: Issue): { readonly suggestion?: string } {
  if (issue.code === 'too_small' && issue.origin === 'array') return { suggestion: 'leave it out, or give at least one' };
  const fix = FIXES[issue.path[0] ?? ''];
  return fix === undefined ? {} : { suggestion: fix };
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
  const names = Object.keys(PARTS.shape);
  return [
    ...Object.keys(scenario).filter((name) => !names.includes(name)).map((name) => ({
      path: `scenario.${name}`, message: 'is nothing that a scenario has', suggestion: `write one of ${names.join(', ')}`,
    })),
    ...issuesOf(PARTS, scenario).map((issue) => ({
      path: placeOf(['scenario', ...issue.path], ''), message: `${issue.message}${shownAt(scenario, issue.path)}`, ...fixFor(issue),
    })),
  ];
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
  const issues = [...nameIssues(scenario, catalogue), ...moderationIssues(scenario)];
  if (issues.length > 0) throw new InvalidOptionsError(issues);
}
