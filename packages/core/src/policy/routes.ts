import type { Field } from './fields.js';

/** The inference routes that take, or should take, provider preferences. */
export type RouteName =
  | 'chat'
  | 'completions'
  | 'responses'
  | 'messages'
  | 'embeddings'
  | 'rerank'
  | 'images'
  | 'speech'
  | 'transcriptions'
  | 'videos'
  | 'decisions';

const IMAGES: readonly Field[] = ['only', 'order', 'ignore', 'sort', 'allow_fallbacks', 'options'];
const OPTIONS: readonly Field[] = ['options'];

// Fallback models are a field of these. Source: OpenRouter API, the request bodies of each route.
const WITH_FALLBACK_MODELS: readonly RouteName[] = ['chat', 'completions', 'responses', 'messages'];

/** Whether a route takes `models`. */
export const takesFallbackModels = (route: RouteName): boolean => WITH_FALLBACK_MODELS.includes(route);

/**
 * Which preferences a route honours; `undefined` means all of them. What a route would drop in silence is refused before
 * sending when it is a guardrail. Source: OpenRouter API, the request bodies of each route.
 */
export function honoured(route: RouteName): readonly Field[] | undefined {
  switch (route) {
    case 'chat':
    case 'completions':
    case 'responses':
    case 'messages':
    case 'embeddings':
    case 'rerank':
    case 'decisions':
      return undefined;
    case 'images':
      return IMAGES;
    case 'speech':
    case 'transcriptions':
    case 'videos':
      return OPTIONS;
  }
}
