import { type EmbeddingModelV4, type ImageModelV4, type LanguageModelV4, NoSuchModelError, type ProviderV4 } from '@ai-sdk/provider';
import { type ClientConfig, createConfig, extendConfig } from '@waypost/core';
import { defaultsBody, settingsBody } from './chat-body.js';
import { createChatModel } from './chat-model.js';
import type { OpenRouterChatSettings, OpenRouterProviderSettings } from './options.js';

/** A provider of the AI SDK that is also callable: `openrouter('author/slug', settings)` is a chat model. */
export interface OpenRouterProvider extends ProviderV4 {
  (modelId: string, settings?: OpenRouterChatSettings): LanguageModelV4;
  readonly specificationVersion: 'v4';
  /** A chat model. @throws {InvalidOptionsError} for wrong settings. */
  languageModel(modelId: string, settings?: OpenRouterChatSettings): LanguageModelV4;
  /** A chat model. @throws {InvalidOptionsError} for wrong settings. */
  chat(modelId: string, settings?: OpenRouterChatSettings): LanguageModelV4;
  /** @throws {NoSuchModelError} */
  embeddingModel(modelId: string): EmbeddingModelV4;
  /** @throws {NoSuchModelError} */
  imageModel(modelId: string): ImageModelV4;
}

/** The client of a provider, made from options of ours and from names that other providers use for them. */
function clientOf(options: OpenRouterProviderSettings): ClientConfig {
  const { api_keys: keys } = options;
  const named = Object.keys(keys ?? {}).length > 0;
  return createConfig(
    {
      ...options,
      baseURL: options.baseURL ?? options.baseUrl,
      appTitle: options.appTitle ?? options.appName,
      headers: named ? { 'x-provider-api-keys': JSON.stringify(keys), ...options.headers } : options.headers,
    },
    { retry: false, body: defaultsBody(options) },
  );
}

/** The provider, its client made when a model first asks for it. */
function createProvider(options: OpenRouterProviderSettings, client: () => ClientConfig): OpenRouterProvider {
  const chat = (modelId: string, settings: OpenRouterChatSettings = {}): LanguageModelV4 =>
    createChatModel({
      modelId,
      config: extendConfig(client(), 'model', settings, settingsBody(settings)),
      settings,
      reasoning: options.reasoning,
      extraBodies: [options.extraBody, settings.extraBody],
      mergeDeltas: settings.mergeDeltas ?? options.mergeDeltas ?? false,
      strict: options.compatibility === 'strict',
    });
  const none = (modelType: 'embeddingModel' | 'imageModel') => (modelId: string): never => {
    throw new NoSuchModelError({ modelId, modelType });
  };
  return Object.assign((modelId: string, settings?: OpenRouterChatSettings) => chat(modelId, settings), {
    specificationVersion: 'v4' as const,
    languageModel: chat,
    chat,
    embeddingModel: none('embeddingModel'),
    imageModel: none('imageModel'),
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
  const config = clientOf(options);
  return createProvider(options, () => config);
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
