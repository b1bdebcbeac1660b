import type { Finding } from './compare.js';
import type { Shape } from './shape.js';

/** What was found in one recording. */
export interface Compared {
  /** When it was recorded, such as `2026-05`; empty where nobody knows. */
  readonly month: string;
  readonly findings: readonly Finding[];
  /** What the recorded answer has in each of its parts. */
  readonly parts: ReadonlyMap<string, Shape>;
}

const parentOf = (path: string): string => path.replace(/(?:\[\]|(?:^|\.)[^.[\]]*)$/, '');

const isAtOrBelow = (path: string, top: string): boolean => path === top || top === '' || path.startsWith(`${top}.`) || path.startsWith(`${top}[]`);

/**
 * Whether a recording shows that the gateway is right where it differs from another: it has the part and what the path is in, the gateway
 * differs from it neither there nor above, and it has the path itself, unless that is what the gateway lacks. What a recording had no
 * occasion to have shows nothing.
 */
function agrees({ findings, parts }: Compared, { part, path, how }: Finding): boolean {
  if (path === '') return (how === 'adds' || how === 'lacks') && parts.size > 0 && parts.has(part) === (how === 'adds') && findings.every((one) => one.part !== part);
  const shape = parts.get(part);
  const parent = parentOf(path);
  if (shape === undefined || (parent !== '' && !shape.has(parent))) return false;
  return shape.has(path) === (how !== 'lacks') && findings.every((one) => one.part !== part || !isAtOrBelow(path, one.path));
}

/** Whether every recording with this difference is older than one that agrees with the gateway. */
export function isOlder(finding: Finding, all: readonly Compared[]): boolean {
  const isIt = ({ part, path, how }: Finding): boolean => part === finding.part && path === finding.path && how === finding.how;
  const months = all.filter(({ findings }) => findings.some(isIt)).map(({ month }) => month);
  const newest = months.toSorted().at(-1) ?? '';
  return newest !== '' && !months.includes('') && all.some((one) => one.month > newest && agrees(one, finding));
}
