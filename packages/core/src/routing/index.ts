export { matchesGlob } from '../policy/models-allowed.js';
export { matches as matchesSlug } from '../policy/slugs.js';
export { listedId } from './chain.js';
export type {
  AccountSettings, ByEndpoint, ByokKey, EndpointFacts, EndpointHealth, RouteOptions, StickyEndpoint,
} from './options.js';
export { planRoute } from './plan.js';
export { blendedPrice } from './price.js';
export type {
  DroppedEndpoint, EndpointListing, Finding, OrderBasis, OrderReason, PlannedEndpoint, PlannedStep, RouteCandidate, RouteModel, RoutePlan,
  RouteRequest, RouteStrategy,
} from './types.js';
