export type { AttemptMatch, EndpointMatch, EndpointPattern, ExpectedRoute } from './assert/expect-route.js';
export { RouteMismatchError } from './assert/route-mismatch-error.js';
export { defaultCatalogue } from './catalogue/default.js';
export { CHAT_PARAMETERS, defineEndpoint, type EndpointInput } from './catalogue/endpoint.js';
export { type CatalogueSources, loadCatalogue } from './catalogue/load.js';
export type { Catalogue, DataPolicy, GatewayEndpoint, GatewayModel } from './catalogue/types.js';
export { type Clock, type ManualClock, manualClock, realClock } from './clock.js';
export { createGateway } from './gateway.js';
export type { Gateway, GatewayEnv, GatewayOptions, GatewayServer, ListenOn, LocalServer } from './options.js';
export type { RecordedAttempt, RecordedEndpoint, RecordedRequest, RecordedRoute } from './recorded-request.js';
export { planRoute, type RouteOptions } from './routing/plan.js';
export type { AccountSettings, Candidate, Refusal, RequestedModel, RoutePlan, RouteResult, Strategy } from './routing/types.js';
export { type Faults, faults } from './scenario/faults.js';
export type { HealthOverTime, HealthState } from './scenario/health.js';
export type { FreeTierLimit, RateLimit, RateLimits } from './scenario/limits.js';
export type { Moderation } from './scenario/moderation.js';
export type { Affordable, FreeWindow } from './scenario/own-error.js';
export {
  disconnect, type DisconnectOutcome, fail, type FailOptions, type FailOutcome, hang, type HangOutcome, ok, type OkOutcome, type Outcome,
  respond, type RespondOutcome,
} from './scenario/outcome.js';
export type {
  RouteOutput, ScriptedAnswer, ScriptedAnswers, ScriptedImage, ScriptedSegment, ScriptedTranscript, ScriptedVideo, ScriptedWord,
} from './scenario/route-output.js';
export { reply, type Reply, type ReplyBuilders, type ReplyMessage, type ReplyOptions, type ReplyTokens, type ScriptedToolCall } from './scenario/reply.js';
export { ScenarioError } from './scenario/scenario-error.js';
export type { AttemptContext, Scenario, Script } from './scenario/scenario.js';
export { type Cut, type Malformed, type ToolDeltas, type Wire, type WireError, wires } from './scenario/wire.js';
