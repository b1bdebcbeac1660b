import { z } from 'zod';
import { picture, typed } from '../validate/messages.js';
import { optional, pick, wordsOr } from '../validate/schema.js';
import { anyRecord } from '../validate/tools.js';

/** What to write for an outcome, and for a reply. */
export const OUTCOME_FIX = 'write ok(), fail(503), hang(), disconnect() or respond(200, body)';
export const REPLY_FIX = "write reply.text('…'), reply.toolCall(name, args) or another of `reply`";

const text = z.string();
const count = z.int().min(0);
const some = z.number().min(0);

const headers = z.record(text, text).superRefine((all, context) => {
  try {
    void new Headers(all);
  } catch (error) {
    context.addIssue(String(error));
  }
});

/** A number from here on, or all that there is. */
function upTo(least: number): z.ZodType {
  const [number, all] = [z.number().min(least), z.literal(Infinity)];
  return pick((value) => (value === Infinity ? all : number));
}

const size = upTo(-Infinity);
const [sizes, sized] = [z.array(size), z.object({ size })];

/** What could hang the gateway, or break it: the rest is the compiler's. */
export const wire: z.ZodType = z.object(optional({
  packets: wordsOr(['event', 'whole'], pick((value) => (Array.isArray(value) ? sizes : sized))),
  comments: z.object(optional({ before: count, between: count, text })),
  textSize: upTo(1), hugeEvent: count, cutBytes: upTo(0), stallAfter: upTo(0), endless: z.boolean(),
  toolDeltas: z.object(optional({ size: upTo(1) })),
  cut: wordsOr(['tool-call', 'before-finish', 'before-done'], upTo(0)),
  error: z.object(optional({ after: wordsOr(['end'], upTo(0)), shape: z.enum(['chunk', 'bare', 'choice', 'finish']), detail: anyRecord })),
  malformed: z.object({ as: z.enum(['json', 'utf8']), ...optional({ at: upTo(0) }) }),
  ending: z.enum(['close', 'reset']),
}));

const BODILESS = [204, 205, 304];

/** How an attempt ends. */
export const outcome: z.ZodType = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ok'), ...optional({ reply: z.lazy(() => reply), wire }) }),
  z.object({
    kind: z.literal('fail'), status: z.int().min(400).max(599), message: text,
    ...optional({ errorType: text, retryAfter: some, metadata: anyRecord, source: z.enum(['provider', 'openrouter']), headers }),
  }),
  z.object({
    kind: z.literal('respond'), body: text, headers, ...optional({ wire }),
    status: z.int().min(200).max(599).refine((status) => !BODILESS.includes(status), 'a response of this status has no body'),
  }),
  z.object({ kind: z.enum(['hang', 'disconnect']) }),
]);

const message = z.object(optional({
  content: text, refusal: text, reasoning: text, reasoning_details: z.array(typed), annotations: z.array(typed), audio: anyRecord,
  tool_calls: z.array(z.object({ function: z.object({ name: text, ...optional({ arguments: text }) }), ...optional({ id: text }) })),
  images: z.array(picture),
}));

const bytes = z.instanceof(Uint8Array);

const output = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scores'), scores: z.array(z.number()) }),
  z.object({ kind: z.literal('images'), images: z.array(z.object({ b64_json: text, ...optional({ media_type: text }) })) }),
  z.object({
    kind: z.literal('video'),
    video: z.object(optional({
      pendingReads: upTo(0), status: z.enum(['completed', 'failed', 'cancelled', 'expired']), error: text, count, bytes, reads: z.array(outcome), downloads: z.array(outcome),
    })),
  }),
  z.object({ kind: z.literal('speech'), bytes, ...optional({ mediaType: text }) }),
  z.object({
    kind: z.literal('transcript'), transcript: z.object({ text, ...optional({ language: text, duration: some, segments: z.array(anyRecord), words: z.array(anyRecord) }) }),
  }),
  z.object({ kind: z.literal('decisions'), answers: z.record(text, typed) }),
]);

/** What a model answers. */
export const reply: z.ZodType = z.object({
  message,
  ...optional({
    output, finishReason: text, nativeFinishReason: text, model: text, id: text, fields: anyRecord, toolUse: anyRecord,
    tokens: z.object(optional({ prompt: some, completion: some, cached: some, cacheWrite: some, reasoning: some, image: some })),
  }),
});

const aFunction = z.function();
const outcomes = z.array(outcome).min(1);

/** One outcome, outcomes in turn, or a function that gives them. */
export const script: z.ZodType = pick((value) => (typeof value === 'function' ? aFunction : Array.isArray(value) ? outcomes : outcome));
