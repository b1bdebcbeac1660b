/** Why the gateway differs, where it does. */
export interface Explanation {
  /** Of which kinds of recordings, by their beginning; default: all. */
  readonly of?: string;
  /** `part path`, then how. */
  readonly where: RegExp;
  readonly why: string;
}

const SERVER_TOOLS = 'OpenRouter runs server tools; the gateway runs none, so that nothing is told of them';
const UNKNOWN_SETTINGS = 'what the server fills in depends on the model; the gateway repeats what was asked';
const NOT_KEPT = 'the catalogue of a gateway keeps what routing and billing need, and not this';
const ONE_OLD = 'seen in one recording of 2025 alone; the gateway sends the documented shape';

/** By hand; the first that fits counts. What none explains must be a change over time, which the dates tell. */
export const explanations: readonly Explanation[] = [
  { of: 'errors', where: /error\.metadata\.(?:is_byok|limit_source|provider_error_code|remedy_hint) adds/, why: 'newer than the recordings; `is_byok` is in the newest of them' },
  { of: 'errors', where: /body error\.metadata adds/, why: 'newer than the recordings: which step of routing left nothing, with its funnel' },
  { of: 'errors', where: /previous_errors lacks/, why: 'only after an attempt elsewhere; here there is one endpoint' },
  { of: 'errors', where: /body user_id lacks/, why: 'errors that came with status 200, and limits of the free tier, name the account in the recordings; here only those that routing or a provider raises do' },
  { of: 'errors', where: /body user_id adds/, why: 'in the older of three like recordings it is not there, in the two newer it is' },
  { of: 'errors', where: /^(?:error|reasoning|finish|usage) /, why: 'a provider that failed after its finish reason: the error rides on the usage chunk. The gateway sends the documented chunk, with `finish_reason: "error"`' },
  { of: 'errors', where: /choices\[\]\.(?:native_)?finish_reason null/, why: ONE_OLD },
  { of: 'errors', where: /body (?:service_tier|system_fingerprint|usage\.(?:prompt|completion)_tokens_details) adds/, why: 'older: answers did not have it in 2025; those of 2026 do' },

  { of: 'chat', where: /logprobs (?:object|number|array)/, why: 'log probabilities that were asked for: the gateway has them for `/completions` alone' },
  { of: 'chat-json', where: /choices\[\]\.logprobs lacks/, why: 'a provider left out more than others; `wire.bareChoices` leaves out both this and the native finish reason' },
  { of: 'chat-json', where: /choices\[\]\.finish_reason adds/, why: ONE_OLD },
  { of: 'chat-sse', where: /choices\[\]\.logprobs lacks/, why: 'older: `null` in every chunk until 2025; chunks of 2026 have it only where it was asked for, and none of the gateway\'s does' },
  { of: 'chat-sse', where: /system_fingerprint adds/, why: 'here it is a field of the reply, which every chunk gets; some providers leave it out of the last' },
  { of: 'chat-sse', where: /system_fingerprint lacks/, why: 'older: `null` beside fingerprints in 5 of 178 streams, all of 2025; `reply.text(…, { fields: { system_fingerprint: null } })` sends it' },
  { of: 'chat-sse', where: /service_tier string → null/, why: 'the tier that served; here it is told where the request or the endpoint has one' },
  { of: 'chat-sse', where: /choices\[\]\.delta\.(?:reasoning|reasoning_details) (?:lacks|adds|null)/, why: 'some providers repeat `null` or `[]` in deltas without thoughts; `wire.emptyReasoningDetails` does, everywhere' },
  { of: 'chat-sse', where: /choices\[\]\.delta\.content string → null/, why: 'both `""` and `null` in one stream; `wire.idleContent` takes one for all of it' },
  { of: 'chat-sse', where: /^(?:idle|finish) {2}lacks/, why: 'an empty delta in the middle, or a finish reason beside a last word as well as alone' },
  { of: 'chat-sse', where: /tool_calls\[\]\.function\.arguments null or string/, why: 'a last delta with `null`; `wire.toolDeltas.trailing` sends it' },
  { of: 'chat', where: /usage\.is_byok adds/, why: SERVER_TOOLS },
  { where: /server_tool_use_details lacks|(?:item|output\[\])\.(?:advice|model|prompt) lacks|response\.tools\[\] lacks|response\.usage\.is_byok adds/, why: SERVER_TOOLS },

  { of: 'responses', where: /body {2}object → |body {2}string → /, why: 'of before there was `/responses`: a page of HTML' },
  { of: 'responses', where: /prompt_cache_options adds/, why: 'newer than the recordings before August 2026; the five of that month have it' },
  { of: 'responses', where: /(?:reasoning|reasoning\.(?:context|mode)|instructions|phase|cache_write_tokens|temperature|top_p|truncation|upstream_inference_cost) (?:lacks|adds|object|string|null)/, why: UNKNOWN_SETTINGS },
  { of: 'responses', where: /item\.format adds/, why: 'the reply gives the format from the first; some providers tell it at the end' },

  { of: 'images', where: /audio_tokens adds/, why: 'one usage object for all routes' },
  { of: 'videos', where: /body /, why: 'bytes of a film: the recording keeps them as base64' },
  { of: 'models', where: /body data\[\] lacks/, why: '`/videos/models` has rows of its own kind, which the gateway does not make' },
  { of: 'models', where: / adds$/, why: 'newer than this recording of 2025, or left out by who kept it' },
  { of: 'models', where: /./, why: NOT_KEPT },
  { of: 'endpoints', where: /uptime_last_\w+ null/, why: 'the catalogue knows whether an endpoint is stable, and makes its uptime of that' },
  { of: 'endpoints', where: /supports_tool_choice adds/, why: 'newer than these recordings: `@openrouter/sdk` 1.3.19 requires it' },
  { of: 'endpoints', where: / adds/, why: 'newer than this recording of 2025; the one of 2026 has it' },
  { of: 'generation', where: / adds/, why: 'newer than these recordings; documented' },
  { of: 'generation', where: / → /, why: 'what the gateway does not know is `null`, which the schema admits' },
];
