import { closest } from './did-you-mean.js';
import { addIssue, type Report, show } from './report.js';
import { baseOf, knownSlugs, slugOfProvider } from './slugs.js';

const SLUG = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9._-]+)*$/;

/**
 * Checks one provider slug. Display names become slugs, with a warning. A near miss of a known slug is an issue, since in
 * `ignore` it would let through what it was meant to keep out; one wholly unknown is a warning, since providers are added weekly.
 */
export function checkSlug(entry: unknown, path: string, report: Report, lenient: boolean): string | undefined {
  if (typeof entry !== 'string' || entry.trim() === '') {
    addIssue(report, path, `expected a provider slug, got ${show(entry)}`);
    return undefined;
  }
  if (entry.startsWith(':')) {
    addIssue(report, path, `${show(entry)} is not a provider`, `variants belong on the model id: "author/slug${entry}"`);
    return undefined;
  }
  const slash = entry.indexOf('/');
  const base = baseOf(entry);
  const slug = slugOfProvider(base);
  const written = slug === undefined ? entry : slash < 0 ? slug : slug + entry.slice(slash).trimEnd().toLowerCase();
  if (slug !== undefined && slug !== base && SLUG.test(written)) {
    report.warnings.push({
      code: 'display-name',
      path,
      message: `${show(entry)} is a display name; the slug ${show(written)} is sent instead`,
      suggestion: `write ${show(written)}`,
    });
    return written;
  }
  const known = new Set(knownSlugs());
  if (!SLUG.test(entry)) {
    const lower = entry.trim().toLowerCase();
    addIssue(
      report,
      path,
      `${show(entry)} is not a provider slug`,
      known.has(baseOf(lower)) ? `did you mean ${show(lower)}?` : 'slugs are in lower case, as GET /providers lists them',
    );
    return undefined;
  }
  if (!known.has(base)) {
    const near = closest(base, known);
    if (near !== undefined && !lenient) {
      addIssue(report, path, `${show(entry)} is not a known provider`, `did you mean ${show(near + entry.slice(base.length))}?`);
      return undefined;
    }
    report.warnings.push({
      code: 'unknown-provider',
      path,
      message: `${show(entry)} is not a provider that this version knows`,
      suggestion: 'compare it with GET /providers',
    });
  }
  return entry;
}

/** Checks a list of slugs and drops repetitions. */
export function checkSlugs(value: unknown, path: string, report: Report, lenient: boolean): readonly string[] | undefined {
  if (!Array.isArray(value)) {
    addIssue(report, path, `expected an array of provider slugs, got ${show(value)}`, typeof value === 'string' ? `write [${show(value)}]` : undefined);
    return undefined;
  }
  // not map, which skips the holes of a sparse array
  const slugs = Array.from(value, (entry: unknown, i) => checkSlug(entry, `${path}[${i}]`, report, lenient));
  return [...new Set(slugs.filter((slug) => slug !== undefined))];
}
