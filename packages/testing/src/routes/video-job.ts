import type { Outcome } from '../scenario/outcome.js';
import type { Wire } from '../scenario/wire.js';
import { concat, latin, uint32 } from '../serve/bytes.js';
import { bytesResponse, objectResponse } from '../serve/deliver.js';
import { errorBody } from '../serve/error-body.js';
import type { VideoJob } from '../state.js';
import { type Exchange, interruption, watchOf } from './exchange.js';

/** A file type box and an empty box of media data: what tells an MP4 file from others, and no film. */
const FILM: Uint8Array = concat([uint32(20), latin('ftypisom'), uint32(512), latin('isom'), uint32(8), latin('mdat')]);

export function pollingUrl({ request }: Exchange, id: string): string {
  return `${new URL(request.url).origin}/api/v1/videos/${encodeURIComponent(id)}`;
}

function jobOf({ state, request }: Exchange): { readonly id: string; readonly job: VideoJob | undefined } {
  const written = /\/videos\/([^/]+)/.exec(new URL(request.url).pathname)?.[1] ?? '';
  const id = [...state.videos.keys()].find((known) => encodeURIComponent(known) === written) ?? written;
  return { id, job: state.videos.get(id) };
}

function missing(message: string): Response {
  return Response.json(errorBody(404, message), { status: 404 });
}

function wireOf(outcome: Outcome | undefined): Wire {
  return outcome?.kind === 'ok' ? (outcome.wire ?? {}) : {};
}

function statusOf({ script, reads }: VideoJob, pendingReads: number): string {
  if (reads <= (script.pendingReads ?? pendingReads)) return 'pending';
  return script.status ?? (script.error === undefined ? 'completed' : 'failed');
}

/** `GET /videos/{id}`: pending for some reads, then how the job ended. */
export async function readVideo(exchange: Exchange): Promise<Response> {
  const { id, job } = jobOf(exchange);
  if (job === undefined) return missing(`Video ${id} not found`);
  const { script } = job;
  job.asked += 1;
  const outcome = script.reads?.[job.asked - 1];
  const fault = await interruption(exchange, outcome);
  if (fault !== undefined) return fault;
  job.reads += 1;
  const status = statusOf(job, exchange.state.videoPendingReads);
  const polling = pollingUrl(exchange, id);
  const urls = Array.from({ length: script.count ?? 1 }, (_, index) => `${polling}/content?index=${index}`);
  const body = {
    id, generation_id: job.generationId, polling_url: polling, status,
    ...(status === 'completed' ? { unsigned_urls: urls, usage: { cost: job.cost, is_byok: job.byok } } : {}),
    ...(status === 'failed' ? { error: script.error ?? 'The video could not be made.' } : {}),
  };
  return objectResponse(body, wireOf(outcome), new Headers(), watchOf(exchange));
}

/** `GET /videos/{id}/content?index=`: the bytes, once the job is read as completed. */
export async function downloadVideo(exchange: Exchange): Promise<Response> {
  const { id, job } = jobOf(exchange);
  const { state, request } = exchange;
  if (job === undefined) return missing(`Video ${id} not found`);
  job.downloads += 1;
  const outcome = job.script.downloads?.[job.downloads - 1];
  const fault = await interruption(exchange, outcome);
  if (fault !== undefined) return fault;
  const index = Number(new URL(request.url).searchParams.get('index') ?? 0);
  const made = statusOf(job, state.videoPendingReads) === 'completed' ? (job.script.count ?? 1) : 0;
  if (!Number.isInteger(index) || index < 0 || index >= made) return missing(`Video ${id} has no content at index ${index}`);
  return bytesResponse(job.script.bytes ?? FILM, wireOf(outcome), new Headers({ 'content-type': 'video/mp4' }), watchOf(exchange));
}
