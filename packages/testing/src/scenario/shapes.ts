import { anything, byTag, type Check, either, flag, list, number, object, oneOf, record, text, whole } from '../validate/check.js';

/** What to write for an outcome, and for a reply. */
export const OUTCOME_FIX = 'write ok(), fail(503), hang(), disconnect() or respond(200, body)';
export const REPLY_FIX = "write reply.text('…'), reply.toolCall(name, args) or another of `reply`";

function wrong(message: string): ReturnType<Check> {
  return [{ code: 'custom', path: [], message }];
}

export const aFunction: Check = (value) => (typeof value === 'function' ? [] : wrong('Invalid input: expected function'));

const bytes: Check = (value) => (value instanceof Uint8Array ? [] : wrong('Invalid input: expected Uint8Array'));

const headers: Check = (value) => {
  const issues = record(text())(value);
  if (issues.length > 0 || typeof value !== 'object' || value === null) return issues;
  try {
    void new Headers(Object.entries(value).map(([name, one]): [string, string] => [name, String(one)]));
    return [];
  } catch (error) {
    return wrong(String(error));
  }
};

const some = number(0);

/** What could hang the gateway, or break it: the rest is the compiler's. */
export const wire: Check = object({
  packets: either(oneOf('event', 'whole'), list(number()), object({ size: number() }, ['size'])),
  comments: object({ before: whole(0), between: whole(0), text: text() }),
  textSize: number(1), hugeEvent: whole(0), cutBytes: some, stallAfter: some, endless: flag,
  toolDeltas: object({ size: number(1) }),
  cut: either(some, oneOf('tool-call', 'before-finish', 'before-done')),
  error: object({ after: either(some, oneOf('end')), shape: oneOf('chunk', 'bare', 'choice', 'finish'), detail: record(anything) }),
  malformed: object({ at: some, as: oneOf('json', 'utf8') }, ['as']),
  ending: oneOf('close', 'reset'),
});

const STATUS: Check = (value) => ([204, 205, 304].some((one) => one === value) ? wrong('a response of this status has no body') : whole(200, 599)(value));

/** How an attempt ends. */
export const outcome: Check = byTag('kind', {
  ok: object({ reply: (value) => reply(value), wire }),
  fail: object({ status: whole(400, 599), message: text(), errorType: text(), retryAfter: some, metadata: record(anything), source: oneOf('provider', 'openrouter'), headers }, ['status', 'message']),
  respond: object({ status: STATUS, body: text(), headers, wire }, ['status', 'body', 'headers']),
  hang: anything, disconnect: anything,
}, object({ kind: oneOf('ok', 'fail', 'hang', 'respond', 'disconnect') }));

const typed = byTag('type', {});
const link = object({ url: text() }, ['url']);

const message: Check = object({
  content: text(), refusal: text(), reasoning: text(), reasoning_details: list(typed), annotations: list(typed), audio: record(anything),
  tool_calls: list(object({ id: text(), function: object({ name: text(), arguments: text() }, ['name']) }, ['function'])),
  images: list(object({ image_url: link }, ['image_url'])),
});

const output: Check = byTag('kind', {
  scores: object({ scores: list(number()) }, ['scores']),
  images: object({ images: list(object({ b64_json: text(), media_type: text() }, ['b64_json'])) }, ['images']),
  video: object({
    video: object({
      pendingReads: some, status: oneOf('completed', 'failed', 'cancelled', 'expired'), error: text(), count: whole(0), bytes, reads: list(outcome), downloads: list(outcome),
    }),
  }, ['video']),
  speech: object({ bytes, mediaType: text() }, ['bytes']),
  transcript: object({ transcript: object({ text: text(), language: text(), duration: some, segments: list(record(anything)), words: list(record(anything)) }, ['text']) }, ['transcript']),
  decisions: object({ answers: record(typed) }, ['answers']),
}, object({ kind: oneOf('scores', 'images', 'video', 'speech', 'transcript', 'decisions') }));

/** What a model answers. */
export const reply: Check = object({
  message, output, finishReason: text(), nativeFinishReason: text(), model: text(), id: text(), fields: record(anything), toolUse: record(anything),
  tokens: object({ prompt: some, completion: some, cached: some, cacheWrite: some, reasoning: some, image: some }),
}, ['message']);

/** One outcome, outcomes in turn, or a function that gives them. */
export const script: Check = (value) => {
  if (typeof value === 'function') return [];
  return Array.isArray(value) ? list(outcome, 1)(value) : outcome(value);
};
