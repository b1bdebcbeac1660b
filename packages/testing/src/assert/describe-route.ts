import type { RecordedEndpoint, RecordedRequest } from '../recorded-request.js';

export function nameOf({ model, tag }: RecordedEndpoint): string {
  return `${model} at ${tag}`;
}

function percent(weight: number): string {
  return `${Math.round(weight * 1000) / 10}%`;
}

function joined(parts: readonly string[], between: string): string {
  return parts.length === 0 ? 'none' : parts.join(between);
}

/** How a request was routed, in lines for people. Holds no prompt and no key. */
export function describeRoute({ number, method, path, route, attempts, served, status, scenarioError }: RecordedRequest): string {
  const funnel = (route?.funnel ?? []).map(({ step, endpoint_count: count }) => `${step} (${count})`);
  const failed = route?.failedStep === undefined ? [] : [`${route.failedStep} (0)`];
  const plan = (route?.plan ?? []).map((endpoint) => (endpoint.weight > 0 ? `${endpoint.tag} ${percent(endpoint.weight)}` : endpoint.tag));
  return [
    `What happened to request ${number} (${method} ${path}):`,
    `  funnel:   ${joined([...funnel, ...failed], ' → ')}`,
    `  order:    ${joined(plan, ', ')}`,
    `  attempts: ${joined(attempts.map((attempt) => `${nameOf(attempt)}: ${attempt.status === 0 ? 'no answer' : attempt.status}`), ', ')}`,
    `  served:   ${served === undefined ? 'by none' : nameOf(served)}`,
    `  status:   ${status === 0 ? (scenarioError === undefined ? 'not answered yet' : 'none') : status}`,
    ...(scenarioError === undefined ? [] : [`  scenario: ${scenarioError}`]),
  ].join('\n');
}
