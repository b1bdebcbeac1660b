import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import { DEFAULTS, type Field, FIELD_NAMES } from './fields.js';
import { guardrailsInForce } from './guardrails.js';
import type { MutablePolicy, Policy } from './policy.js';
import type { Report } from './report.js';
import { honoured, type RouteName } from './routes.js';

/**
 * Leaves of a policy what a route honours. Preferences outside that are dropped with a warning; a guardrail outside it is a
 * conflict, since the server would ignore it in silence.
 *
 * @throws {PolicyConflictError} naming the guardrail and the route.
 */
export function confine(policy: Policy, route: RouteName, report: Report): Policy {
  const kept = honoured(route);
  if (kept === undefined) return policy;
  const unkept = (field: Field): boolean => !kept.includes(field);
  const message = `the ${route} route does not honour it`;
  // nobody knows whether a preference that is new is a guardrail
  const lost = guardrailsInForce(policy).find(unkept) ?? Object.keys(policy.unknown ?? {})[0];
  if (lost !== undefined) {
    throw new PolicyConflictError({
      field: `provider.${lost}`,
      message,
      suggestion: `it honours only ${kept.join(', ')}`,
    });
  }
  const confined: MutablePolicy = { ...policy };
  const dropped: string[] = [];
  for (const field of FIELD_NAMES.filter(unkept)) {
    // a stated default of a guardrail that the route has no word for says nothing there
    if (confined[field] !== undefined && !(field in DEFAULTS)) dropped.push(field);
    delete confined[field];
  }
  for (const field of dropped) {
    report.warnings.push({ code: 'not-honoured', path: `provider.${field}`, message: `${message}, so it is not sent` });
  }
  return confined;
}
