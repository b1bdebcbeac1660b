import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import type { Field } from './fields.js';
import type { Policy } from './policy.js';
import type { Report } from './report.js';
import { honoured, type RouteName } from './routes.js';

/** The wire names under which the guardrails in force would be sent. */
export function guardrailsInForce(policy: Policy): Field[] {
  const fields: Field[] = [];
  if (policy.only) fields.push('only');
  if (policy.closed) fields.push('order');
  if (policy.closed || policy.oneEndpoint) fields.push('allow_fallbacks');
  if (policy.ignore) fields.push('ignore');
  if (policy.zdr) fields.push('zdr');
  if (policy.enforceDistillableText) fields.push('enforce_distillable_text');
  if (policy.requireParameters) fields.push('require_parameters');
  if (policy.dataCollection === 'deny') fields.push('data_collection');
  if (policy.quantizations) fields.push('quantizations');
  if (policy.maxPrice) fields.push('max_price');
  return fields;
}

/**
 * Leaves of a policy what a route honours. Preferences outside that are dropped with a warning; a guardrail outside it is a
 * conflict, since the server would ignore it in silence.
 *
 * @throws {PolicyConflictError} naming the guardrail and the route.
 */
export function confine(policy: Policy, route: RouteName, report: Report): Policy {
  const kept = honoured(route);
  if (kept === undefined) return policy;
  const lost = guardrailsInForce(policy).find((field) => !kept.includes(field));
  if (lost !== undefined) {
    throw new PolicyConflictError({
      field: `provider.${lost}`,
      message: `the ${route} route does not honour it, so the guardrail would be lost`,
      suggestion: kept.length > 1 ? `that route honours ${kept.join(', ')}` : 'use a client without that guardrail for this route',
    });
  }
  const drop = (field: Field): boolean => !kept.includes(field);
  const { preferredMinThroughput, preferredMaxLatency, sort, order, unknown, ...rest } = policy;
  const dropped: string[] = Object.keys(unknown ?? {});
  if (preferredMinThroughput !== undefined) dropped.push('preferred_min_throughput');
  if (preferredMaxLatency !== undefined) dropped.push('preferred_max_latency');
  if (sort !== undefined && drop('sort')) dropped.push('sort');
  if (order !== undefined && drop('order')) dropped.push('order');
  for (const field of dropped) {
    report.warnings.push({ code: 'not-honoured', path: `provider.${field}`, message: `the ${route} route does not honour it, so it is not sent` });
  }
  // stated defaults of guardrails that the route has no word for say nothing there
  const { zdr: _z, dataCollection: _d, requireParameters: _r, enforceDistillableText: _e, oneEndpoint, ...guardrails } = rest;
  return {
    ...guardrails,
    ...(oneEndpoint !== undefined && !drop('allow_fallbacks') && { oneEndpoint }),
    ...(sort !== undefined && !drop('sort') && { sort }),
    ...(order !== undefined && !drop('order') && { order }),
  };
}
