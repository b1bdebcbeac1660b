import {
  awaitVideo, type CallOptions, type ClientConfig, fetchVideo, InvalidOptionsError, openBytes, OpenRouterError, readVideo, requestBytes, settleReceipt, startVideo, videoClient, type VideoJob,
  type VideoWait,
} from '@waypost/core';
import { configOf } from '../config-of.js';
import type { OpenRouter } from '../create-openrouter.js';
import type { RouteOptions } from '../options.js';
import type { VideoInput } from './media-request.js';
import { type MediaResult, resultOf } from './media-result.js';

/** A film, or one in the making: its job, as far as it has come, and what it cost. */
export interface VideoResult extends MediaResult<VideoJob> {
  /** Of the job; keep it, and the film can be waited for and fetched by another process. */
  id: string;
}

/** Options of a request about a film that was asked for; those of the call that began it, as far as they decide where it goes. */
export type VideoOptions = RouteOptions & Pick<CallOptions, 'region'>;

/** How long to wait, in milliseconds: `pollIntervalMs` between two looks, 2,000; `maxPollTimeMs` in all, 600,000. */
export type VideoWaitOptions = VideoOptions & VideoWait;

export interface VideoDownloadOptions extends VideoOptions {
  /** Which film of the job, from 0. Default 0. */
  index?: number | undefined;
}

/** A film whole. */
export interface VideoBytes {
  bytes: Uint8Array<ArrayBuffer>;
  mediaType: string;
}

/** A film as it comes. What breaks it rejects its reader; cancelling it closes the connection. */
export interface VideoStream {
  stream: ReadableStream<Uint8Array>;
  mediaType: string;
  /** Bytes, where the server tells. */
  size: number | undefined;
}

/** A film by its result, or by the id of its job. */
type Video = VideoResult | string;

/** The client for a call about a film, and the film's job or id. */
function open(client: OpenRouter, video: Video, options: VideoOptions | undefined): { config: ClientConfig; job: VideoJob | string } {
  const { region, headers, timeout, deadline, retry } = options ?? {};
  const config = videoClient(configOf(client), { region, headers, timeout, deadline, retry });
  const job = typeof video === 'string' ? video : video?.response;
  // an id is a part of a path, where dots would lead elsewhere
  if (typeof job === 'string' ? /^\.{0,2}$/.test(job) : typeof job?.id !== 'string') {
    throw new InvalidOptionsError([{ path: 'video', message: 'is not a film', suggestion: 'pass what videos.create() or videos.wait() gave, or the id of the job' }]);
  }
  return { config, job };
}

/** A completed job, by itself or by its id. */
const jobOf = async (config: ClientConfig, job: VideoJob | string, signal: AbortSignal | undefined): Promise<VideoJob> => (typeof job === 'string' ? (await readVideo(config, job, { signal })).body : job);

async function create(client: OpenRouter, request: VideoInput, options?: CallOptions): Promise<VideoResult> {
  const answer = await startVideo(configOf(client), { body: request, options });
  return { id: answer.response.id, ...resultOf(answer) };
}

async function wait(client: OpenRouter, video: Video, options?: VideoWaitOptions): Promise<VideoResult> {
  const { config, job } = open(client, video, options);
  const { receipt, warnings } = typeof video === 'string' ? { receipt: undefined, warnings: [] } : video;
  const { pollIntervalMs, maxPollTimeMs, signal } = options ?? {};
  try {
    const { body } = await awaitVideo(config, job, { pollIntervalMs, maxPollTimeMs }, signal);
    return { id: body.id, ...resultOf({ response: body, receipt: receipt && settleReceipt(receipt, body), warnings }) };
  } catch (error) {
    if (receipt && OpenRouterError.isInstance(error)) error.receipt ??= receipt;
    throw error;
  }
}

async function download(client: OpenRouter, video: Video, options?: VideoDownloadOptions): Promise<VideoBytes> {
  const { config, job } = open(client, video, options);
  const { index = 0, signal, retry } = options ?? {};
  const { body, mediaType } = await fetchVideo(config, await jobOf(config, job, signal), index, requestBytes, { signal, retry });
  return { bytes: body, mediaType };
}

async function stream(client: OpenRouter, video: Video, options?: VideoDownloadOptions): Promise<VideoStream> {
  const { config, job } = open(client, video, options);
  const { index = 0, signal, retry } = options ?? {};
  const { body, mediaType, headers } = await fetchVideo(config, await jobOf(config, job, signal), index, openBytes, { signal, retry });
  const size = Number.parseInt(headers['content-length'] ?? '', 10);
  return { stream: body, mediaType, size: Number.isNaN(size) ? undefined : size };
}

/** What there is to do with films, one step after another. */
export interface Videos {
  /**
   * Asks for a film, once, whatever the client's `retry` says: making it again costs again, so an error is `isRetryable` only where it is certain
   * that none is being made. The receipt is `partial`, since the cost comes with the film.
   *
   * @throws as `chat`; a `PolicyConflictError` for any guardrail, since the route honours none.
   */
  create(this: void, client: OpenRouter, request: VideoInput, options?: CallOptions): Promise<VideoResult>;
  /**
   * Waits until a film is ready, ten minutes unless `maxPollTimeMs` says otherwise. Looks that fail in passing do not end the wait. The receipt of
   * the result has the final cost.
   *
   * @throws {VideoTimeoutError} with the id of the job, which goes on at the server. @throws {APIError} with status 500 and the server's words when
   * the job ends badly. Or the signal's reason.
   */
  wait(this: void, client: OpenRouter, video: Video, options?: VideoWaitOptions): Promise<VideoResult>;
  /**
   * Fetches a finished film whole, at most 2 GiB. The key goes to the client's base URL alone: a film at another host is fetched without it.
   *
   * Since that costs nothing, it is repeated as `GET`s are.
   *
   * @throws {InvalidOptionsError} where there is no such film, or not yet. {@link APIError} {@link NetworkError} {@link TimeoutError}
   */
  download(this: void, client: OpenRouter, video: Video, options?: VideoDownloadOptions): Promise<VideoBytes>;
  /** The same as a stream, of any size. */
  stream(this: void, client: OpenRouter, video: Video, options?: VideoDownloadOptions): Promise<VideoStream>;
}

/**
 * Films: `create`, `wait`, then `download` or `stream`.
 *
 * @example
 * const started = await videos.create(openrouter, { model: 'google/veo-3.1', prompt: 'A calm wave', duration: 4 });
 * const film = await videos.wait(openrouter, started);
 * const { bytes, mediaType } = await videos.download(openrouter, film);
 */
export const videos: Videos = { create, wait, download, stream };
