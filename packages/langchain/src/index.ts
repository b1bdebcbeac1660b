export { ChatOpenRouter } from './chat-openrouter.js';
export type { ChatOpenRouterCallOptions, ChatOpenRouterInput, ModelKwargs } from './options.js';
export type { ChatOpenRouterSettings } from './settings.js';
