import type { Candidate, RouteContext } from './context.js';
import type { RouteChange, RouteSuggestion } from './explanation.js';
import { planInput, type RouteInput } from './plan.js';
import { blendedPrice } from './price.js';
import { isGuardrail, relax, type Relaxation, RELAXATIONS, type Relaxed, relaxedValues } from './relax.js';
import type { Finding, RoutePlan } from './types.js';

/** Up to this many changes, every combination is tried; beyond, those that some endpoint needs. */
const MOST_COMBINED = 4;

/** A relaxation with what it writes. */
interface Step {
  readonly relaxation: Relaxation;
  readonly values: readonly Relaxed[];
}

const apply = (context: RouteContext, steps: readonly Step[]): RouteContext => steps.reduce((changed, { relaxation, values }) => relax(changed, relaxation, values), context);

const widest = (set: readonly Relaxation[], context: RouteContext): readonly Step[] =>
  set.map((relaxation) => ({ relaxation, values: relaxedValues(relaxation, context) }));

function* combinations(of: readonly Relaxation[], size: number, from = 0): Generator<readonly Relaxation[]> {
  if (size === 0) yield [];
  else for (let i = from; i <= of.length - size; i += 1) for (const rest of combinations(of, size - 1, i + 1)) yield of.slice(i, i + 1).concat(rest);
}

/** Sets to try, the smaller first: `[of one, of two, …]`. */
function* setsBySize(relevant: readonly Relaxation[], needs: readonly (readonly Relaxation[])[]): Generator<Iterable<readonly Relaxation[]>> {
  for (let size = 1; size <= relevant.length; size += 1) {
    yield size <= MOST_COMBINED ? combinations(relevant, size) : needs.filter((set) => set.length === size && set.every((one) => relevant.includes(one)));
  }
}

function textOf({ by, privacy }: Relaxation, guardrail: boolean, field: string, value: unknown): string {
  const where = by === 'account' ? `${field} in the settings of the account` : field;
  const verb = field === 'max_price' ? 'raise' : field.startsWith('max_') ? 'lower' : 'set';
  const what = value === undefined ? `drop ${where}` : `${verb} ${where} to ${JSON.stringify(value)}`;
  const kind = privacy ? 'a privacy guardrail: prompts may then be stored or trained on' : 'a guardrail';
  return guardrail ? `${what} (${kind})` : what;
}

function changesOf({ relaxation, values }: Step, context: RouteContext): readonly RouteChange[] {
  const { by, privacy, place } = relaxation;
  const guardrail = isGuardrail(relaxation, context);
  const said: { readonly [field: string]: unknown } = { ...context[place] };
  return values.filter(({ field }) => said[field] != null).map(({ field, value }) => ({
    preference: field, by, guardrail, privacy,
    action: value === undefined ? 'remove' : 'set',
    ...(value !== undefined && { value }),
    text: textOf(relaxation, guardrail, field, value),
  }));
}

const suffice = (input: RouteInput, steps: readonly Step[]): boolean => planInput(input, apply(input.context, steps)).order.length > 0;
const isCertain = (plan: RoutePlan): boolean => plan.order.some(({ unknown }) => unknown.length === 0);

/** The least change of a set that suffices: as little as lets one endpoint pass, the cheapest first; else taking all of it away. */
function narrowed(input: RouteInput, set: readonly Relaxation[]): readonly Step[] {
  const all = widest(set, input.context);
  const wide = planInput(input, apply(input.context, all));
  const order = wide.order.map(({ endpoint }) => endpoint);
  const dear = set.some(({ preference }) => preference === 'max_price');
  const placeOf = ({ endpoint }: Candidate): number => (dear ? blendedPrice(endpoint.pricing) : undefined) ?? order.indexOf(endpoint);
  const targets = input.all.filter(({ endpoint }) => order.includes(endpoint)).toSorted((a, b) => placeOf(a) - placeOf(b));
  for (const target of targets) {
    const steps = set.map((relaxation) => ({ relaxation, values: relaxedValues(relaxation, input.context, target) }));
    if (suffice(input, steps)) return needed(input, steps);
  }
  return all;
}

/** Steps less those that the others make needless: to name a service tier, for one, is to opt into it. */
function needed(input: RouteInput, steps: readonly Step[]): readonly Step[] {
  const spare = steps.find((step) => suffice(input, steps.filter((other) => other !== step)));
  return spare ? needed(input, steps.filter((step) => step !== spare)) : steps;
}

function suggestionOf(input: RouteInput, set: readonly Relaxation[]): RouteSuggestion {
  const steps = narrowed(input, set);
  const plan = planInput(input, apply(input.context, steps));
  return {
    changes: steps.flatMap((step) => changesOf(step, input.context)),
    privacy: steps.some(({ relaxation }) => relaxation.privacy),
    endpoints: [...new Set(plan.order.map(({ tag }) => tag))],
    certain: isCertain(plan),
  };
}

/** The smallest sets that suffice. */
function smallest(input: RouteInput, relevant: readonly Relaxation[], needs: readonly (readonly Relaxation[])[]): readonly (readonly Relaxation[])[] {
  const suffices = (set: readonly Relaxation[]): boolean => suffice(input, widest(set, input.context));
  for (const sets of setsBySize(relevant, needs)) {
    const found = [...sets].filter(suffices);
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * Searches the smallest changes that make an unroutable request routable: single preferences, then pairs, and so on, each tried by
 * routing. `findings`: what speaks against each endpoint.
 */
export function suggest(input: RouteInput, findings: readonly (readonly Finding[])[]): readonly RouteSuggestion[] {
  const isOf = (one: Relaxation) => ({ preference, by }: Finding): boolean => preference === one.preference && by === one.by;
  const needs = findings.map((some) => RELAXATIONS.filter((one) => some.some(isOf(one))));
  const relevant = RELAXATIONS.filter((one) => needs.some((set) => set.includes(one)));
  const isFixed = (finding: Finding): boolean => finding.verdict === 'excluded' && !RELAXATIONS.some((one) => isOf(one)(finding));
  if (findings.every((some) => some.some(isFixed))) return [];
  const costOf = (set: readonly Relaxation[]): number => set.reduce((sum, { cost }) => sum + cost, 0);
  const found = smallest(input, relevant, needs).toSorted((a, b) => costOf(a) - costOf(b));
  const isPrivate = (set: readonly Relaxation[]): boolean => set.some(({ privacy }) => privacy);
  const others = found.length > 0 && found.every(isPrivate) ? smallest(input, relevant.filter(({ privacy }) => !privacy), needs) : [];
  const all = [...found, ...others.toSorted((a, b) => costOf(a) - costOf(b))].map((set) => suggestionOf(input, set));
  return [...new Map(all.map((one) => [JSON.stringify(one.changes), one])).values()];
}
