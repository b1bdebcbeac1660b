export type { ChatAnswer } from './client/send-chat.js';
export { sendChat } from './client/send-chat.js';
export type { InferenceAnswer } from './client/send-inference.js';
export { sendInference } from './client/send-inference.js';
export type { ChatStreamCall } from './client/open-chat.js';
export { openChat } from './client/open-chat.js';
export type { JsonCall } from './client/send-json.js';
export { sendJson } from './client/send-json.js';
export type { Call } from './client/prepare.js';
export type { ClientConfig, ConfigDefaults } from './client/config.js';
export { createConfig, extendConfig } from './client/config.js';
export type { CallOptions, ClientOptions, Hooks, SharedOptions, VerifyOption } from './client/options.js';

export type { APIErrorOptions } from './errors/api-error.js';
export { APIError } from './errors/api-error.js';
export type { OptionIssue } from './errors/invalid-options-error.js';
export { InvalidOptionsError } from './errors/invalid-options-error.js';
export { NetworkError } from './errors/network-error.js';
export { NoRouteError } from './errors/no-route-error.js';
export type { ErrorCode } from './errors/openrouter-error.js';
export { OpenRouterError } from './errors/openrouter-error.js';
export { PolicyConflictError } from './errors/policy-conflict-error.js';
export { PolicyViolationError } from './errors/policy-violation-error.js';
export type { FailureReason } from './errors/reason.js';
export { redact } from './errors/redact.js';
export type { StreamErrorReason } from './errors/stream-error.js';
export { StreamError } from './errors/stream-error.js';
export type { TimeoutKind } from './errors/timeout-error.js';
export { TimeoutError } from './errors/timeout-error.js';

export type { FoldedPolicy, NamedPolicy } from './policy/fold.js';
export { foldLayers } from './policy/fold.js';
export { foldPolicies } from './policy/guardrails.js';
export type { PolicyOptions } from './policy/layer-policy.js';
export type { Acknowledgement, Overruled, Policy, Region, Warning } from './policy/policy.js';
export type { PreferencesOptions } from './policy/preferences.js';
export { preferences } from './policy/preferences.js';
export type { MaxPriceInput, ProviderPreferencesInput } from './policy/preferences-input.js';
export type { TokenPrice } from './policy/price.js';
export { usd } from './policy/price.js';
export { printPolicy } from './policy/print.js';
export type { RouteName } from './policy/routes.js';
export { slugOfProvider } from './policy/slugs.js';

export type { VerificationCatalogue } from './receipt/catalogue.js';
export type { ReceiptDetail } from './receipt/collect.js';
export type { AttemptRecord, PolicyVerdict, Receipt, ReceiptCost, TokenUsage, Verdict } from './receipt/receipt.js';
export { tokenUsage } from './receipt/token-usage.js';
export { verifyPolicy } from './receipt/verify-policy.js';

export type { Attribution, CacheOption } from './request/headers.js';
export { redactHeaders } from './request/headers.js';
export type { ModelEntry, RequestLayer } from './request/layers.js';
export type { ModelId, ModelVariant } from './request/model-id.js';
export { formatModelId, parseModelId } from './request/model-id.js';
export type { ResolvedRequest, ResolveOptions } from './request/resolve-request.js';
export { resolveRequest } from './request/resolve-request.js';

export { accumulate, createAccumulator } from './stream/accumulate.js';
export type { Accumulator } from './stream/accumulator.js';
export { createSseDecoder } from './stream/decode-sse.js';
export { decodeSse } from './stream/decode-sse-body.js';
export type { ToolCallTracker, TrackedToolCall } from './stream/tool-calls.js';
export { completeArguments, createToolCallTracker, toolCallId } from './stream/tool-calls.js';

export type { FailoverOptions } from './transport/failover.js';
export type { RetryOptions } from './transport/retry.js';
export type { Answer, Effects, FetchFunction, HeaderRecord, SizeLimits, TimeLimits, Window } from './transport/types.js';

export type * from './wire/index.js';
