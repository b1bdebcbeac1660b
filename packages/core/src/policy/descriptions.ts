import type { Field, Kind } from './fields.js';
import type { RouteName } from './routes.js';

/** What a reader needs to know of one preference: in the JSON Schema, and in the reference of the docs. */
export interface Description {
  readonly description: string;
  /** Of a number, or of the numbers inside. */
  readonly unit?: string;
  /** What the server assumes when it is left out. */
  readonly default?: string | boolean;
  /** A guardrail only tightens from layer to layer; of a preference the innermost statement stands. */
  readonly kind: 'guardrail' | 'preference';
  /** How a layer's value meets that of the layers around it. */
  readonly folding: string;
}

/** Every preference described. Source of the facts: OpenRouter API, provider routing. */
export const DESCRIPTIONS: Record<Field, Description> = {
  order: {
    description: 'Provider slugs to try first, in this order. Turns load balancing and sticky routing off.',
    kind: 'preference',
    folding: 'inner replaces; with `allow_fallbacks: false` in the same layer a guardrail: intersection, and inner layers only reorder it',
  },
  only: {
    description: 'The only providers that may serve, by slug. A base slug matches all its variants but the service-tier endpoints.',
    kind: 'guardrail',
    folding: 'intersection of what they match; an empty one is an error',
  },
  ignore: {
    description: 'Providers that may not serve, by slug. A base slug covers all its variants.',
    kind: 'guardrail',
    folding: 'union; covering all that `only` admits is an error',
  },
  allow_fallbacks: {
    description: 'Whether another endpoint may serve when the first fails. False with order: the listed providers and no others; without: one endpoint.',
    default: true,
    kind: 'guardrail',
    folding: '`false` wins',
  },
  require_parameters: {
    description: 'True: only endpoints that support every parameter of the request. False has no effect.',
    default: false,
    kind: 'guardrail',
    folding: '`true` wins',
  },
  data_collection: {
    description: 'Deny: no endpoint that stores prompts or trains on them. Excludes the endpoints of :free models.',
    default: 'allow',
    kind: 'guardrail',
    folding: '`deny` wins',
  },
  zdr: {
    description: 'True: only endpoints with zero data retention. False has no effect.',
    default: false,
    kind: 'guardrail',
    folding: '`true` wins',
  },
  enforce_distillable_text: {
    description: 'True: only models whose author permits training on their output. False has no effect.',
    default: false,
    kind: 'guardrail',
    folding: '`true` wins',
  },
  quantizations: {
    description: 'The quantizations to accept. fp4 also matches mxfp4 and nvfp4, fp8 also matches mxfp8.',
    kind: 'guardrail',
    folding: 'intersection; an empty one is an error',
  },
  sort: {
    description: 'What endpoints are sorted by; turns load balancing off. The long form also says whether the endpoints of several models are ranked in one list.',
    default: 'load balancing by price; partition "model"',
    kind: 'preference',
    folding: 'inner replaces',
  },
  preferred_min_throughput: {
    description: 'Endpoints slower than this, over the last five minutes, are tried last; they are never excluded. A bare number is the median.',
    unit: 'tokens per second',
    kind: 'preference',
    folding: 'inner replaces',
  },
  preferred_max_latency: {
    description: 'Endpoints that take longer than this to the first token, over the last five minutes, are tried last; they are never excluded. A bare number is the median.',
    unit: 'seconds',
    kind: 'preference',
    folding: 'inner replaces',
  },
  max_price: {
    description: 'Upper price bounds; an endpoint dearer in any component given is excluded.',
    unit: 'USD per million tokens (prompt, completion), USD per unit (request, image, audio)',
    kind: 'guardrail',
    folding: 'the smaller, component by component',
  },
  options: {
    description: 'Raw options by provider slug, handed to that provider as they are.',
    kind: 'preference',
    folding: 'inner replaces',
  },
};

/** How the values of each kind are written, in words. */
export const KIND_TYPES: Record<Kind, string> = {
  slugs: 'array of provider slugs',
  flag: 'boolean',
  collection: '`"allow"` or `"deny"`',
  quantizations: 'array of quantizations',
  sort: 'sort key, or `{ by?, partition? }`',
  percentiles: 'number, or `{ p50?, p75?, p90?, p99? }`',
  price: '`{ prompt?, completion?, request?, image?, audio? }`',
  options: 'object of objects by provider slug',
};

/** Where each route is, under the base URL. */
export const ROUTE_PATHS: Record<RouteName, string> = {
  chat: '/chat/completions',
  completions: '/completions',
  responses: '/responses',
  messages: '/messages',
  embeddings: '/embeddings',
  rerank: '/rerank',
  images: '/images',
  speech: '/audio/speech',
  transcriptions: '/audio/transcriptions',
  videos: '/videos',
  decisions: '/alpha/decisions',
};
