import { CHAT_PARAMETERS, defineEndpoint } from './endpoint.js';
import { mediaModels } from './media.js';
import { model } from './model.js';
import { PROVIDERS } from './providers.js';
import type { Catalogue } from './types.js';

const RETAINS = { retains: true, trains: false, publishes: false } as const;
const TRAINS = { retains: true, trains: true, publishes: true } as const;
const ANTHROPIC_WORDS = { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use' } as const;
const GOOGLE_WORDS = { stop: 'STOP', length: 'MAX_TOKENS', tool_calls: 'STOP' } as const;
const THINKING = [...CHAT_PARAMETERS, 'reasoning', 'include_reasoning', 'reasoning_effort', 'verbosity'];
const PLAIN = ['temperature', 'top_p', 'max_tokens', 'max_completion_tokens', 'stop', 'seed'];

/** A large model at several providers, with service tiers and a quantized copy. */
const atlas = model('acme/atlas', 'Acme: Atlas', {
  inputModalities: ['text', 'image'],
  endpoints: [
    defineEndpoint({
      tag: 'openai', pricing: { prompt: '0.0000025', completion: '0.00001', input_cache_read: '0.00000125' }, dataPolicy: RETAINS,
      moderated: true, maxCompletionTokens: 16_384, throughput: { p50: 90, p75: 80, p90: 65, p99: 30 }, exacto: 0.9,
    }),
    defineEndpoint({
      tag: 'openai/flex', pricing: { prompt: '0.00000125', completion: '0.000005' }, dataPolicy: RETAINS, moderated: true,
      maxCompletionTokens: 16_384, throughput: { p50: 30, p75: 22, p90: 15, p99: 5 }, latency: { p50: 4, p75: 8, p90: 15, p99: 60 },
    }),
    defineEndpoint({
      tag: 'openai/priority', pricing: { prompt: '0.000005', completion: '0.00002' }, dataPolicy: RETAINS, moderated: true,
      maxCompletionTokens: 16_384, throughput: { p50: 140, p75: 130, p90: 110, p99: 80 }, latency: { p50: 0.2, p75: 0.3, p90: 0.4, p99: 0.9 },
    }),
    defineEndpoint({
      tag: 'azure', pricing: { prompt: '0.000003', completion: '0.000012' }, zdr: true, maxCompletionTokens: 16_384,
      throughput: { p50: 70, p75: 60, p90: 50, p99: 25 }, exacto: 0.8,
    }),
    defineEndpoint({
      tag: 'deepinfra/fp8', pricing: { prompt: '0.000002', completion: '0.000008' }, quantization: 'fp8', zdr: true,
      inputModalities: ['text'], throughput: { p50: 45, p75: 40, p90: 30, p99: 12 }, exacto: 0.4,
    }),
  ],
});

/** The documented example of price weights: $1, $2 with an outage, $3. */
const atlasMini = model('acme/atlas-mini', 'Acme: Atlas Mini', {
  endpoints: [
    defineEndpoint({
      tag: 'deepinfra/fp4', pricing: { prompt: '0.0000001', completion: '0.0000004' }, quantization: 'mxfp4', dataPolicy: RETAINS,
      throughput: { p50: 80, p75: 70, p90: 60, p99: 40 }, exacto: 0.3,
    }),
    defineEndpoint({
      tag: 'nebius', pricing: { prompt: '0.0000002', completion: '0.0000008' }, quantization: 'fp8', zdr: true, stable: false,
      throughput: { p50: 65, p75: 55, p90: 45, p99: 20 }, exacto: 0.5,
    }),
    defineEndpoint({
      tag: 'together', pricing: { prompt: '0.0000003', completion: '0.0000012' }, quantization: 'bf16', zdr: true,
      throughput: { p50: 110, p75: 100, p90: 80, p99: 50 }, latency: { p50: 0.4, p75: 0.5, p90: 0.8, p99: 1.5 }, exacto: 0.7,
    }),
    defineEndpoint({
      tag: 'groq', pricing: { prompt: '0.0000006', completion: '0.0000024' }, quantization: null, dataPolicy: RETAINS,
      supportedParameters: PLAIN, throughput: { p50: 400, p75: 350, p90: 300, p99: 200 }, latency: { p50: 0.2, p75: 0.2, p90: 0.3, p99: 0.5 },
      maxCompletionTokens: 8192, exacto: 0.2,
    }),
  ],
});

const atlasMiniFree = model('acme/atlas-mini:free', 'Acme: Atlas Mini (free)', {
  endpoints: [
    defineEndpoint({ tag: 'venice', pricing: { prompt: '0', completion: '0' }, dataPolicy: TRAINS, contextLength: 32_000 }),
    defineEndpoint({ tag: 'together', pricing: { prompt: '0', completion: '0' }, dataPolicy: TRAINS, contextLength: 32_000, stable: false }),
  ],
});

const atlasMiniExtended = model('acme/atlas-mini:extended', 'Acme: Atlas Mini (extended)', {
  contextLength: 1_000_000,
  endpoints: [
    defineEndpoint({ tag: 'together', pricing: { prompt: '0.0000009', completion: '0.0000036' }, contextLength: 1_000_000, zdr: true }),
    defineEndpoint({ tag: 'deepinfra', pricing: { prompt: '0.0000008', completion: '0.0000032' }, contextLength: 512_000, dataPolicy: RETAINS }),
  ],
});

/** Thinks, signs its thoughts, has regional endpoints, and forbids distillation. */
const aurora = model('borealis/aurora', 'Borealis: Aurora', {
  contextLength: 200_000,
  inputModalities: ['text', 'image', 'file'],
  distillable: false,
  reasoning: { format: 'anthropic-claude-v1', mandatory: false },
  endpoints: [
    defineEndpoint({
      tag: 'anthropic', contextLength: 200_000, dataPolicy: RETAINS, supportedParameters: THINKING, nativeFinishReasons: ANTHROPIC_WORDS,
      pricing: { prompt: '0.000003', completion: '0.000015', input_cache_read: '0.0000003', input_cache_write: '0.00000375' }, exacto: 0.95,
    }),
    defineEndpoint({
      tag: 'amazon-bedrock', contextLength: 200_000, zdr: true, supportedParameters: THINKING, nativeFinishReasons: ANTHROPIC_WORDS,
      pricing: { prompt: '0.000003', completion: '0.000015', input_cache_read: '0.0000003', input_cache_write: '0.00000375' }, exacto: 0.9,
    }),
    defineEndpoint({
      tag: 'google-vertex/us-east5', contextLength: 200_000, zdr: true, supportedParameters: THINKING, nativeFinishReasons: ANTHROPIC_WORDS,
      pricing: { prompt: '0.000003', completion: '0.000015' }, latency: { p50: 0.9, p75: 1.2, p90: 2, p99: 5 }, exacto: 0.9,
    }),
    defineEndpoint({
      tag: 'google-vertex/europe-west1', contextLength: 200_000, zdr: true, supportedParameters: THINKING, nativeFinishReasons: ANTHROPIC_WORDS,
      pricing: { prompt: '0.0000033', completion: '0.0000165' }, latency: { p50: 1.1, p75: 1.4, p90: 2.2, p99: 6 }, exacto: 0.9,
    }),
  ],
});

const auroraThinking = model('borealis/aurora:thinking', 'Borealis: Aurora (thinking)', {
  ...aurora,
  canonicalSlug: 'borealis/aurora-20260901:thinking',
  reasoning: { format: 'anthropic-claude-v1', mandatory: true },
  endpoints: aurora.endpoints.slice(0, 2),
});

/** Small context, no tools, no structured output. */
const spark = model('cinder/spark', 'Cinder: Spark', {
  contextLength: 8192,
  endpoints: [
    defineEndpoint({ tag: 'groq', pricing: { prompt: '0.00000005', completion: '0.00000008' }, contextLength: 8192, supportedParameters: PLAIN, dataPolicy: RETAINS }),
    defineEndpoint({ tag: 'cerebras', pricing: { prompt: '0.0000001', completion: '0.0000001' }, contextLength: 8192, supportedParameters: PLAIN, zdr: true }),
  ],
});

const easel = model('cinder/easel', 'Cinder: Easel', {
  inputModalities: ['text', 'image'],
  outputModalities: ['text', 'image'],
  endpoints: [
    defineEndpoint({ tag: 'google-ai-studio', pricing: { prompt: '0.0000003', completion: '0.0000025', image: '0.001' }, dataPolicy: RETAINS, supportedParameters: PLAIN, nativeFinishReasons: GOOGLE_WORDS }),
    defineEndpoint({ tag: 'google-vertex', pricing: { prompt: '0.0000003', completion: '0.0000025', image: '0.002' }, zdr: true, supportedParameters: PLAIN, nativeFinishReasons: GOOGLE_WORDS }),
  ],
});

const vector = model('dune/vector', 'Dune: Vector', {
  contextLength: 8192,
  outputModalities: ['embeddings'],
  endpoints: [
    defineEndpoint({ tag: 'deepinfra', pricing: { prompt: '0.00000001', completion: '0' }, contextLength: 8192, supportedParameters: [], dataPolicy: RETAINS }),
    defineEndpoint({ tag: 'nebius', pricing: { prompt: '0.00000002', completion: '0' }, contextLength: 8192, supportedParameters: [], zdr: true }),
  ],
});

/** The catalogue of a gateway that is given none: invented models at providers whose slugs are real. */
export const defaultCatalogue: Catalogue = {
  models: [atlas, atlasMini, atlasMiniFree, atlasMiniExtended, aurora, auroraThinking, spark, easel, vector, ...mediaModels],
  providers: PROVIDERS,
  aliases: { '~acme/atlas-latest': 'acme/atlas', '~borealis/aurora-latest': 'borealis/aurora' },
  presets: {
    careful: { model: 'borealis/aurora', provider: { zdr: true, data_collection: 'deny' } },
    thrifty: { model: 'acme/atlas-mini', provider: { sort: 'price' }, temperature: 0.2 },
  },
};
