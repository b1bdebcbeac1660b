export type { ChatInput, EmbedInput } from './chat-request.js';
export type { ChatStream, OpenChatStream } from './chat-stream.js';
export type { ChatResult, ChatToolCall } from './convert-response.js';
export type { OpenRouter } from './create-openrouter.js';
export { createOpenRouter } from './create-openrouter.js';
export type { DebugLogger, DebugOption } from './debug.js';
export type { EmbedResult } from './embed.js';
export type { GenerationOptions } from './generation.js';
export type { ModelCountQuery, ModelQuery, Models, UserModelQuery } from './models.js';
export type { OpenRouterOptions, RequestDefaults, RouteOptions, WithOptions } from './options.js';
export type { PageQuery, Pages } from './pages.js';
export type { RequestOptions } from './request.js';

export {
  APIError,
  InvalidOptionsError,
  NetworkError,
  NoRouteError,
  OpenRouterError,
  PolicyConflictError,
  PolicyViolationError,
  preferences,
  presets,
  StreamError,
  TimeoutError,
  usd,
} from '@waypost/core';
export type * from '@waypost/core';
