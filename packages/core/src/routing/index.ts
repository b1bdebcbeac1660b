export { matchesGlob } from '../policy/models-allowed.js';
export { matches as matchesSlug } from '../policy/slugs.js';
export { applySuggestion } from './apply-suggestion.js';
export { listedId } from './chain.js';
export type { ExplainOptions } from './explain.js';
export { explain } from './explain.js';
export type {
  ExplainedEndpoint, Explanation, RouteBlame, RouteChange, RouteSuggestion, ServerWord,
} from './explanation.js';
export { format } from './format.js';
export type {
  AccountSettings, ByEndpoint, ByokKey, EndpointFacts, EndpointHealth, RouteOptions, StickyEndpoint,
} from './options.js';
export { planRoute } from './plan.js';
export { blendedPrice } from './price.js';
export type {
  DroppedEndpoint, EndpointListing, Finding, OrderBasis, OrderReason, PlannedEndpoint, PlannedStep, RouteCandidate, RouteModel, RoutePlan,
  RouteRequest, RouteStrategy,
} from './types.js';
