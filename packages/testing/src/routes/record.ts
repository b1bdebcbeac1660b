import type { RecordedEndpoint, RecordedRoute } from '../recorded-request.js';
import type { Candidate, Dropped, RouteResult } from '../routing/types.js';

export function toRecorded({ requested, endpoint }: Candidate): RecordedEndpoint {
  return { model: requested.model.id, provider: endpoint.provider, tag: endpoint.tag };
}

const toDropped = ({ candidate, step, why }: Dropped): RecordedRoute['dropped'][number] => ({ ...toRecorded(candidate), step, why });

export function recordedRoute(route: RouteResult): RecordedRoute {
  if (!route.ok) {
    const failed = route.failedStep === undefined ? {} : { failedStep: route.failedStep };
    return { candidates: route.initial.map(toRecorded), funnel: route.funnel, dropped: route.dropped.map(toDropped), plan: [], ...failed };
  }
  const { strategy, initial, funnel, dropped, order, weights } = route.plan;
  return {
    strategy, funnel,
    candidates: initial.map(toRecorded),
    dropped: dropped.map(toDropped),
    plan: order.map((candidate, i) => ({ ...toRecorded(candidate), weight: weights[i] ?? 0 })),
  };
}
