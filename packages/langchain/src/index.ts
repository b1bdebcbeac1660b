export { ChatOpenRouter } from './chat-openrouter.js';
export type { ChatOpenRouterCallOptions, ChatOpenRouterFields, ChatOpenRouterInput, ModelKwargs, OpenRouterPlugin, OpenRouterResponseFormat } from './options.js';
export type { ChatOpenRouterSettings } from './settings.js';
export type { ErrorKind } from './errors.js';
export { OpenRouterAuthError, OpenRouterRateLimitError } from './errors.js';
export type { OpenRouterEmbeddingsCallOptions, OpenRouterEmbeddingsInput } from './embeddings.js';
export { OpenRouterEmbeddings } from './embeddings.js';
export type { OpenRouterRerankCallOptions, OpenRouterRerankDocument, OpenRouterRerankInput, OpenRouterRerankResult } from './rerank.js';
export { OpenRouterRerank } from './rerank.js';
export {
  APIError,
  InvalidOptionsError,
  NetworkError,
  NoRouteError,
  OpenRouterError,
  PolicyConflictError,
  PolicyViolationError,
  presets,
  StreamError,
  TimeoutError,
} from '@waypost/core';
