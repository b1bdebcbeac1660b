import type { Exchange } from '@waypost-tests/fixtures';
import { type Catalogue, CHAT_PARAMETERS, defaultCatalogue, defineEndpoint, type GatewayEndpoint, type GatewayModel } from '@waypost/testing';
import { fields, text } from './json.js';

const OUTPUTS: Readonly<Record<string, string>> = { embeddings: 'embeddings', rerank: 'rerank', images: 'image', videos: 'video' };
const PARAMETERS = [...CHAT_PARAMETERS, 'reasoning', 'include_reasoning', 'logprobs', 'top_logprobs', 'verbosity', 'logit_bias', 'min_p', 'top_a', 'prediction'];

const named = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []);

/** Without the variants that any model has. */
const listed = (id: string): string => id.replace(/:(?:nitro|floor|exacto|online)\b/g, '').replace(/@preset\/.*$/, '');

function endpointOf(exchange: Exchange): GatewayEndpoint {
  // such a prompt was left out of the recording: whatever there is, is too long
  const isTooLong = exchange.kind === 'errors' && JSON.stringify(exchange.response.body ?? null).includes('maximum context length');
  const provider = fields(fields(exchange.request.body)['provider']);
  return defineEndpoint({
    tag: [...named(provider['only']), ...named(provider['order']), 'served'][0] ?? 'served',
    zdr: true,
    quantization: named(provider['quantizations'])[0] ?? null,
    pricing: { prompt: '0.0000000001', completion: '0.0000000002' },
    contextLength: isTooLong ? 1 : 10_000_000,
    supportedParameters: PARAMETERS,
  });
}

/** The ids that a request names. */
export function modelsIn({ request, model }: Exchange): readonly string[] {
  const body = fields(request.body);
  const ids = named([body['model'], ...named(body['models'])]);
  return ids.length > 0 ? ids : [model ?? 'recorded/model'];
}

/** A preset that a recorded request names, and that says nothing. */
function presetsOf({ request }: Exchange): Catalogue['presets'] {
  const { model, preset } = fields(request.body);
  const slug = /@preset\/(.*)$/.exec(`${String(model)} ${String(preset)}`)?.[1];
  return slug === undefined ? {} : { [slug]: {} };
}

/** A catalogue with the models that a recorded request names, one endpoint each. */
export function catalogueOf(exchange: Exchange, change: (endpoint: GatewayEndpoint) => readonly GatewayEndpoint[] = (endpoint) => [endpoint]): Catalogue {
  const output = OUTPUTS[exchange.kind] ?? 'text';
  const [like] = defaultCatalogue.models;
  if (like === undefined) throw new Error('the default catalogue has models');
  const ids = modelsIn(exchange).map(listed);
  const models = [...new Set(ids.some((id) => id.startsWith('openrouter/')) ? [...ids, 'recorded/model'] : ids)].map((id): GatewayModel => ({
    ...like, id, canonicalSlug: id, inputModalities: ['text', 'image', 'file', 'audio', 'video'], outputModalities: [output, 'text', 'image'], endpoints: change(endpointOf(exchange)),
  }));
  return { ...defaultCatalogue, models, presets: presetsOf(exchange), providers: [{ ...defaultCatalogue.providers[0], slug: 'served', name: text(fields(exchange.response.body)['provider']) ?? 'Served' }] };
}
