import type { EmbeddingModelV4, LanguageModelV4 } from '@ai-sdk/provider';
import type { OpenRouterEmbeddingSettings } from './model-settings.js';
import type { OpenRouterChatSettings, OpenRouterCompletionSettings, OpenRouterProviderSettings } from './options.js';
import { createOpenRouter, type OpenRouterProvider } from './provider.js';

/**
 * The provider as a class, for code that was written so.
 *
 * @deprecated Write `createOpenRouter(options)`.
 */
export class OpenRouter {
  readonly baseURL: string;
  /** Not enumerable, so that no log of the object prints it. */
  declare readonly apiKey: OpenRouterProviderSettings['apiKey'];
  readonly headers: OpenRouterProviderSettings['headers'];
  /** Not enumerable either. */
  declare readonly api_keys: OpenRouterProviderSettings['api_keys'];
  readonly appName: string | undefined;
  readonly appUrl: string | undefined;
  readonly #provider: OpenRouterProvider;

  /** @throws {InvalidOptionsError} listing everything that is wrong with the options. */
  constructor(options: OpenRouterProviderSettings = {}) {
    this.#provider = createOpenRouter({ compatibility: 'strict', ...options });
    this.baseURL = (options.baseURL ?? options.baseUrl ?? 'https://openrouter.ai/api/v1').replace(/\/+$/, '');
    this.headers = options.headers;
    this.appName = options.appTitle ?? options.appName;
    this.appUrl = options.appUrl;
    Object.defineProperty(this, 'apiKey', { value: options.apiKey });
    Object.defineProperty(this, 'api_keys', { value: options.api_keys });
  }

  chat(modelId: string, settings?: OpenRouterChatSettings): LanguageModelV4 {
    return this.#provider.chat(modelId, settings);
  }

  completion(modelId: string, settings?: OpenRouterCompletionSettings): LanguageModelV4 {
    return this.#provider.completion(modelId, settings);
  }

  textEmbeddingModel(modelId: string, settings?: OpenRouterEmbeddingSettings): EmbeddingModelV4 {
    return this.#provider.textEmbeddingModel(modelId, settings);
  }

  /** @deprecated Write `textEmbeddingModel`. */
  embedding(modelId: string, settings?: OpenRouterEmbeddingSettings): EmbeddingModelV4 {
    return this.#provider.embedding(modelId, settings);
  }
}
