export type { Credits, Generation, KeyInfo } from './account.js';
export type { ChatChoice, ChatRequest, ChatResponse, FinishReason, ResponseFormat, StopServerToolsWhen } from './chat.js';
export type { ChatChunk, ChatChunkChoice, ChatDelta, ToolCallDelta } from './chunk.js';
export type {
  ChoiceQuestion, DecisionAnswer, DecisionInput, DecisionQuestion, DecisionsRequest, DecisionsResponse, NoulQuestion, ScoreQuestion,
} from './decisions.js';
export type { EmbeddingsRequest, EmbeddingsResponse } from './embeddings.js';
export type { ErrorAvailability, ErrorBody, ErrorDetail, ErrorMetadata, ErrorType, RoutingFunnelStep } from './error-body.js';
export type { CreatedImage, ImagesRequest, ImagesResponse } from './images.js';
export type {
  Annotation, AssistantMessage, AudioPart, CacheControl, ContentPart, FileAnnotation, FilePart, GeneratedAudio, GeneratedImage, ImagePart,
  Message, ResponseMessage, SystemMessage, TextPart, ToolCall, ToolMessage, UnknownAnnotation, UnknownPart, UrlCitation, UserMessage, VideoPart,
} from './message.js';
export type {
  Benchmarks, Endpoint, EndpointList, Model, ModelCount, ModelDetails, ModelEndpoints, ModelList, Percentiles, Pricing, PricingOverride, Provider, ProviderList,
} from './models.js';
export type { JsonObject, JsonValue, Open } from './open.js';
export type { AutoRouterPlugin, FileParserPlugin, FusionPlugin, OtherPlugin, Plugin, WebPlugin } from './plugins.js';
export type {
  MaxPrice, PercentileThresholds, ProviderPreferences, ProviderSort, ProviderSortConfig, Quantization,
} from './provider-preferences.js';
export type {
  ReasoningDetail, ReasoningEffort, ReasoningEncryptedDetail, ReasoningFormat, ReasoningOptions, ReasoningServerToolCallDetail,
  ReasoningSummaryDetail, ReasoningTextDetail, ReasoningUnknownDetail,
} from './reasoning.js';
export type { RerankDocument, RerankRequest, RerankResponse, RerankResult } from './rerank.js';
export type {
  ResponsesError, ResponsesFunctionTool, ResponsesRequest, ResponsesResponse, ResponsesTextFormat, ResponsesTool, ResponsesToolChoice, ResponsesUsage,
} from './responses.js';
export type { ResponsesEvent, ResponsesEventType } from './responses-event.js';
export type {
  ResponsesAnnotation, ResponsesFunctionCall, ResponsesFunctionOutput, ResponsesInputItem, ResponsesInputMessage, ResponsesInputPart, ResponsesMessage,
  ResponsesOtherItem, ResponsesOutputItem, ResponsesOutputPart, ResponsesReasoning, ResponsesStatus,
} from './responses-items.js';
export type { RouterMetadata } from './router-metadata.js';
export type { SpeechRequest } from './speech.js';
export type { FunctionTool, ServerTool, Tool, ToolChoice } from './tools.js';
export type { TranscriptionRequest, TranscriptionResponse, TranscriptSegment, TranscriptWord } from './transcriptions.js';
export type { ServerToolUse, Usage } from './usage.js';
export type { FrameImage, VideoJob, VideoRequest } from './videos.js';
