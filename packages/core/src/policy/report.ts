import { compact } from '../compact.js';
import { InvalidOptionsError, type OptionIssue } from '../errors/invalid-options-error.js';
import type { Warning } from './policy.js';

/** Gathers what is wrong and what is odd, so that one error can list everything. */
export interface Report {
  readonly issues: OptionIssue[];
  readonly warnings: Warning[];
}

export function createReport(): Report {
  return { issues: [], warnings: [] };
}

/** Notes an issue; without a suggestion the key is left out. Gives `undefined`, which is what a failed check gives. */
export function addIssue(report: Report, path: string, message: string, suggestion?: string): undefined {
  report.issues.push(compact({ path, message, suggestion }));
}

/** Notes that something else was expected than what came. Not for what may be a secret or a prompt: it is shown. */
export function addExpected(report: Report, path: string, what: string, value: unknown, suggestion?: string): undefined {
  return addIssue(report, path, `expected ${what}, got ${show(value)}`, suggestion);
}

/** @throws {InvalidOptionsError} listing every issue, when there is one. */
export function throwIssues(report: Report): void {
  if (report.issues.length > 0) throw new InvalidOptionsError(report.issues);
}

/** A value as messages show it: short, and never a whole object. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : 'an array';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** Where `name` is, for messages; an empty path is the top. */
export function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object literal, of this or another realm. What a Map or an instance holds is not in its own keys, and a copy would lack it in silence. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
