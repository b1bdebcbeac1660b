import { DEFAULT_BASE_URL } from '../request/base-url.js';
import { requestBytes } from '../transport/read-bytes.js';
import { retry } from '../transport/retry.js';
import type { Answer } from '../transport/types.js';
import type { VideoJob } from '../wire/videos.js';
import type { ClientConfig } from './config.js';
import { type JsonCall, sendPlain } from './send-json.js';

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

/**
 * The films of a completed job. What is at OpenRouter is downloaded, always from the client's own base URL; the key goes nowhere else.
 * Downloads cost nothing, so they are repeated as `GET`s are, also where the client does not retry by itself.
 *
 * @throws as `sendPlain`.
 */
export async function fetchVideos(config: ClientConfig, { id, unsigned_urls: links }: VideoJob, options?: JsonCall['options']): Promise<VideoFile[]> {
  const { effects } = config;
  const large: ClientConfig = { ...config, retry: undefined, sizes: { maxBodySize: MAX_FILM, ...config.sizes } };
  const deadlineAt = effects.now() + (options?.deadline ?? config.limits.deadline ?? Infinity);
  const files: VideoFile[] = [];
  for (const link of Array.isArray(links) ? links : []) {
    // what a server says may be anything
    if (typeof link !== 'string') continue;
    const path = contentPath(config, id, link);
    if (path === undefined) {
      files.push({ url: link, mediaType: MP4 });
      continue;
    }
    const download = (): Promise<Answer<Uint8Array<ArrayBuffer>>> => sendPlain(large, { path, options: { ...options, retry: false } }, requestBytes);
    const { body: data, headers } = await retry(download, config.retry ?? {}, { effects, signal: options?.signal, deadlineAt });
    const told = headers['content-type']?.split(';')[0] ?? '';
    files.push({ data, mediaType: told.startsWith('video/') ? told : MP4 });
  }
  return files;
}
