import { describeRoute, nameOf } from '../assert/describe-route.js';
import { type EndpointMatch, isEndpoint, showMatch } from '../assert/expect-route.js';
import { type PolicyToKeep, policyBreaches, showBreach } from '../assert/kept-policy.js';
import type { RecordedRequest } from '../recorded-request.js';
import { subjectsOf } from './subject.js';

/** Who failed, and who served in their place; what is left out may be any. */
export interface FailOver {
  readonly from?: EndpointMatch;
  readonly to?: EndpointMatch;
}

/** Matchers of a gateway, which look at its last `POST`, or of one of its `requests`. */
export interface GatewayMatchers<R> {
  /**
   * The request was served there: a slug (`azure`, `deepinfra/fp8`), or the model, provider or tag.
   *
   * @example
   * expect(gateway).toHaveBeenRoutedTo({ model: 'acme/atlas', provider: 'azure' });
   */
  toHaveBeenRoutedTo(expected: EndpointMatch): R;
  /**
   * An endpoint failed, and a later one served.
   *
   * @example
   * expect(gateway).toHaveFailedOver({ from: 'openai', to: 'azure' });
   */
  toHaveFailedOver(expected?: FailOver): R;
  /**
   * No endpoint was tried that the policy excludes, by all that the gateway knows of its catalogue. Of a gateway: in none of its requests.
   * Without a policy: the `provider` that each request came with.
   *
   * @throws {InvalidOptionsError} for a policy that is not valid, or that excludes nothing.
   * @example
   * expect(gateway).toHaveKeptPolicy({ zdr: true, dataCollection: 'deny' });
   */
  toHaveKeptPolicy(policy?: PolicyToKeep): R;
}

/** What a matcher says. */
export interface MatcherVerdict {
  readonly pass: boolean;
  message(): string;
}

function verdict(pass: boolean, expectation: string, details: () => string): MatcherVerdict {
  return { pass, message: () => `Expected the request ${pass ? 'not ' : ''}${expectation}.\n${details()}` };
}

function lastOf(received: unknown): RecordedRequest {
  const { requests } = subjectsOf(received);
  const last = requests.at(-1);
  if (last === undefined) throw new TypeError('No POST has come to the gateway. Await the call before the assertion; reset() forgets requests.');
  return last;
}

function toHaveBeenRoutedTo(received: unknown, expected: EndpointMatch): MatcherVerdict {
  const request = lastOf(received);
  const pass = request.served !== undefined && isEndpoint(expected, request.served);
  return verdict(pass, `to have been routed to ${showMatch(expected)}`, () => describeRoute(request));
}

function toHaveFailedOver(received: unknown, { from, to }: FailOver = {}): MatcherVerdict {
  const request = lastOf(received);
  const { attempts, served } = request;
  const failed = attempts.filter(({ status }) => status !== 200);
  const left = from === undefined ? failed.length > 0 : failed.some((attempt) => isEndpoint(from, attempt));
  const pass = left && served !== undefined && (to === undefined || isEndpoint(to, served));
  const words = `${from === undefined ? '' : ` from ${showMatch(from)}`}${to === undefined ? '' : ` to ${showMatch(to)}`}`;
  return verdict(pass, `to have failed over${words}`, () => describeRoute(request));
}

function toHaveKeptPolicy(received: unknown, policy?: PolicyToKeep): MatcherVerdict {
  const { requests } = subjectsOf(received);
  if (requests.length === 0) lastOf(received);
  const judged = requests.map((request) => ({ request, breaches: policyBreaches(request, policy) }));
  const guarded = judged.filter(({ breaches }) => breaches !== undefined);
  if (guarded.length === 0) throw new TypeError('No request came with a provider preference that excludes endpoints. Say which policy to hold it to: toHaveKeptPolicy({ zdr: true }).');
  const broken = guarded.filter(({ breaches = [] }) => breaches.length > 0);
  const pass = broken.length === 0;
  return {
    pass,
    message: () => pass
      ? `Expected an endpoint to have been tried that the policy excludes.\n${guarded.map(({ request }) => tried(request)).join('\n')}`
      : ['Expected the policy to have been kept.', ...broken.flatMap(({ request, breaches = [] }) => [
        ...breaches.map((breach) => `  request ${request.number}: ${showBreach(breach)}`), describeRoute(request),
      ])].join('\n'),
  };
}

function tried({ number, attempts }: RecordedRequest): string {
  return `  request ${number} tried ${attempts.length === 0 ? 'none' : attempts.map(nameOf).join(', ')}`;
}

/** What `useGateway` makes known to `expect`; without it, or for an `expect` of your own, `expect.extend(matchers)`. */
export const matchers: { readonly [Name in keyof GatewayMatchers<void>]: (received: unknown, ...expected: Parameters<GatewayMatchers<void>[Name]>) => MatcherVerdict } = {
  toHaveBeenRoutedTo, toHaveFailedOver, toHaveKeptPolicy,
};
