import { matchesSlug } from '@waypost/core/routing';
import type { RecordedAttempt, RecordedEndpoint, RecordedRequest } from '../recorded-request.js';
import { describeRoute } from './describe-route.js';
import { RouteMismatchError } from './route-mismatch-error.js';

/** An endpoint, by as much of it as matters. */
export interface EndpointPattern {
  /** Id of the model. */
  readonly model?: string;
  /** Base slug of the provider, whatever the variant, region or tier. */
  readonly provider?: string;
  /** Routing slug with variant, region or tier. */
  readonly tag?: string;
}

/** The same, or a slug: `azure` means every endpoint of the provider, `deepinfra/fp8` that one. */
export type EndpointMatch = string | EndpointPattern;

/** An attempt, and how it ended. */
export type AttemptMatch = string | (EndpointPattern & { readonly status?: number });

/** How a request should have been routed. */
export interface ExpectedRoute extends EndpointPattern {
  /** All attempts, in order, the one that served too. */
  readonly attempts?: readonly AttemptMatch[];
  /** The step of the funnel that left nothing; `null`: none did. */
  readonly failedStep?: string | null;
  /** HTTP status that the client got. */
  readonly status?: number;
}

/** Whether an endpoint is the one that is meant. */
export function isEndpoint(match: EndpointMatch, endpoint: RecordedEndpoint): boolean {
  if (typeof match === 'string') return match === endpoint.provider || matchesSlug(match, endpoint.tag);
  const { model = endpoint.model, provider = endpoint.provider, tag = endpoint.tag } = match;
  return model === endpoint.model && provider === endpoint.provider && tag === endpoint.tag;
}

/** An endpoint that is meant, in words. */
export function showMatch(match: AttemptMatch): string {
  if (typeof match === 'string') return match;
  const { model, provider, tag, status } = match;
  const place = tag ?? provider;
  const where = place === undefined ? (model ?? 'any endpoint') : model === undefined ? place : `${model} at ${place}`;
  return status === undefined ? where : `${where}: ${status}`;
}

function isAttempt(match: AttemptMatch, attempt: RecordedAttempt): boolean {
  return isEndpoint(match, attempt) && (typeof match === 'string' || match.status === undefined || match.status === attempt.status);
}

/** One line per attempt that is not as it should be. */
function attemptIssues(expected: readonly AttemptMatch[], attempts: readonly RecordedAttempt[]): readonly string[] {
  return Array.from({ length: Math.max(expected.length, attempts.length) }, (_, i) => {
    const [wanted, got] = [expected[i], attempts[i]];
    if (wanted !== undefined && got !== undefined && isAttempt(wanted, got)) return undefined;
    const seen = got === undefined ? 'none' : `${got.model} at ${got.tag}: ${got.status}`;
    return `attempt ${i + 1}: expected ${wanted === undefined ? 'none' : showMatch(wanted)}, got ${seen}`;
  }).filter((issue) => issue !== undefined);
}

/** What of a route is not as it should be; empty where all is. */
function routeIssues({ served, attempts, route, status }: RecordedRequest, expected: ExpectedRoute): readonly string[] {
  const field = <T extends string | number>(name: string, wanted: T | null | undefined, got: T | null | undefined): readonly string[] =>
    wanted === undefined || wanted === got ? [] : [`${name}: expected ${String(wanted ?? 'none')}, got ${String(got ?? 'none')}`];
  return [
    ...field('model', expected.model, served?.model),
    ...field('provider', expected.provider, served?.provider),
    ...field('tag', expected.tag, served?.tag),
    ...(expected.attempts === undefined ? [] : attemptIssues(expected.attempts, attempts)),
    ...field('failedStep', expected.failedStep, route?.failedStep ?? null),
    ...field('status', expected.status, status),
  ];
}

/** @throws {RouteMismatchError} */
export function expectRoute(request: RecordedRequest, expected: ExpectedRoute): RecordedRequest {
  const issues = routeIssues(request, expected);
  if (issues.length > 0) throw new RouteMismatchError(issues, describeRoute(request));
  return request;
}
