import { setKept } from '../keep.js';
import type { OpenAttempt } from '../recorded-request.js';
import type { Candidate } from '../routing/types.js';
import type { Answer } from '../serve/answer.js';
import { errorBody } from '../serve/error-body.js';
import type { GatewayState } from '../state.js';
import type { Exchange } from './exchange.js';

/** What the record of a generation keeps of its answer. */
type Remembered = Pick<Answer, 'id' | 'created' | 'model' | 'provider' | 'usage' | 'finishReason' | 'nativeFinishReason' | 'serviceTier'>;

const API_TYPES: Readonly<Record<string, string>> = { embeddings: 'embeddings', rerank: 'rerank', images: 'image', videos: 'video', speech: 'tts', transcriptions: 'stt' };

/** The kind of API as the record names it; only that of texts was seen. */
function apiType(request: Request): string {
  return API_TYPES[new URL(request.url).pathname.split('/').at(-1) ?? ''] ?? 'completions';
}

type Kept = NonNullable<Exchange['generation']>;

/** An attempt as the record tells it. How long it took is left out where the gateway has no clock that moves. */
function providerResponse({ display, timed }: GatewayState, { provider, status, durationMs }: OpenAttempt): NonNullable<Kept['provider_responses']>[number] {
  return { provider_name: display(provider), status, ...(timed && durationMs !== undefined ? { latency: Math.round(durationMs) } : {}) };
}

/** What is known of a generation when its answer is over; until then, and without a clock that moves, its times are `null`. */
const UNDER_WAY = { latency: null, generation_time: null, cancelled: false } as const;

/** Keeps the record of a generation. */
export function keepGeneration(exchange: Exchange, record: Kept): void {
  const kept = { ...record, ...UNDER_WAY };
  exchange.generation = kept;
  setKept(exchange.state.generations, record.id, { reads: 0, record: kept }, exchange.state.keep);
}

/** An answer is over, or the client left it. */
export function completeGeneration({ state, record, generation: kept, pace, firstMs }: Exchange): void {
  if (kept === undefined) return;
  kept.cancelled = record.cancelled;
  // without a pace everything comes with the head of the response
  const first = pace === undefined ? record.respondedMs : firstMs;
  if (!state.timed || first === undefined || record.durationMs === undefined) return;
  kept.latency = Math.round(first);
  kept.generation_time = Math.max(0, Math.round(record.durationMs - first));
}

/** Keeps the record that `GET /generation` gives later. */
export function remember(exchange: Exchange, answer: Remembered, candidate: Candidate, streamed: boolean): void {
  const { state, record, request } = exchange;
  const { usage } = answer;
  keepGeneration(exchange, {
    id: answer.id, upstream_id: null, model: answer.model, provider_name: answer.provider,
    created_at: new Date(answer.created * 1000).toISOString(),
    total_cost: usage.cost ?? 0, usage: usage.cost ?? 0,
    upstream_inference_cost: candidate.byok ? (usage.cost_details?.upstream_inference_cost ?? null) : null,
    cache_discount: null,
    tokens_prompt: usage.prompt_tokens ?? null, tokens_completion: usage.completion_tokens ?? null,
    native_tokens_prompt: usage.prompt_tokens ?? null, native_tokens_completion: usage.completion_tokens ?? null,
    native_tokens_reasoning: usage.completion_tokens_details?.reasoning_tokens ?? null,
    native_tokens_cached: usage.prompt_tokens_details?.cached_tokens ?? null,
    native_tokens_completion_images: usage.completion_tokens_details?.image_tokens || null,
    num_media_prompt: null, num_input_audio_prompt: null, num_media_completion: null, num_search_results: null,
    moderation_latency: null,
    streamed,
    finish_reason: answer.finishReason, native_finish_reason: answer.nativeFinishReason, is_byok: candidate.byok,
    service_tier: answer.serviceTier, http_referer: request.headers.get('http-referer'), origin: request.headers.get('http-referer') ?? '',
    api_type: apiType(request), app_id: null, external_user: null,
    provider_responses: record.attempts.map((attempt) => providerResponse(state, attempt)),
  });
}

/** `GET /generation?id=`: a 404 until the record has settled. */
export function generation(state: GatewayState, id: string | undefined): Response {
  const stored = id === undefined ? undefined : state.generations.get(id);
  if (stored !== undefined) stored.reads += 1;
  if (stored === undefined || stored.reads <= state.settleAfterReads) {
    return Response.json(errorBody(404, `Generation ${id ?? ''} not found`), { status: 404 });
  }
  return Response.json({ data: stored.record });
}
