import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { DEFAULT_BASE_URL } from '../request/base-url.js';
import { requestBytes } from '../transport/read-bytes.js';
import { retry } from '../transport/retry.js';
import type { Answer, HeaderRecord } from '../transport/types.js';
import type { VideoJob } from '../wire/videos.js';
import type { ClientConfig } from './config.js';
import type { Request } from './send-inference.js';
import { type JsonCall, sendPlain } from './send-json.js';
import { videoFailure } from './video-job.js';

/** A finished film: its bytes where they are at OpenRouter, which asks for the key, else where it is. */
export type VideoFile =
  | { readonly url: string; readonly mediaType: string }
  | { readonly data: Uint8Array<ArrayBuffer>; readonly mediaType: string };

const MP4 = 'video/mp4';

/** Bytes. A film may be larger than any JSON. */
const MAX_FILM = 2 * 1024 ** 3;

/** The path of a film below the base URL; `undefined` for one that is not at OpenRouter, nor at the base URL. */
function contentPath({ baseURL = DEFAULT_BASE_URL }: ClientConfig, id: string, link: string): string | undefined {
  if (!URL.canParse(link, baseURL)) return undefined;
  const { origin, pathname, search } = new URL(link, baseURL);
  const ours = origin === new URL(baseURL).origin || /^https:\/\/(\w+\.)?openrouter\.ai$/.test(origin);
  const path = `/videos/${encodeURIComponent(id)}/content`;
  return ours && pathname.endsWith(path) ? path + search : undefined;
}

// what a server says may be anything
const linksOf = ({ unsigned_urls: links }: VideoJob): string[] => (Array.isArray(links) ? links.filter((link) => typeof link === 'string') : []);

function mediaTypeOf(headers: HeaderRecord): string {
  const told = headers['content-type']?.split(';')[0] ?? '';
  return told.startsWith('video/') ? told : MP4;
}

/** Downloads cost nothing, so they are repeated as `GET`s are, also where the client does not retry by itself; not where the call says `retry: false`. */
function download<Body>(config: ClientConfig, call: JsonCall, request: Request<Body>, deadlineAt: number): Promise<Answer<Body>> {
  const { effects, sizes } = config;
  const large: ClientConfig = { ...config, retry: undefined, sizes: { maxBodySize: MAX_FILM, ...sizes } };
  const once = (): Promise<Answer<Body>> => sendPlain(large, { ...call, options: { ...call.options, retry: false } }, request);
  const { retry: asked, signal } = call.options ?? {};
  return asked === false ? once() : retry(once, config.retry ?? {}, { effects, signal, deadlineAt });
}

const deadlineOf = ({ effects, limits }: ClientConfig, options: JsonCall['options']): number => effects.now() + (options?.deadline ?? limits.deadline ?? Infinity);

/**
 * The films of a completed job. What is at OpenRouter is downloaded, always from the client's own base URL; the key goes nowhere else.
 *
 * @throws as `sendPlain`.
 */
export async function fetchVideos(config: ClientConfig, job: VideoJob, options?: JsonCall['options']): Promise<VideoFile[]> {
  const deadlineAt = deadlineOf(config, options);
  const files: VideoFile[] = [];
  for (const link of linksOf(job)) {
    const path = contentPath(config, job.id, link);
    if (path === undefined) {
      files.push({ url: link, mediaType: MP4 });
      continue;
    }
    const { body: data, headers } = await download(config, { path, options }, requestBytes, deadlineAt);
    files.push({ data, mediaType: mediaTypeOf(headers) });
  }
  return files;
}

/** A film as `request` reads it. */
export interface VideoContent<Body> {
  readonly body: Body;
  readonly mediaType: string;
  readonly headers: HeaderRecord;
}

/**
 * One film of a completed job, wherever it is. One at OpenRouter comes from the client's own base URL; anywhere else is asked with neither the
 * key nor any other header of the client.
 *
 * @param index which, from 0.
 * @param request how it is read: `requestBytes`, `openBytes`.
 * @throws {InvalidOptionsError} where the job has no such film. Else as `sendPlain`.
 */
export async function fetchVideo<Body>(config: ClientConfig, job: VideoJob, index: number, request: Request<Body>, options: JsonCall['options'] = {}): Promise<VideoContent<Body>> {
  const { baseURL = DEFAULT_BASE_URL } = config;
  const links = linksOf(job);
  const link = links[index];
  if (link === undefined) {
    const { id, status } = job;
    if (status !== 'completed') throw new InvalidOptionsError([{ path: 'video', message: `${id} is ${status}`, suggestion: videoFailure(job) ?? 'wait until it is completed' }]);
    const count = `${id} has ${links.length} film${links.length === 1 ? '' : 's'}`;
    throw new InvalidOptionsError([{ path: 'index', message: `${count}, and none at ${String(index)}`, suggestion: 'it counts from 0' }]);
  }
  const path = contentPath(config, job.id, link);
  if (path !== undefined) {
    const { body, headers } = await download(config, { path, options }, request, deadlineOf(config, options));
    return { body, mediaType: mediaTypeOf(headers), headers };
  }
  if (!URL.canParse(link, baseURL) || !/^https?:$/.test(new URL(link, baseURL).protocol)) {
    throw new InvalidOptionsError([{ path: 'video', message: `the film is at an address that is no web address: ${JSON.stringify(link.slice(0, 40))}` }]);
  }
  const { origin, pathname, search } = new URL(link, baseURL);
  const { signal, timeout, deadline, retry: asked } = options;
  const stranger: ClientConfig = { ...config, apiKey: undefined, headers: {}, layers: [], baseURL: origin };
  const { body, headers } = await download(stranger, { path: pathname + search, keyed: false, options: { signal, timeout, deadline, retry: asked } }, request, deadlineOf(config, options));
  return { body, mediaType: mediaTypeOf(headers), headers };
}
