import { type Catalogue, defaultCatalogue, defineEndpoint, type GatewayModel } from '@waypost/testing';

const RETAINS = { retains: true, trains: false, publishes: false } as const;

/** The documentation names models that exist; here they are rows of a catalogue, with invented prices. */
function likeModel(id: string, name: string, like: string): GatewayModel {
  const base = defaultCatalogue.models.find((one) => one.id === like);
  if (base === undefined) throw new Error(`${like} is not in the default catalogue`);
  return { ...base, id, name, canonicalSlug: `${id}-20260901` };
}

function model(id: string, name: string, endpoints: GatewayModel['endpoints'], like: string): GatewayModel {
  return { ...likeModel(id, name, like), endpoints };
}

const thinking = ['reasoning', 'include_reasoning', 'reasoning_effort', 'verbosity'];

const models: readonly GatewayModel[] = [
  model('openai/gpt-5.1', 'OpenAI: GPT-5.1', [
    defineEndpoint({ tag: 'openai', pricing: { prompt: '0.00000125', completion: '0.00001' }, dataPolicy: RETAINS }),
    defineEndpoint({ tag: 'azure', pricing: { prompt: '0.00000125', completion: '0.00001' }, zdr: true }),
  ], 'acme/atlas'),
  model('anthropic/claude-sonnet-4.6', 'Anthropic: Claude Sonnet 4.6', [
    defineEndpoint({ tag: 'anthropic', pricing: { prompt: '0.000003', completion: '0.000015' }, dataPolicy: RETAINS }),
    defineEndpoint({ tag: 'amazon-bedrock', pricing: { prompt: '0.000003', completion: '0.000015' }, zdr: true }),
    defineEndpoint({ tag: 'google-vertex', pricing: { prompt: '0.000003', completion: '0.000015' }, zdr: true }),
  ].map((endpoint) => ({ ...endpoint, supportedParameters: [...endpoint.supportedParameters, ...thinking] })), 'borealis/aurora'),
  model('qwen/qwen3-32b', 'Qwen: Qwen3 32B', [
    defineEndpoint({ tag: 'deepinfra/fp8', pricing: { prompt: '0.0000001', completion: '0.0000003' }, quantization: 'fp8', zdr: true }),
    defineEndpoint({ tag: 'groq', pricing: { prompt: '0.0000003', completion: '0.0000006' } }),
  ], 'acme/atlas-mini'),
  model('mistralai/mistral-small', 'Mistral: Small', [
    defineEndpoint({ tag: 'mistral', pricing: { prompt: '0.0000001', completion: '0.0000003' }, zdr: true }),
  ], 'acme/atlas-mini'),
  model('openai/text-embedding-3-small', 'OpenAI: Text Embedding 3 Small', [
    defineEndpoint({ tag: 'openai', pricing: { prompt: '0.00000002', completion: '0' }, supportedParameters: [] }),
  ], 'dune/vector'),
  ...([
    ['cohere/rerank-v3.5', 'Cohere: Rerank v3.5', 'dune/compass'],
    ['google/gemini-3-pro-image', 'Google: Gemini 3 Pro Image', 'cinder/kiln'],
    ['google/veo-3.1', 'Google: Veo 3.1', 'cinder/reel'],
    ['openai/gpt-4o-mini-tts', 'OpenAI: GPT-4o Mini TTS', 'echo/lark'],
    ['openai/whisper-1', 'OpenAI: Whisper', 'echo/scribe'],
  ] as const).map(([id, name, like]) => likeModel(id, name, like)),
];

export const catalogue: Catalogue = { ...defaultCatalogue, models: [...defaultCatalogue.models, ...models] };
