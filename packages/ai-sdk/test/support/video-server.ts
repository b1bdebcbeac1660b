import type { Experimental_VideoModelV4 as VideoModelV4, Experimental_VideoModelV4CallOptions as VideoModelV4CallOptions } from '@ai-sdk/provider';
import { createOpenRouter, type OpenRouterProvider, type OpenRouterProviderSettings, type OpenRouterVideoSettings } from '../../src/index.js';
import { json, type Reply } from './fake-server.js';

export interface SeenRequest {
  method: string;
  url: string;
  headers: Headers;
  body: { [field: string]: unknown } | undefined;
  /** Milliseconds since the provider was made. */
  at: number;
}

export const BASE = 'https://openrouter.ai/api/v1';
export const ID = 'job/1';
export const JOB = `${BASE}/videos/job%2F1`;
export const CONTENT = `${JOB}/content?index=0`;

const made = json({ id: ID, polling_url: 'https://elsewhere.example/poll/1', status: 'pending' }, 202, { 'x-request': 'created' });
export const pending: Reply = json({ id: ID, status: 'in_progress', generation_id: 'gen-vid-1' });
export const done = (more: object = {}): Reply =>
  json({ id: ID, status: 'completed', generation_id: 'gen-vid-1', unsigned_urls: [CONTENT], usage: { cost: 0.05, is_byok: false }, ...more });
export const film: Reply = () => new Response(new Uint8Array([1, 2, 3]), { headers: { 'content-type': 'video/webm; codecs=vp9' } });

export interface Replies {
  create: Reply;
  /** In turn, the last again and again. */
  looks: readonly Reply[];
  content?: readonly Reply[];
}

/** A server where all goes well. */
export const all: Required<Replies> = { create: made, looks: [pending, done()], content: [film] };

const START = 1_790_000_000_000;

/** A provider whose server makes videos, and whose clock goes on only while somebody waits. */
export function serveVideos({ create, looks, content = [] }: Replies, settings: OpenRouterProviderSettings = {}): {
  openrouter: OpenRouterProvider;
  seen: SeenRequest[];
  now: () => number;
} {
  const seen: SeenRequest[] = [];
  const counts = { looks: 0, content: 0 };
  let now = START;
  const fetch = async (url: string, { method = 'GET', headers, body, signal }: RequestInit): Promise<Response> => {
    seen.push({ method, url, headers: new Headers(headers), body: typeof body === 'string' ? JSON.parse(body) : undefined, at: now - START });
    signal?.throwIfAborted();
    const kind = method === 'POST' ? undefined : url.includes('/content') ? 'content' : 'looks';
    if (kind === undefined) return create();
    const list = kind === 'looks' ? looks : content;
    counts[kind] += 1;
    const reply = list[Math.min(counts[kind], list.length) - 1];
    if (!reply) throw new TypeError('no reply');
    return reply();
  };
  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    now += ms;
  };
  const effects = { now: () => now, sleep, random: () => 0, ...settings.effects };
  return { openrouter: createOpenRouter({ apiKey: 'sk-or-v1-test-secret', fetch, ...settings, effects }), seen, now: () => now };
}

export const call = (options: Partial<VideoModelV4CallOptions> = {}): VideoModelV4CallOptions => ({
  prompt: 'A wave', n: 1, aspectRatio: undefined, resolution: undefined, duration: undefined, fps: undefined, seed: undefined,
  image: undefined, frameImages: undefined, inputReferences: undefined, generateAudio: undefined, providerOptions: {}, ...options,
});

type Whole = VideoModelV4 & Required<Pick<VideoModelV4, 'doGenerate' | 'doStart' | 'doStatus'>>;

const doesAll = (model: VideoModelV4): model is Whole => ['doGenerate', 'doStart', 'doStatus'].every((name) => name in model);

export function modelOf({ openrouter }: Pick<ReturnType<typeof serveVideos>, 'openrouter'>, settings?: OpenRouterVideoSettings): Whole {
  const model = openrouter.videoModel('acme/reel', settings);
  if (!doesAll(model)) throw new Error('a video model does all three');
  return model;
}

/** What a call that must fail fails with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}
