import { APIError } from '../errors/api-error.js';
import { errorFromBody, errorFromNonJson } from '../errors/from-response.js';
import { messageOf } from '../errors/message-of.js';
import { OpenRouterError } from '../errors/openrouter-error.js';
import { redactDeep } from '../errors/redact.js';
import { TimeoutError } from '../errors/timeout-error.js';
import { VideoTimeoutError } from '../errors/video-timeout-error.js';
import { addIssue, createReport, isRecord, show, throwIssues } from '../policy/report.js';
import { attempt } from '../transport/attempt.js';
import { readJson } from '../transport/read-body.js';
import type { Answer, AttemptOptions } from '../transport/types.js';
import type { VideoJob } from '../wire/videos.js';
import type { ClientConfig } from './config.js';
import { type JsonCall, sendPlain } from './send-json.js';

const isJob = (body: unknown): body is VideoJob => isRecord(body) && typeof body['id'] === 'string' && typeof body['status'] === 'string';

/** Makes one attempt and reads the job in its answer. The `error` of a job is news about it, and no failure of the request. */
export async function requestJob(options: AttemptOptions): Promise<Answer<VideoJob>> {
  const open = await attempt(options);
  const body = await readJson(open, options);
  const { status, headers, context } = open;
  if (!isJob(body)) throw errorFromBody(body, context) ?? errorFromNonJson(JSON.stringify(body), context());
  return { body: { ...body, ...('error' in body && { error: redactDeep(body.error, context().secrets) }) }, status, headers };
}

/**
 * Looks once at how a job is doing. The job is asked for at the client's own base URL, whatever its `polling_url` says.
 *
 * @throws as `sendJson`.
 */
export function readVideo(config: ClientConfig, id: string, options?: JsonCall['options']): Promise<Answer<VideoJob>> {
  return sendPlain(config, { path: `/videos/${encodeURIComponent(id)}`, options }, requestJob);
}

// `dead` is a word of older answers. A word that this version does not know means that something is still to come.
const ENDED_BADLY = ['failed', 'cancelled', 'expired', 'dead'];

/** Why nothing came of a job; `undefined` where something did, or still may. */
export function videoFailure({ status, error }: VideoJob): string | undefined {
  return ENDED_BADLY.includes(status) ? (messageOf(error) ?? `The video job ended as ${status}`) : undefined;
}

/** How long to wait for a film. */
export interface VideoWait {
  /** Milliseconds between two looks. Default 2,000. */
  pollIntervalMs?: number | undefined;
  /** Milliseconds to wait at most. Default 600,000: ten minutes. */
  maxPollTimeMs?: number | undefined;
}

/** @throws {InvalidOptionsError} */
export function checkWait(wait: VideoWait): void {
  const report = createReport();
  for (const name of ['pollIntervalMs', 'maxPollTimeMs'] as const) {
    const value: unknown = wait[name];
    if (value !== undefined && !(typeof value === 'number' && value > 0)) addIssue(report, name, `expected milliseconds, more than 0, got ${show(value)}`);
  }
  throwIssues(report);
}

/** A look that hangs is given up when the time is over, but not before it had this long. */
const LOOK_MS = 10_000;

/** What a later look may not meet again: also a good status with what is no job, such as a page of something on the way. */
function passes(error: unknown): boolean {
  if (!OpenRouterError.isInstance(error)) return false;
  return TimeoutError.isInstance(error) || (APIError.isInstance(error) && error.status < 400) || ('isRetryable' in error && error.isRetryable === true);
}

/**
 * Looks at a job until it is completed. A look that fails in passing does not end the wait, since the film is being made and paid for.
 *
 * @param deadlineAt when the whole call is to be over.
 * @throws {APIError} the job ended badly, or a look failed for good. @throws {VideoTimeoutError} Or the signal's reason.
 */
export async function waitForVideo(
  config: ClientConfig,
  made: Answer<VideoJob>,
  { pollIntervalMs = 2000, maxPollTimeMs = 600_000 }: VideoWait,
  options: NonNullable<JsonCall['options']>,
  deadlineAt: number,
): Promise<Answer<VideoJob>> {
  const { effects } = config;
  const { signal } = options;
  const { id } = made.body;
  const begunAt = effects.now();
  const until = Math.min(begunAt + maxPollTimeMs, deadlineAt);
  let answer = made;
  let pause = pollIntervalMs;
  let cause: unknown;
  for (;;) {
    const { body, headers } = answer;
    const message = videoFailure(body);
    const { status, generation_id: generationId } = body;
    if (message !== undefined) {
      throw new APIError({ message, status: 500, httpStatus: answer.status, reason: 'server', isRetryable: false, responseHeaders: headers, responseBody: body, ...(generationId != null && { generationId }) });
    }
    if (status === 'completed') return { ...answer, headers: { ...made.headers, ...headers } };
    const left = until - effects.now();
    if (left <= 0) throw new VideoTimeoutError(id, until - begunAt, { cause });
    await effects.sleep(Math.min(pause, left), signal);
    // A sleep of the caller's own may not heed the signal.
    signal?.throwIfAborted();
    pause = pollIntervalMs;
    try {
      answer = await readVideo(config, id, { ...options, deadline: Math.max(until - effects.now(), LOOK_MS) });
      cause = undefined;
    } catch (error) {
      if (!passes(error)) throw error;
      cause = error;
      if (APIError.isInstance(error)) pause = Math.max(pause, error.retryAfterMs ?? 0);
    }
  }
}

/**
 * Waits for a film that was asked for before, by its job or the id of one. Give a client with the headers, region and limits of the call that
 * began it; see `videoClient`.
 *
 * @throws {InvalidOptionsError} {@link APIError} the job ended badly, or there is none. {@link VideoTimeoutError} Or the signal's reason.
 */
export async function awaitVideo(config: ClientConfig, job: VideoJob | string, wait: VideoWait = {}, signal?: AbortSignal): Promise<Answer<VideoJob>> {
  checkWait(wait);
  const { effects, limits: { deadline = Infinity } } = config;
  const deadlineAt = effects.now() + deadline;
  const made = typeof job === 'string' ? await readVideo(config, job, { signal }) : { body: job, status: 200, headers: {} };
  return waitForVideo(config, made, wait, { signal }, deadlineAt);
}
