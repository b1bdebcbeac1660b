import { compact } from '../compact.js';
import { OpenRouterError } from '../errors/openrouter-error.js';
import type { Served } from '../receipt/collect.js';
import type { Receipt } from '../receipt/receipt.js';
import { costOfUsage, tokenUsage } from '../receipt/token-usage.js';
import type { Answer } from '../transport/types.js';
import type { VideoJob } from '../wire/videos.js';
import { type ClientConfig, extendConfig } from './config.js';
import { asOnce } from './once.js';
import type { Call } from './prepare.js';
import { callRoute, type InferenceAnswer, type Request } from './send-inference.js';
import { fetchVideos, type VideoFile } from './video-files.js';
import { checkWait, requestJob, type VideoWait, waitForVideo } from './video-job.js';

/** A film that is made: its job, whose receipt holds the final cost, and the film itself. */
export interface VideoAnswer extends InferenceAnswer<VideoJob> {
  readonly files: readonly VideoFile[];
}

function servedInJob({ body, headers }: Answer<VideoJob>): Served {
  const { model, provider = headers['x-provider-name'], usage } = body;
  return compact({
    id: body.generation_id ?? headers['x-generation-id'],
    model: typeof model === 'string' ? model : undefined,
    provider: typeof provider === 'string' ? provider : undefined,
    usage,
  });
}

const create = (config: ClientConfig, call: Call, request: Request<VideoJob>): Promise<InferenceAnswer<VideoJob>> =>
  callRoute(config, call, { path: '/videos', route: 'videos', request, servedIn: servedInJob });

/**
 * Asks for a film, once, and gives the job that makes it; see `readVideo`. Its receipt is `partial`: the cost comes with the film.
 *
 * @throws as `sendChat`, but `isRetryable` only where it is certain that no job was made.
 */
export async function startVideo(config: ClientConfig, call: Call): Promise<InferenceAnswer<VideoJob>> {
  try {
    return await create(config, call, requestJob);
  } catch (error) {
    throw asOnce(error);
  }
}

/** The receipt of a job that was begun with `startVideo`, now that it is completed. */
export function settleReceipt(receipt: Receipt, job: VideoJob): Receipt {
  const { generation_id: id, usage } = job;
  return compact<Receipt>({ ...receipt, id: id ?? receipt.id, usage: tokenUsage(usage), cost: costOfUsage(usage, false), rawUsage: receipt.attempts && usage });
}

/**
 * The client for a call's requests after its first one: with its headers, region and limits. What is odd about them has been told by then.
 *
 * @throws {InvalidOptionsError} {@link PolicyConflictError}
 */
export const videoClient = (config: ClientConfig, options: Call['options'] = {}): ClientConfig => extendConfig({ ...config, hooks: [] }, 'call', { ...options, hooks: undefined });

/**
 * Makes a film: asks for it, once, waits until it is ready, and downloads what is at OpenRouter. All of it is one call, with one receipt.
 * For adapters.
 *
 * @throws as `sendChat`, but `isRetryable` only where it is certain that no job was made. {@link VideoTimeoutError} when it takes too
 * long; an {@link APIError} with status 500 and the server's words when the job ends badly.
 */
export async function sendVideo(config: ClientConfig, call: Call, wait: VideoWait = {}): Promise<VideoAnswer> {
  checkWait(wait);
  const { signal } = call.options ?? {};
  let made = false;
  let receipt: Receipt | undefined;
  try {
    const answer = await create(config, call, async (options) => {
      const { startedAt = config.effects.now(), limits: { deadline = Infinity } = {} } = options;
      const job = await requestJob(options);
      made = true;
      return waitForVideo(videoClient(config, call.options), job, wait, { signal }, startedAt + deadline);
    });
    receipt = answer.receipt;
    return { ...answer, files: await fetchVideos(videoClient(config, call.options), answer.response, { signal }) };
  } catch (error) {
    if (receipt && OpenRouterError.isInstance(error)) error.receipt ??= receipt;
    throw asOnce(error, made);
  }
}
