import type {
  EmbeddingModelV4, Experimental_VideoModelV4 as VideoModelV4, ImageModelV4, LanguageModelV4, ProviderV4, RerankingModelV4, SpeechModelV4, TranscriptionModelV4,
} from '@ai-sdk/provider';
import { type ClientConfig, createConfig, extendConfig, InvalidOptionsError, refuseRetries, requirePlain, type SharedOptions } from '@waypost/core';
import { deepCopy } from './call/deep-copy.js';
import type { ModelParts } from './models/call-inference.js';
import { completionSettingsBody, settingsBody } from './chat/chat-body.js';
import { createChatModel } from './chat/chat-model.js';
import { createCompletionModel } from './chat/completion-model.js';
import { createDecisionModel, type DecisionModel } from './models/decision-model.js';
import { createEmbeddingModel } from './models/embedding-model.js';
import { createImageModel } from './models/image-model.js';
import type {
  OpenRouterDecisionSettings, OpenRouterEmbeddingSettings, OpenRouterImageSettings, OpenRouterModelSettings, OpenRouterRerankingSettings,
  OpenRouterSpeechSettings, OpenRouterTranscriptionSettings, OpenRouterVideoSettings,
} from './model-settings.js';
import type { OpenRouterChatSettings, OpenRouterCompletionSettings, OpenRouterProviderSettings } from './options.js';
import { createRerankingModel } from './models/reranking-model.js';
import { createSpeechModel } from './models/speech-model.js';
import { type OpenRouterTools, openRouterTools } from './tools/tools.js';
import { createTranscriptionModel } from './models/transcription-model.js';
import { createVideoModel } from './models/video-model.js';

/**
 * A provider of the AI SDK that is also callable: `openrouter('author/slug', settings)` is a chat model. Each of its methods throws
 * `InvalidOptionsError` for wrong settings.
 */
export interface OpenRouterProvider extends ProviderV4 {
  (modelId: string, settings?: OpenRouterChatSettings): LanguageModelV4;
  readonly specificationVersion: 'v4';
  /** A chat model; of the one model that knows only the legacy route, a completion model. */
  languageModel(modelId: string, settings?: OpenRouterChatSettings): LanguageModelV4;
  /** A chat model. */
  chat(modelId: string, settings?: OpenRouterChatSettings): LanguageModelV4;
  /** A model of the legacy route that goes on with a text. */
  completion(modelId: string, settings?: OpenRouterCompletionSettings): LanguageModelV4;
  /** For `embed` and `embedMany`. */
  embeddingModel(modelId: string, settings?: OpenRouterEmbeddingSettings): EmbeddingModelV4;
  /** The same as `embeddingModel`, under its older name. */
  textEmbeddingModel(modelId: string, settings?: OpenRouterEmbeddingSettings): EmbeddingModelV4;
  /** @deprecated Write `embeddingModel`. */
  embedding(modelId: string, settings?: OpenRouterEmbeddingSettings): EmbeddingModelV4;
  /** For `generateImage`. */
  imageModel(modelId: string, settings?: OpenRouterImageSettings): ImageModelV4;
  /** For `experimental_generateVideo`. */
  videoModel(modelId: string, settings?: OpenRouterVideoSettings): VideoModelV4;
  /** For `rerank`. */
  rerankingModel(modelId: string, settings?: OpenRouterRerankingSettings): RerankingModelV4;
  /** For `generateSpeech`. */
  speechModel(modelId: string, settings?: OpenRouterSpeechSettings): SpeechModelV4;
  /** For `transcribe`. */
  transcriptionModel(modelId: string, settings?: OpenRouterTranscriptionSettings): TranscriptionModelV4;
  /** For `experimental_decide`. */
  decisionModel(modelId: string, settings?: OpenRouterDecisionSettings): DecisionModel;
  /** The same as `decisionModel`, under the name it had before. */
  evaluationModel(modelId: string, settings?: OpenRouterDecisionSettings): DecisionModel;
  /** Tools that OpenRouter runs: web search, fetching pages, the time, images … */
  readonly tools: OpenRouterTools;
}

/** The client of a provider, made from options of ours and from names that other providers use for them. */
function clientOf(options: OpenRouterProviderSettings): ClientConfig {
  refuseRetries(options);
  // raw bodies are layers of each call
  const { api_keys: keys, extraBody: _, ...given } = options;
  const named = Object.keys(keys ?? {}).length > 0;
  return createConfig(
    {
      ...given,
      baseURL: options.baseURL ?? options.baseUrl,
      appTitle: options.appTitle ?? options.appName,
      headers: named ? { 'x-provider-api-keys': JSON.stringify(keys), ...options.headers } : options.headers,
    },
  );
}

// It has no chat route. Source: OpenRouter API, models.
const COMPLETION_ONLY = 'openai/gpt-3.5-turbo-instruct';

/** The settings of a model; of anything but an object literal, a copy might lack a guardrail. @throws {InvalidOptionsError} */
function settingsOf<Settings extends object>(given: Settings | null | undefined): Settings {
  const settings = given ?? ({} as Settings);
  requirePlain(settings, 'settings');
  return settings;
}

/** The provider, its client made when a model first asks for it. */
function createProvider(options: OpenRouterProviderSettings, client: () => ClientConfig): OpenRouterProvider {
  const strict = options.compatibility === 'strict';

  /** What every model has; its body, where its settings hold more than the policy. */
  const parts = (modelId: string, { extraBody, ...settings }: SharedOptions & Pick<OpenRouterModelSettings, 'extraBody'>, body: { readonly [field: string]: unknown }): ModelParts => {
    if (typeof modelId !== 'string') throw new InvalidOptionsError([{ path: 'modelId', message: `expected a model id, got ${typeof modelId}`, suggestion: 'such as author/slug' }]);
    refuseRetries(settings);
    return { modelId, config: extendConfig(client(), 'model', settings, body), extraBodies: [options.extraBody, deepCopy(extraBody)] };
  };
  const chat = (modelId: string, given?: OpenRouterChatSettings): LanguageModelV4 => {
    const own = settingsOf(given);
    const settings = { ...own, reasoning: deepCopy(own.reasoning) };
    return createChatModel({
      ...parts(modelId, settings, settingsBody(settings, options)),
      settings,
      reasoning: options.reasoning,
      mergeDeltas: settings.mergeDeltas ?? options.mergeDeltas ?? false,
      strict,
    });
  };
  const completion = (modelId: string, given?: OpenRouterCompletionSettings): LanguageModelV4 => {
    const settings = settingsOf(given);
    return createCompletionModel({
      ...parts(modelId, settings, completionSettingsBody(settings, options)),
      reasoning: settings.reasoning ?? options.reasoning,
      mergeDeltas: settings.mergeDeltas ?? options.mergeDeltas ?? false,
      strict,
    });
  };
  const language = (modelId: string, settings?: OpenRouterChatSettings): LanguageModelV4 => (modelId === COMPLETION_ONLY ? completion : chat)(modelId, settings);
  /** A kind of model whose settings are the common ones, with those of its own taken up by `create`. */
  const kind = <Settings extends OpenRouterModelSettings, Model>(create: (model: ModelParts, settings: Settings) => Model) =>
    (modelId: string, given?: Settings): Model => {
      const settings = settingsOf(given);
      const { user = options.user, sessionId = options.sessionId, headers } = settings;
      const grouped = sessionId === undefined ? settings : { ...settings, headers: { 'x-session-id': sessionId, ...headers } };
      return create(parts(modelId, grouped, { user }), settings);
    };
  const embedding = kind<OpenRouterEmbeddingSettings, EmbeddingModelV4>(createEmbeddingModel);
  const decision = kind<OpenRouterDecisionSettings, DecisionModel>((model, settings) => createDecisionModel(model, settings, options.decisionsBaseURL));

  return Object.assign((modelId: string, settings?: OpenRouterChatSettings) => language(modelId, settings), {
    specificationVersion: 'v4' as const,
    languageModel: language,
    chat,
    completion,
    embeddingModel: embedding,
    textEmbeddingModel: embedding,
    embedding,
    imageModel: kind<OpenRouterImageSettings, ImageModelV4>(createImageModel),
    videoModel: kind<OpenRouterVideoSettings, VideoModelV4>(createVideoModel),
    rerankingModel: kind<OpenRouterRerankingSettings, RerankingModelV4>(createRerankingModel),
    speechModel: kind<OpenRouterSpeechSettings, SpeechModelV4>(createSpeechModel),
    transcriptionModel: kind<OpenRouterTranscriptionSettings, TranscriptionModelV4>(createTranscriptionModel),
    decisionModel: decision,
    evaluationModel: decision,
    tools: openRouterTools,
  });
}

/**
 * An OpenRouter provider for the AI SDK. Its policy is the outermost layer: model settings and calls can only tighten it.
 *
 * @throws {InvalidOptionsError} listing everything that is wrong with the options. A missing key is told by the first call.
 * @example
 * const openrouter = createOpenRouter({ provider: { zdr: true, dataCollection: 'deny' } });
 * const { text, providerMetadata } = await generateText({ model: openrouter('openai/gpt-5.1'), prompt: 'Hello' });
 * providerMetadata?.openrouter?.receipt; // who served it, at what cost
 */
export function createOpenRouter(options: OpenRouterProviderSettings = {}): OpenRouterProvider {
  requirePlain(options);
  const config = clientOf(options);
  const { extraBody, reasoning, plugins } = options;
  return createProvider({ ...options, ...deepCopy({ extraBody, reasoning, plugins }) }, () => config);
}

let shared: ClientConfig | undefined;

/**
 * A ready-made provider: its key and everything else come from the environment, which is read when the first model is made.
 *
 * @example
 * import { openrouter } from '@waypost/ai-sdk';
 * const model = openrouter('anthropic/claude-sonnet-4.6', { provider: { sort: 'throughput' } });
 */
export const openrouter: OpenRouterProvider = /* @__PURE__ */ createProvider({}, () => (shared ??= clientOf({})));
