import type { LintCode, RawFields, Warn } from './lint-warn.js';
import { isRecord } from './report.js';
import { wireName } from './validate.js';

type Row = readonly [code: LintCode, message: string, suggestion: string];

const OURS: Row = ['misplaced-option', 'is an option of the client; in a request it does nothing', 'set it on the client or the call'];
const THRESHOLD: Row = ['threshold-name', 'is not a field', 'provider: { preferred_min_throughput } or { preferred_max_latency }'];
const NO_OP: Row = ['usage-no-op', 'does nothing: usage and cost always come', 'leave it out'];

const FIELDS: { readonly [field: string]: Row } = {
  route: ['route', 'is deprecated: models fall back by themselves', 'leave it out; for "sort", provider.sort.partition: "none"'],
  transforms: ['transforms', 'is replaced by a plugin', 'plugins: [{ id: "context-compression" }]'],
  usage: NO_OP,
  stream_options: NO_OP,
  include_reasoning: ['include-reasoning', 'is a legacy field', 'reasoning: {} for true, reasoning: { exclude: true } for false'],
  min_throughput: THRESHOLD,
  max_latency: THRESHOLD,
  allowedModels: OURS,
  region: OURS,
};

const CHAT_FIELDS: { readonly [field: string]: Row } = {
  n: ['unsupported-n', 'is not supported: one choice comes', 'send the request several times'],
  fallbacks: ['fallbacks-on-chat', 'exists on /messages only', 'write models'],
};

/** Lints the fields of a body by their names. `chat` tells whether it is for `/chat/completions`. */
export function lintBody(request: RawFields, chat: boolean, warn: Warn): void {
  for (const [key, value] of Object.entries(request)) {
    const row = (Object.hasOwn(FIELDS, key) && FIELDS[key]) || (chat && Object.hasOwn(CHAT_FIELDS, key) && CHAT_FIELDS[key]);
    // SDKs send `n: 1` unasked
    if (value == null || (key === 'n' && value === 1)) continue;
    const preference = wireName(key);
    if (row) warn(row[0], key, row[1], row[2]);
    // `options` is too common a word to claim
    else if (preference && preference !== 'options') warn('misplaced-preference', key, 'has no effect at the top level', `provider: { ${preference}: … }`);
    else if (/[a-z][A-Z]/.test(key)) {
      warn('camel-case', key, 'is not in the spelling of the API', `write ${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`);
    }
  }
  if (chat) lintChat(request, warn);
}

function lintChat({ messages, prompt, reasoning, reasoning_effort: effort }: RawFields, warn: Warn): void {
  if (prompt == null && !(Array.isArray(messages) && messages.length > 0)) {
    warn('no-messages', 'messages', 'is missing or empty', 'give at least one message');
  }
  if (!isRecord(reasoning) || reasoning['effort'] == null) return;
  if (reasoning['max_tokens'] != null) warn('reasoning-both', 'reasoning', 'effort and max_tokens exclude each other', 'keep one of them');
  if (effort != null && effort !== reasoning['effort']) warn('reasoning-differs', 'reasoning_effort', 'differs from reasoning.effort', 'keep one of them');
}
