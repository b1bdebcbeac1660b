import type { Candidate, RouteContext } from './context.js';
import type { DroppedEndpoint, Finding } from './types.js';

/** What a step makes of the candidates. */
export interface Sifted {
  readonly kept: readonly Candidate[];
  readonly dropped: readonly DroppedEndpoint[];
}

/** What speaks against a candidate, before it is known in which step. */
export type Objection = Omit<Finding, 'step'>;

/** One hard filter: a step of the funnel. */
export interface Filter {
  /** The name in `metadata.failed_routing_step`. */
  readonly step: string;
  /** Whether the step takes part at all; default: always. Steps whose names are assumed stay out of the funnel where they have no work. */
  applies?(context: RouteContext): boolean;
  /** What speaks against one candidate, whoever else there is. */
  object(candidate: Candidate, context: RouteContext): readonly Objection[];
  /** Chooses among those that nothing speaks against, where that depends on the others; default: takes all. */
  choose?(candidates: readonly Candidate[], context: RouteContext): Sifted;
}

export const excluded = (preference: string, detail: string, by: Finding['by'] = 'request'): Objection => ({ preference, by, verdict: 'excluded', detail });

export const unknown = (preference: string, detail: string, by: Finding['by'] = 'request'): Objection => ({ preference, by, verdict: 'unknown', detail });

/** What a filter says of one candidate. */
export function findingsOf(filter: Filter, candidate: Candidate, context: RouteContext): readonly Finding[] {
  if (filter.applies?.(context) === false) return [];
  const { refused } = context;
  return filter.object(candidate, context).map((objection): Finding => {
    const told = refused?.preference === objection.preference && (refused.step ?? filter.step) === filter.step;
    if (!told || objection.verdict === 'excluded') return { step: filter.step, ...objection };
    return { step: filter.step, ...objection, verdict: 'excluded', detail: `${objection.detail}; the server says that it does not pass` };
  });
}

/** Runs one step. What is unknown does not exclude, unless the caller wants it so; it is noted on the candidate. */
export function runFilter(filter: Filter, candidates: readonly Candidate[], context: RouteContext): Sifted {
  const kept: Candidate[] = [];
  const dropped: DroppedEndpoint[] = [];
  const drops = ({ verdict }: Finding): boolean => verdict === 'excluded' || context.options.unknown === 'drop';
  for (const candidate of candidates) {
    const findings = findingsOf(filter, candidate, context);
    if (findings.some(drops)) dropped.push({ candidate, findings: findings.filter(drops) });
    else kept.push(findings.length === 0 ? candidate : { ...candidate, unknown: [...candidate.unknown, ...findings] });
  }
  const chosen = filter.choose?.(kept, context);
  return chosen ? { kept: chosen.kept, dropped: [...dropped, ...chosen.dropped] } : { kept, dropped };
}
