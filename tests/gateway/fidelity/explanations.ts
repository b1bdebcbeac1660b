import type { Finding } from './compare.js';

/** Why the gateway differs, where it does. An explanation is of what it names, and of nothing else: what is new fails the tests. */
export interface Explanation {
  /** Of which kinds of recordings. */
  readonly of: readonly string[];
  /** In which parts; default: any. */
  readonly parts?: readonly string[];
  /** Each in full; empty: a whole part, or the body. */
  readonly paths: readonly string[];
  readonly how: readonly string[];
  /** Month of the newest recording that is meant: one that is newer is another matter. */
  readonly until?: string;
  /** How many recordings are meant at most. */
  readonly most?: number;
  readonly why: string;
}

const SERVER_TOOLS = 'OpenRouter runs server tools; the gateway runs none, so that nothing is told of them';
const UNKNOWN_SETTINGS = 'what the server fills in depends on the model; the gateway repeats what was asked';
const NOT_KEPT = 'the catalogue of a gateway keeps what routing and billing need, and not this';
const ONE_OLD = 'seen in one recording of 2025 alone; the gateway sends the documented shape';
const LATE_FAILURE = 'a provider that failed after its finish reason: the error rides on the usage chunk. The gateway sends the documented chunk, with `finish_reason: "error"`';
const IDLE_THOUGHTS = 'some providers repeat `null` or `[]` in deltas without thoughts; `wire.emptyReasoningDetails` does, everywhere';
const LOGPROBS = 'log probabilities that were asked for: the gateway has them for `/completions` alone';

const errors: readonly Explanation[] = [
  { of: ['errors'], how: ['adds'], until: '2025-12', paths: ['error.metadata.is_byok', 'error.metadata.limit_source', 'error.metadata.provider_error_code', 'error.metadata.remedy_hint'], why: 'newer than the recordings; `is_byok` is in the newest of them' },
  { of: ['errors'], how: ['adds'], until: '2025-10', paths: ['error.metadata'], why: 'newer than the recordings: which step of routing left nothing, with its funnel' },
  { of: ['errors'], how: ['adds'], until: '2025-10', most: 1, paths: ['error.metadata.headers.Retry-After'], why: 'not in the one recording; the gateway tells when to come back here too, as a browser cannot read the header' },
  { of: ['errors'], how: ['lacks'], most: 1, paths: ['error.metadata.previous_errors'], why: 'only after an attempt elsewhere; here there is one endpoint' },
  { of: ['errors'], how: ['lacks'], until: '2025-10', most: 1, paths: ['user_id'], why: 'an error that came with status 200 names the account in the recording; here only those that routing or a provider raises do' },
  { of: ['errors'], how: ['adds'], until: '2026-03', most: 1, paths: ['user_id'], why: 'in the older of three like recordings it is not there, in the two newer it is' },
  { of: ['errors'], how: ['lacks'], parts: ['finish'], until: '2025-11', most: 1, paths: [''], why: LATE_FAILURE },
  { of: ['errors'], how: ['lacks', 'null → string'], parts: ['error', 'reasoning'], until: '2025-11', most: 1, paths: ['choices[].delta.role', 'choices[].finish_reason', 'choices[].logprobs', 'choices[].native_finish_reason', 'usage'], why: LATE_FAILURE },
  { of: ['errors'], how: ['null or string → null'], parts: ['reasoning'], until: '2025-11', most: 1, paths: ['choices[].finish_reason', 'choices[].native_finish_reason'], why: LATE_FAILURE },
  { of: ['errors'], how: ['adds'], parts: ['body'], until: '2025-10', most: 1, paths: ['service_tier', 'system_fingerprint', 'usage.completion_tokens_details', 'usage.prompt_tokens_details'], why: 'older: answers did not have it in 2025; those of 2026 do' },
  { of: ['errors'], how: ['other words'], parts: ['401'], until: '2025-12', paths: ['error.message'], why: 'older: without a key there were other words in 2025; the gateway has those of 2026' },
  { of: ['errors'], how: ['other words'], parts: ['400'], until: '2026-03', most: 1, paths: ['error.message'], why: 'older: of a prompt that is too long, when its remedy was called a transform; the two newer recordings have the gateway\'s words' },
  { of: ['errors'], how: ['other words'], parts: ['404'], until: '2025-10', most: 2, paths: ['error.message'], why: 'older: one tells an account\'s data policy apart from its guardrails; one is a farewell to a model whose trial was over, of which the gateway says that it has no endpoints' },
  { of: ['errors'], how: ['null → string'], parts: ['body'], until: '2025-10', most: 1, paths: ['choices[].finish_reason', 'choices[].native_finish_reason'], why: ONE_OLD },
];

const chat: readonly Explanation[] = [
  { of: ['chat-json'], how: ['object → null', 'number → null'], paths: ['choices[].logprobs'], why: LOGPROBS },
  { of: ['chat-json'], how: ['lacks'], until: '2025-02', paths: ['choices[].logprobs'], why: 'a provider left out more than others; `wire.bareChoices` leaves out both this and the native finish reason' },
  { of: ['chat-json'], how: ['adds'], until: '2025-02', most: 1, paths: ['choices[].finish_reason'], why: ONE_OLD },
  { of: ['chat-json', 'chat-sse'], how: ['adds'], paths: ['usage.is_byok'], most: 2, why: SERVER_TOOLS },
  { of: ['chat-json', 'chat-sse'], how: ['lacks'], paths: ['usage.server_tool_use_details'], why: SERVER_TOOLS },
  { of: ['chat-sse'], how: ['lacks'], until: '2025-12', paths: ['choices[].logprobs'], why: 'older: `null` in every chunk until 2025; chunks of 2026 have it only where it was asked for, and none of the gateway\'s does' },
  { of: ['chat-sse'], how: ['adds'], parts: ['usage'], until: '2025-12', paths: ['system_fingerprint'], why: 'here it is a field of the reply, which every chunk gets; some providers leave it out of the last' },
  { of: ['chat-sse'], how: ['lacks'], until: '2025-12', most: 5, paths: ['system_fingerprint'], why: 'older: `null` beside fingerprints in 5 of 178 streams, all of 2025; `reply.text(…, { fields: { system_fingerprint: null } })` sends it' },
  { of: ['chat-sse'], how: ['string → null'], parts: ['usage'], paths: ['service_tier'], why: 'the tier that served; here it is told where the request or the endpoint has one' },
  { of: ['chat-sse'], how: ['lacks', 'null or string → string'], paths: ['choices[].delta.reasoning'], why: IDLE_THOUGHTS },
  { of: ['chat-sse'], how: ['lacks'], parts: ['finish'], paths: ['choices[].delta.reasoning_details'], why: IDLE_THOUGHTS },
  { of: ['chat-sse'], how: ['adds'], parts: ['tool call', 'last tool call'], paths: ['choices[].delta.reasoning_details'], why: IDLE_THOUGHTS },
  { of: ['chat-sse'], how: ['string → null'], parts: ['reasoning'], paths: ['choices[].delta.content'], why: 'both `""` and `null` in one stream; `wire.idleContent` takes one for all of it' },
  { of: ['chat-sse'], how: ['lacks'], parts: ['idle', 'finish'], until: '2025-11', paths: [''], why: 'an empty delta in the middle, or a finish reason beside a last word as well as alone' },
  { of: ['chat-sse'], how: ['null or string → string'], parts: ['tool call'], until: '2025-10', most: 1, paths: ['choices[].delta.tool_calls[].function.arguments'], why: 'a last delta with `null`; `wire.toolDeltas.trailing` sends it' },
];

const responses: readonly Explanation[] = [
  { of: ['responses-json'], how: ['string → object'], until: '2025-08', paths: [''], why: 'of before there was `/responses`: a page of HTML' },
  { of: ['responses-json', 'responses-sse'], how: ['adds'], until: '2026-07', paths: ['prompt_cache_options', 'response.prompt_cache_options'], why: 'newer than the recordings before August 2026; the five of that month have it' },
  { of: ['responses-json', 'responses-sse'], how: ['object → null'], paths: ['reasoning', 'response.reasoning'], why: UNKNOWN_SETTINGS },
  { of: ['responses-json', 'responses-sse'], how: ['null → number'], until: '2025-12', paths: ['temperature', 'top_p', 'usage.cost_details.upstream_inference_cost', 'response.temperature', 'response.top_p', 'response.usage.cost_details.upstream_inference_cost'], why: UNKNOWN_SETTINGS },
  { of: ['responses-json', 'responses-sse'], how: ['null → string'], until: '2025-12', paths: ['truncation', 'response.truncation'], why: UNKNOWN_SETTINGS },
  { of: ['responses-json'], how: ['lacks'], most: 2, paths: ['output[].phase', 'usage.input_tokens_details.cache_write_tokens'], why: UNKNOWN_SETTINGS },
  { of: ['responses-sse'], how: ['lacks'], parts: ['response.completed'], most: 1, paths: ['response.reasoning.context', 'response.reasoning.mode'], why: UNKNOWN_SETTINGS },
  { of: ['responses-sse'], how: ['string → null'], most: 1, paths: ['response.instructions'], why: UNKNOWN_SETTINGS },
  { of: ['responses-sse'], how: ['lacks'], most: 1, paths: ['item.advice', 'item.model', 'item.prompt', 'response.output[].advice', 'response.output[].model', 'response.output[].prompt', 'response.tools[]', 'response.usage.server_tool_use_details'], why: SERVER_TOOLS },
  { of: ['responses-sse'], how: ['adds'], most: 1, paths: ['response.usage.is_byok'], why: SERVER_TOOLS },
  { of: ['responses-sse'], how: ['adds'], parts: ['response.output_item.added'], paths: ['item.format'], why: 'the reply gives the format from the first; some providers tell it at the end' },
];

const listings: readonly Explanation[] = [
  { of: ['models'], how: ['lacks'], most: 1, paths: ['data[]'], why: '`/videos/models` has rows of its own kind, which the gateway does not make' },
  { of: ['models'], how: ['adds'], until: '2025-04', paths: [
    'links', 'total_count', 'data[].canonical_slug', 'data[].default_parameters', 'data[].expiration_date', 'data[].hugging_face_id', 'data[].knowledge_cutoff', 'data[].links',
    'data[].supported_parameters', 'data[].supported_voices',
  ], why: 'newer than this recording of 2025, or left out by who kept it' },
  { of: ['models'], how: ['lacks'], paths: [
    'data[].alias_target', 'data[].benchmarks', 'data[].reasoning.default_effort', 'data[].reasoning.default_enabled', 'data[].reasoning.supported_efforts', 'data[].reasoning.supports_max_tokens',
  ], why: NOT_KEPT },
  { of: ['models'], how: ['null or string → null', 'string → null'], paths: ['data[].architecture.instruct_type', 'data[].expiration_date', 'data[].hugging_face_id', 'data[].knowledge_cutoff'], why: NOT_KEPT },
  { of: ['models'], how: ['null or number → null'], paths: ['data[].default_parameters.repetition_penalty', 'data[].default_parameters.temperature', 'data[].default_parameters.top_k', 'data[].default_parameters.top_p'], why: NOT_KEPT },
  { of: ['models'], how: ['array or null → null'], paths: ['data[].supported_voices'], why: NOT_KEPT },
  { of: ['models'], how: ['null or number → number'], paths: ['data[].top_provider.context_length'], why: NOT_KEPT },
  { of: ['endpoints'], how: ['null or number → number'], paths: ['data[].uptime_last_1d', 'data[].uptime_last_30m', 'data[].uptime_last_5m'], why: 'the catalogue knows whether an endpoint is stable, and makes its uptime of that' },
  { of: ['endpoints'], how: ['adds'], most: 1, paths: ['data[].supports_tool_choice', 'data.endpoints[].supports_tool_choice'], why: 'newer than these recordings: `@openrouter/sdk` 1.3.19 requires it' },
  { of: ['endpoints'], how: ['adds'], until: '2025-05', paths: [
    'data.endpoints[].latency_last_30m', 'data.endpoints[].model_id', 'data.endpoints[].model_name', 'data.endpoints[].supports_implicit_caching', 'data.endpoints[].supports_voice_cloning',
    'data.endpoints[].throughput_last_30m', 'data.endpoints[].uptime_last_1d', 'data.endpoints[].uptime_last_30m', 'data.endpoints[].uptime_last_5m',
  ], why: 'newer than this recording of 2025; the one of 2026 has it' },
];

const others: readonly Explanation[] = [
  { of: ['images'], how: ['adds'], most: 1, paths: ['usage.completion_tokens_details.audio_tokens'], why: 'one usage object for all routes' },
  { of: ['videos'], how: ['object → string'], most: 1, paths: [''], why: 'bytes of a film: the recording keeps them as base64' },
  { of: ['generation'], how: ['adds'], until: '2025-12', paths: ['data.http_referer', 'data.provider_responses', 'data.service_tier'], why: 'newer than these recordings; documented' },
  { of: ['generation'], how: ['adds'], until: '2024-11', paths: [
    'data.api_type', 'data.external_user', 'data.is_byok', 'data.native_finish_reason', 'data.native_tokens_cached', 'data.native_tokens_completion_images', 'data.num_input_audio_prompt',
    'data.num_search_results', 'data.upstream_inference_cost',
  ], why: 'newer than these recordings; documented' },
  { of: ['generation'], how: ['number → null'], paths: ['data.app_id', 'data.cache_discount', 'data.moderation_latency', 'data.num_media_completion', 'data.upstream_inference_cost'], why: 'what the gateway does not know is `null`, which the schema admits' },
  { of: ['generation'], how: ['string → null'], paths: ['data.upstream_id'], why: 'what the gateway does not know is `null`, which the schema admits' },
  { of: ['generation'], how: ['null → number'], until: '2024-11', paths: ['data.native_tokens_reasoning'], why: 'older: not told in 2024; the gateway always counts them' },
];

/** By hand; the first that fits counts. What none explains must be a change over time, which newer recordings prove. */
export const explanations: readonly Explanation[] = [...errors, ...chat, ...responses, ...listings, ...others];

/** Whether an explanation is of a difference that recordings of these months have. */
export function fits({ of, parts, paths, how, until, most }: Explanation, kind: string, found: Finding, months: readonly string[]): boolean {
  return of.includes(kind) && paths.includes(found.path) && how.includes(found.how)
    && (parts === undefined || parts.includes(found.part))
    && (until === undefined || months.every((month) => month <= until))
    && (most === undefined || months.length <= most);
}
