import { isRouterModel } from './chain.js';
import type { Candidate, RouteContext } from './context.js';
import type { ExplainedEndpoint } from './explanation.js';
import { findingsOf } from './filter.js';
import { FILTERS } from './filters.js';
import { INITIAL_STEP, type RouteInput } from './plan.js';
import type { Finding, PlannedEndpoint, RouteCandidate, RoutePlan } from './types.js';

const isSame = (a: RouteCandidate) => (b: RouteCandidate): boolean => a.endpoint === b.endpoint && a.model === b.model && a.byok === b.byok;

/** What keeps a service-tier endpoint, or beside the flex tier all others, out of the candidates. */
function tierFindings({ tier, model }: Candidate, { body, provider }: RouteContext): readonly Finding[] {
  const finding = (preference: string, detail: string): Finding => ({ step: INITIAL_STEP, preference, by: 'request', verdict: 'excluded', detail });
  const alone = body.service_tier === 'flex' ? [finding('service_tier', 'service_tier asks for the flex tier alone')] : [];
  if (tier === undefined) return alone;
  if (tier !== model.tier) return alone.length > 0 ? alone : [finding('service_tier', `a ${tier} endpoint, which the request does not opt into`)];
  return [
    ...alone,
    ...(provider.order ? [finding('order', `takes away the ${tier} tier that the model's variant asks for`)] : []),
    ...(body.service_tier === 'default' ? [finding('service_tier', `takes away the ${tier} tier that the model's variant asks for`)] : []),
  ];
}

/** What keeps an endpoint that no filter drops from being tried. */
function untriedFinding({ model }: Candidate): Finding {
  const why = isRouterModel(model) ? { preference: 'model', detail: 'the router serves with another model' } : { preference: 'allow_fallbacks', detail: 'only one endpoint is tried, and another comes first' };
  return { step: 'Order', by: 'request', verdict: 'excluded', ...why };
}

/** All that speaks against an endpoint, in the order of the steps, whether or not an earlier one dropped it. */
function gatherFindings(candidate: Candidate, context: RouteContext, plan: RoutePlan, planned: PlannedEndpoint | undefined): readonly Finding[] {
  const own = FILTERS.flatMap((filter) => findingsOf(filter, candidate, context));
  const isKnown = (finding: Finding): boolean => own.some(({ step, preference, by }) => step === finding.step && preference === finding.preference && by === finding.by);
  const chosen = plan.funnel.flatMap(({ dropped }) => dropped).filter((one) => isSame(candidate)(one.candidate)).flatMap(({ findings }) => findings);
  const pooled = plan.candidates.some(isSame(candidate)) ? [] : tierFindings(candidate, context);
  // what is not known since it depends on other endpoints stands on the candidate alone
  return [...pooled, ...own, ...[...chosen, ...(planned?.unknown ?? [])].filter((finding) => !isKnown(finding))];
}

function row(candidate: Candidate, findings: readonly Finding[], place: number, planned: PlannedEndpoint | undefined, drops: boolean): ExplainedEndpoint {
  const { model, tag, byok, endpoint } = candidate;
  const out = findings.some(({ verdict }) => verdict === 'excluded') || (drops && findings.length > 0);
  const told = out || planned ? findings : [...findings, untriedFinding(candidate)];
  return {
    tag, byok,
    model: model.id,
    provider: endpoint.provider_name ?? candidate.provider,
    status: out || !planned ? 'excluded' : findings.length > 0 ? 'unknown' : 'eligible',
    findings: told,
    ...(planned && { place: place + 1, reason: planned.reason }),
    ...(planned?.probability !== undefined && { probability: planned.probability }),
    ignoredParameters: planned?.ignoredParameters ?? [],
  };
}

/** Every endpoint of the chain, own keys too, in the order of trying, then those that are not tried. */
export function explainEndpoints({ all, context }: RouteInput, plan: RoutePlan): readonly ExplainedEndpoint[] {
  const drops = context.options.unknown === 'drop';
  const own = all.map((candidate) => ({ ...candidate, byok: true })).filter((candidate) => plan.order.some(isSame(candidate)));
  const rows = [...all, ...own].map((candidate) => {
    const place = plan.order.findIndex(isSame(candidate));
    const planned = plan.order[place];
    return row(candidate, gatherFindings(candidate, context, plan, planned), place, planned, drops);
  });
  return rows.toSorted((a, b) => (a.place ?? Infinity) - (b.place ?? Infinity) || 0);
}
