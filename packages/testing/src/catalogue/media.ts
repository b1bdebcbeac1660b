import { defineEndpoint, type EndpointInput } from './endpoint.js';
import { model } from './model.js';
import type { GatewayEndpoint, GatewayModel } from './types.js';

const RETAINS = { retains: true, trains: false, publishes: false } as const;
const FREE_TOKENS = { prompt: '0', completion: '0' } as const;

function endpoint(tag: string, pricing: EndpointInput['pricing'], policy: Pick<EndpointInput, 'zdr' | 'dataPolicy' | 'stable'>): GatewayEndpoint {
  return defineEndpoint({ tag, pricing, contextLength: 32_000, supportedParameters: [], ...policy });
}

/** Billed by the token at two providers, and by the search at one. */
const compass = model('dune/compass', 'Dune: Compass', {
  contextLength: 32_000,
  outputModalities: ['rerank'],
  endpoints: [
    endpoint('deepinfra', { prompt: '0.00000002', completion: '0' }, { dataPolicy: RETAINS }),
    endpoint('nebius', { prompt: '0.00000003', completion: '0' }, { zdr: true }),
    endpoint('cohere', { ...FREE_TOKENS, request: '0.002' }, { zdr: true }),
  ],
});

const kiln = model('cinder/kiln', 'Cinder: Kiln', {
  contextLength: 32_000,
  inputModalities: ['text', 'image'],
  outputModalities: ['image'],
  endpoints: [
    endpoint('google-ai-studio', { prompt: '0.0000003', completion: '0', image: '0.02' }, { dataPolicy: RETAINS }),
    endpoint('google-vertex', { prompt: '0.0000003', completion: '0', image: '0.03' }, { zdr: true }),
  ],
});

/** Billed by the second of the film. */
const reel = model('cinder/reel', 'Cinder: Reel', {
  contextLength: 32_000,
  inputModalities: ['text', 'image'],
  outputModalities: ['video'],
  endpoints: [
    endpoint('google-vertex', { ...FREE_TOKENS, duration_seconds: '0.05' }, { zdr: true }),
    endpoint('together', { ...FREE_TOKENS, duration_seconds: '0.08' }, { dataPolicy: RETAINS }),
  ],
});

/** `prompt` is the price of a character. */
const lark = model('echo/lark', 'Echo: Lark', {
  contextLength: 32_000,
  outputModalities: ['speech'],
  endpoints: [
    endpoint('openai', { prompt: '0.000015', completion: '0' }, { dataPolicy: RETAINS }),
    endpoint('deepinfra', { prompt: '0.00001', completion: '0' }, { zdr: true }),
  ],
});

/** `audio` is the price of a second. */
const scribe = model('echo/scribe', 'Echo: Scribe', {
  contextLength: 32_000,
  inputModalities: ['audio'],
  outputModalities: ['transcription'],
  endpoints: [
    endpoint('groq', { ...FREE_TOKENS, audio: '0.00003' }, { dataPolicy: RETAINS }),
    endpoint('deepinfra', { ...FREE_TOKENS, audio: '0.00002' }, { zdr: true }),
  ],
});

/** The same model by the token. */
const scribePro = model('echo/scribe-pro', 'Echo: Scribe Pro', {
  ...scribe,
  description: 'Echo: Scribe Pro, an invented model for tests.',
  canonicalSlug: 'echo/scribe-pro-20260901',
  endpoints: [
    endpoint('openai', { prompt: '0.0000025', completion: '0.00001' }, { dataPolicy: RETAINS }),
    endpoint('azure', { prompt: '0.000003', completion: '0.000012' }, { zdr: true }),
  ],
});

const verdict = model('dune/verdict', 'Dune: Verdict', {
  contextLength: 32_000,
  outputModalities: ['decisions'],
  endpoints: [
    endpoint('together', { prompt: '0.00000004', completion: '0' }, { dataPolicy: RETAINS }),
    endpoint('nebius', { prompt: '0.00000006', completion: '0' }, { zdr: true }),
  ],
});

/** Models that give something else than text, at two providers at least: one that keeps data and one that does not. */
export const mediaModels: readonly GatewayModel[] = [compass, kiln, reel, lark, scribe, scribePro, verdict];
