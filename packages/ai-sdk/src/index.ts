export type { OpenRouterChatSettings, OpenRouterProviderSettings, RequestDefaults } from './options.js';
export type { OpenRouterProvider } from './provider.js';
export { createOpenRouter, openrouter } from './provider.js';
export type { OpenRouterProviderOptions } from './provider-options.js';
