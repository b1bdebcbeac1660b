import { readFileSync } from 'node:fs';
import * as aiSdk from '@waypost/ai-sdk';
import * as core from '@waypost/core';
import * as catalog from '@waypost/core/catalog';
import * as fetchClient from '@waypost/fetch';
import * as compare from '@waypost/fetch/compare';
import * as langchain from '@waypost/langchain';
import * as testing from '@waypost/testing';
import * as cassettes from '@waypost/testing/cassettes';
import { describe, expect, it } from 'vitest';

const values = (module: object): string => Object.keys(module).sort().join(' ');

/** Names of types, which do not exist when a program runs, by the entry's own words. */
function types(name: string, entry = 'index'): string {
  const source = readFileSync(new URL(`../../packages/${name}/src/${entry}.ts`, import.meta.url), 'utf8');
  const found = [...source.matchAll(/export (type )?(?:\{([^}]*)\}|\* from '([^']*)')/g)].flatMap(([, type, names, from]) => {
    if (from !== undefined) return [`* from ${from}`];
    return (names ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '' && (type || one.startsWith('type '))).map((one) => one.replace(/^type /, ''));
  });
  return found.sort().join(' ');
}

// A change here is a change of the public interface: it belongs into a changeset.
describe('the public interface', () => {
  it('of @waypost/core', () => {
    expect(values(core)).toMatchInlineSnapshot(`"APIError EventTooLargeError InvalidOptionsError NetworkError NoRouteError OpenRouterError PolicyConflictError PolicyViolationError StreamError TimeoutError VideoTimeoutError accumulate chatUsage completeArguments completionsRoute createAccumulator createConfig createReasoningMerger createResilience createSseDecoder createToolCallTracker decodeSse extendConfig fetchVideos foldLayers foldPolicies formatModelId functionCalls identify isMarked lintPath lintRequest mergeReasoningDetails misshapen openChat openResponses outputReasoning outputText parseModelId preferences preferencesJsonSchema printPolicy readVideo reasonOf redact redactHeaders requestBytes resolveRequest responsesFinishReason sendChat sendDecisions sendEmbeddings sendImages sendInference sendJson sendPlain sendRerank sendResponses sendSpeech sendTranscription sendVideo settleReceipt slugOfProvider startVideo tokenUsage toolCallId usd verifyPolicy videoClient videoFailure withBaseURL"`);
    expect(types('core')).toMatchInlineSnapshot(`"* from ./wire/index.js APIErrorOptions Accumulator Acknowledgement Answer AttemptOptions AttemptRecord Attribution CacheOption Call CallInfo CallOptions ChatAnswer ChatRoute ChatStreamCall ClientConfig ClientOptions ConfigDefaults Effects EmbeddingsAnswer ErrorCode FailoverOptions FailureReason FetchFunction FoldedPolicy HeaderRecord HookEvents Hooks InferenceAnswer JsonCall JsonSchemaOptions LintCode LintContext MaxPriceInput ModelEntry ModelId ModelVariant NamedPolicy OptionIssue Overruled PartialResponse Policy PolicyOptions PolicyVerdict PreferencesOptions ProviderPreferencesInput ReasoningMerger Receipt ReceiptCost ReceiptDetail Region RequestLayer Resilience ResilienceOptions ResolveOptions ResolvedRequest ResponsesAnswer ResponsesStreamCall RetryBudget RetryOptions RouteName RunOptions SharedOptions SizeLimits SseDecoder SseDecoderOptions StreamCall StreamErrorReason TimeLimits TimeoutKind TokenPrice TokenUsage ToolCallTracker TrackedToolCall Verdict VerificationCatalogue VerifyOption VideoAnswer VideoFile VideoWait Warning Window"`);
  });

  it('of @waypost/fetch', () => {
    expect(values(fetchClient)).toMatchInlineSnapshot(`"APIError InvalidOptionsError NetworkError NoRouteError OpenRouterError PolicyConflictError PolicyViolationError StreamError TimeoutError createOpenRouter preferences usd"`);
    expect(types('fetch')).toMatchInlineSnapshot(`"* from @waypost/core ChatInput ChatResult ChatStream ChatToolCall DebugLogger DebugOption EmbedInput EmbedResult GenerationOptions ModelCountQuery ModelQuery Models OpenChatStream OpenRouter OpenRouterOptions PageQuery Pages RequestDefaults RequestOptions RouteOptions UserModelQuery WithOptions"`);
  });

  it('of @waypost/core/catalog', () => {
    expect(values(catalog)).toMatchInlineSnapshot(`"balanced cheapest costOf effectivePricing estimateCost fallbackChain fastest filterModels longest needsOf pickModel rankModels smartest tasks"`);
    expect(types('core', 'catalog')).toMatchInlineSnapshot(`"BenchmarkIndex CatalogModel ChainCriteria Cost CostOptions CostPart Estimate FallbackChain Modality ModelCriteria PricingConditions RankedModel Score Strategy Task TokenMix Weights"`);
  });

  it('of @waypost/fetch/compare', () => {
    expect(values(compare)).toMatchInlineSnapshot(`"compareModels"`);
    expect(types('fetch', 'compare')).toMatchInlineSnapshot(`"CompareOptions ComparedModel FailedModel ModelComparison"`);
  });

  it('of @waypost/ai-sdk', () => {
    expect(values(aiSdk)).toMatchInlineSnapshot(`"OpenRouter createOpenRouter openrouter"`);
    expect(types('ai-sdk')).toMatchInlineSnapshot(`"AdvisorToolOptions BashToolOptions DatetimeToolOptions DecisionModel EvaluationCallOptions EvaluationResult FilesToolOptions FusionToolOptions ImageGenerationToolOptions LanguageModelV4 LanguageModelV4Prompt OpenRouterChatSettings OpenRouterCompletionSettings OpenRouterDecisionSettings OpenRouterEmbeddingModelId OpenRouterEmbeddingSettings OpenRouterEvaluationModelId OpenRouterEvaluationProviderPreferences OpenRouterEvaluationSettings OpenRouterImageModelId OpenRouterImageSettings OpenRouterModelSettings OpenRouterPercentileCutoffs OpenRouterProvider OpenRouterProviderOptions OpenRouterProviderSettings OpenRouterRerankingSettings OpenRouterSharedSettings OpenRouterSpeechSettings OpenRouterTool OpenRouterToolCall OpenRouterToolCallbacks OpenRouterToolFactory OpenRouterTools OpenRouterTranscriptionSettings OpenRouterUsageAccounting OpenRouterVideoModelId OpenRouterVideoSettings RequestDefaults SearchModelsToolOptions SubagentToolOptions WebFetchToolOptions WebSearchLocation WebSearchToolOptions"`);
  });

  it('of @waypost/langchain', () => {
    expect(values(langchain)).toMatchInlineSnapshot(`"APIError ChatOpenRouter InvalidOptionsError NetworkError NoRouteError OpenRouterAuthError OpenRouterEmbeddings OpenRouterError OpenRouterRateLimitError OpenRouterRerank PolicyConflictError PolicyViolationError StreamError TimeoutError"`);
    expect(types('langchain')).toMatchInlineSnapshot(`"ChatOpenRouterCallOptions ChatOpenRouterFields ChatOpenRouterInput ChatOpenRouterSettings ErrorKind ModelKwargs OpenRouterEmbeddingsCallOptions OpenRouterEmbeddingsInput OpenRouterPlugin OpenRouterRerankCallOptions OpenRouterRerankDocument OpenRouterRerankInput OpenRouterRerankResult OpenRouterResponseFormat"`);
  });

  it('of @waypost/testing', () => {
    expect(values(testing)).toMatchInlineSnapshot(`"CHAT_PARAMETERS createGateway defaultCatalogue defineEndpoint disconnect fail faults hang ok planRoute reply respond"`);
    expect(types('testing')).toMatchInlineSnapshot(`"AccountSettings AttemptContext Candidate Catalogue Cut DataPolicy DisconnectOutcome EndpointInput FailOptions FailOutcome Faults Gateway GatewayEndpoint GatewayEnv GatewayModel GatewayOptions GatewayServer HangOutcome OkOutcome Outcome RecordedAttempt RecordedEndpoint RecordedRequest RecordedRoute Refusal Reply ReplyBuilders ReplyMessage ReplyOptions ReplyTokens RequestedModel RespondOutcome RouteOptions RouteOutput RoutePlan RouteResult Scenario Script ScriptedAnswer ScriptedAnswers ScriptedImage ScriptedSegment ScriptedToolCall ScriptedTranscript ScriptedVideo ScriptedWord Strategy ToolDeltas Wire WireError"`);
  });

  it('of @waypost/testing/cassettes', () => {
    expect(values(cassettes)).toMatchInlineSnapshot(`"play record"`);
    expect(types('testing', 'cassettes')).toMatchInlineSnapshot(`"Cassette Match Miss PlayOptions Player RecordOptions RecordedAnswer RecordedCall Recorder"`);
  });
});
