import { checkList } from './check-parts.js';
import { closest } from './did-you-mean.js';
import { addExpected, addIssue, type Report, show } from './report.js';
import { baseOf, isKnownSlug, knownSlugs, slugOfProvider } from './slugs.js';
import type { Check } from './validate-values.js';

const SLUG = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9._-]+)*$/;

/**
 * Checks one provider slug. Display names become slugs, with a warning. A near miss of a known slug is an issue, since in
 * `ignore` it would let through what it was meant to keep out; one wholly unknown is a warning, since providers are added weekly.
 */
function checkSlug(entry: unknown, path: string, report: Report, lenient: boolean): string | undefined {
  if (typeof entry !== 'string' || entry.trim() === '') return addExpected(report, path, 'a provider slug', entry);
  const wrong = (suggestion: string): undefined => addIssue(report, path, `${show(entry)} is not a provider slug`, suggestion);
  const warn = (code: string, message: string, suggestion: string): void => {
    report.warnings.push({ code, path, message: `${show(entry)} ${message}`, suggestion });
  };
  if (entry.startsWith(':')) return wrong(`variants belong on the model id: "author/slug${entry}"`);
  const base = baseOf(entry);
  const rest = entry.slice(base.length);
  const slug = slugOfProvider(base);
  if (slug !== undefined && slug !== base) {
    const written = slug + rest.trimEnd().toLowerCase();
    if (SLUG.test(written)) {
      warn('display-name', `is a display name; the slug ${show(written)} is sent instead`, `write ${show(written)}`);
      return written;
    }
  }
  if (!SLUG.test(entry)) {
    const lower = entry.trim().toLowerCase();
    return wrong(isKnownSlug(baseOf(lower)) ? `did you mean ${show(lower)}?` : 'slugs are in lower case, as GET /providers lists them');
  }
  if (!isKnownSlug(base)) {
    const near = lenient ? undefined : closest(base, knownSlugs());
    if (near !== undefined) return wrong(`did you mean ${show(near + rest)}?`);
    warn('unknown-provider', 'is not a provider that this version knows', 'compare it with GET /providers');
  }
  return entry;
}

/** Checks a list of slugs and drops repetitions. */
export const checkSlugs: Check = (value, path, report, lenient) =>
  checkList(value, 'provider slugs', path, report, (entry, at) => checkSlug(entry, at, report, lenient));
