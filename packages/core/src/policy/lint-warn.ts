/** Every code that `lintRequest` and `lintPath` can give, besides `display-name` and `unknown-provider` of the checks. */
export type LintCode =
  // values and places of preferences
  | 'invalid-preference'
  | 'misplaced-preference'
  | 'misplaced-option'
  | 'threshold-name'
  | 'sort-quality'
  | 'variant-as-provider'
  | 'price-per-token'
  | 'price-per-thousand'
  | 'latency-in-ms'
  | 'sort-with-order'
  | 'listed-and-ignored'
  // models
  | 'invalid-models'
  | 'too-many-models'
  | 'repeated-model'
  | 'invalid-model-id'
  | 'bare-model-id'
  | 'unknown-variant'
  | 'online-variant'
  | 'thinking-variant'
  | 'free-with-deny'
  | 'tier-lost'
  | 'variant-and-sort'
  | 'models-behind-one-provider'
  // other fields
  | 'route'
  | 'transforms'
  | 'usage-no-op'
  | 'include-reasoning'
  | 'unsupported-n'
  | 'fallbacks-on-chat'
  | 'camel-case'
  | 'no-messages'
  | 'reasoning-both'
  | 'reasoning-differs'
  | 'format-not-required'
  | 'audio-without-stream'
  // plugins and tools
  | 'web-plugin'
  | 'pdf-text'
  | 'healing-with-stream'
  | 'healing-without-format'
  | 'leaves-policy'
  // headers and paths
  | 'x-title'
  | 'metadata-header'
  | 'too-many-categories'
  | 'cached-zdr'
  | 'auth-key-path'
  | 'generation-path'
  | 'model-path'
  | 'preset-path';

/** Notes one warning. `path` is where, as in `provider.order[1]`. */
export type Warn = (code: LintCode, path: string, message: string, suggestion?: string) => void;

/** The fields of a request as somebody wrote them, unchecked. */
export interface RawFields {
  readonly [field: string]: unknown;
}
