import { onFailedAttempt } from './convert-error.js';
import type { ChatOpenRouterInput } from './options.js';
import { SETTING_NAMES } from './settings.js';

/** Everything of the input that may be serialised: no functions, no headers, no key but as a reference to the environment. */
export const SERIALIZABLE: readonly string[] = [
  ...SETTING_NAMES,
  'model', 'modelName', 'provider', 'extends', 'models', 'allowedModels', 'region', 'acknowledge', 'allowUnknownPreferences', 'baseURL', 'appUrl', 'appTitle',
  'siteUrl', 'siteName', 'appCategories', 'modelKwargs', 'streaming', 'streamUsage', 'responseCache', 'routerMetadata', 'profile', 'verify', 'receipt', 'failover', 'timeout',
  'firstTokenTimeout', 'idleTimeout', 'deadline', 'maxRetries', 'maxConcurrency', 'disableStreaming', 'outputVersion', 'tags', 'metadata', 'verbose', 'apiKey',
];

/** The key is replaced by the name of its environment variable; LangChain serialises that as a reference. */
export function withoutSecrets({ apiKey, onFailedAttempt: own, ...fields }: ChatOpenRouterInput): ChatOpenRouterInput {
  return { ...fields, ...(apiKey !== undefined && { apiKey: 'OPENROUTER_API_KEY' }), onFailedAttempt: own ?? onFailedAttempt };
}
