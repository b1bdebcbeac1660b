import { compact } from '../compact.js';
import type { NoRouteError } from '../errors/no-route-error.js';
import { lintRequest } from '../policy/lint.js';
import { isRecord } from '../policy/report.js';
import type { ExplainedEndpoint, Explanation, RouteBlame } from './explanation.js';
import { blamed, isNoRouteError, requestOf, serverWord } from './from-error.js';
import type { RouteOptions } from './options.js';
import { INITIAL_STEP, planInput, readInput, type RouteInput } from './plan.js';
import { explainEndpoints } from './rows.js';
import { suggest } from './suggest.js';
import type { EndpointListing, Finding, RoutePlan, RouteRequest } from './types.js';

export interface ExplainOptions extends RouteOptions {
  /** The request that an error answers. Default: what the error's receipt tells of it. */
  readonly request?: RouteRequest;
}

/** What dropped the last endpoints. */
function lastDropped(plan: RoutePlan): readonly Finding[] {
  return plan.failedStep === undefined ? [] : (plan.funnel.at(-1)?.dropped ?? []).flatMap(({ findings }) => findings);
}

/** `plan`: by the catalogue alone. */
function blameOf(plan: RoutePlan, error: NoRouteError | undefined, rows: readonly ExplainedEndpoint[]): RouteBlame | undefined {
  const dropped = [...lastDropped(plan), ...rows.flatMap(({ findings }) => findings.filter(({ step }) => step === INITIAL_STEP && step === plan.failedStep))];
  const shown = [...new Set(dropped.map(({ preference }) => preference))];
  if (error === undefined) return plan.failedStep === undefined || shown.length === 0 ? undefined : { preferences: shown, source: 'plan', step: plan.failedStep, proven: true };
  const { preference } = blamed(error);
  return compact<RouteBlame>({
    preferences: preference === undefined ? [] : [preference],
    source: 'server',
    step: error.failedStep,
    proven: preference !== undefined && shown.includes(preference),
  });
}

function statusOf({ models, order }: RoutePlan): Explanation['status'] {
  if (order.some(({ unknown }) => unknown.length === 0)) return 'routable';
  return order.length > 0 || models.length === 0 || models.some(({ listed }) => !listed) ? 'unknown' : 'unroutable';
}

/** What lint says; a request for the planner need not have messages. */
function warningsOf(request: RouteRequest): Explanation['warnings'] {
  return lintRequest(request).filter(({ code }) => code !== 'no-messages' || request.messages !== undefined);
}

/** The same request, where the server's word is taken for what the catalogue does not tell. */
function withWord(input: RouteInput, error: NoRouteError): RouteInput {
  const { preference } = blamed(error);
  if (preference === undefined) return input;
  return { ...input, context: { ...input.context, refused: compact({ preference, step: error.failedStep }) } };
}

/**
 * Explains how a request is routed, endpoint by endpoint: eligible, at which place and how probably first; excluded, by which
 * preferences, all of them; or unknown. Where nothing is left it names the preference to blame and searches the smallest change
 * that helps: single preferences first, then pairs, each verified by routing the changed request. A change that relaxes a guardrail
 * says so.
 *
 * A `NoRouteError` of the API can be explained too, with the endpoints of its model: it names the preference that the server blames,
 * even where the catalogue cannot prove it (`blame.proven`), and takes the server's word where the catalogue knows nothing.
 *
 * @param subject the wire body (keys of `provider` in either spelling), or the error.
 * @param endpoints what `GET /models/{author}/{slug}/endpoints` returned, for one model or several.
 * @throws {InvalidOptionsError} for what is neither, or endpoints or options that cannot be read.
 * @example
 * const explanation = explain({ model: 'openai/gpt-5.1', provider: { maxPrice: { prompt: 1 } } }, endpoints);
 * explanation.suggestions[0]?.changes[0]?.text; // → 'raise max_price to {"prompt":1.25} (a guardrail)'
 */
export function explain(subject: RouteRequest | NoRouteError, endpoints: EndpointListing, options: ExplainOptions = {}): Explanation {
  const { request: given, rng: _, ...others }: ExplainOptions = isRecord(options) ? options : {};
  const error = isNoRouteError(subject) ? subject : undefined;
  const request = error ? (given ?? requestOf(error)) : (subject as RouteRequest);
  const read = readInput(request, endpoints, isRecord(options) ? others : options);
  const input = error ? withWord(read, error) : read;
  const plan = planInput(input);
  const proof = error ? planInput(read) : plan;
  const rows = explainEndpoints(input, plan);
  const status = statusOf(plan);
  const asked = error ? given : request;
  return compact<Explanation>({
    status: error ? 'unroutable' : status,
    models: plan.models,
    endpoints: rows,
    funnel: plan.funnel.map(({ step, endpoint_count }) => ({ step, endpoint_count })),
    failedStep: plan.failedStep,
    basis: plan.basis,
    single: plan.single,
    blame: blameOf(proof, error, rows),
    suggestions: plan.order.length > 0 ? [] : suggest(input, rows.map(({ findings }) => findings)),
    warnings: isRecord(asked) ? warningsOf(asked) : [],
    server: error && serverWord(error),
  });
}
