import type { Endpoint, ModelEndpoints } from '../../src/wire/models.js';
import { planRoute, type RouteOptions, type RoutePlan, type RouteRequest } from '../../src/routing/index.js';

const PARAMETERS = ['temperature', 'max_tokens', 'tools', 'tool_choice', 'response_format', 'structured_outputs'];

/** An endpoint that costs so many USD per million tokens, prompt and completion each. */
export function priced(tag: string, perMillion: number, more: Partial<Endpoint> = {}): Endpoint {
  const [digits, exponent = '0'] = String(perMillion).split('e');
  const price = `${digits}e${Number(exponent) - 6}`;
  return {
    tag,
    provider_name: tag.replace(/\/.*/, ''),
    pricing: { prompt: price, completion: price },
    context_length: 100_000,
    max_completion_tokens: null,
    supported_parameters: PARAMETERS,
    status: 0,
    ...more,
  };
}

/** A model that takes and gives text, as the API lists it. */
export function listed(id: string, ...endpoints: Endpoint[]): ModelEndpoints['data'] {
  return { id, architecture: { input_modalities: ['text'], output_modalities: ['text'] }, endpoints };
}

export const MODEL = 'acme/one';

/** Plans a request over endpoints of one model. */
export function plan(request: RouteRequest, endpoints: readonly Endpoint[], options?: RouteOptions): RoutePlan {
  return planRoute({ model: MODEL, ...request }, listed(MODEL, ...endpoints), options);
}

export const tags = ({ order }: RoutePlan): readonly string[] => order.map(({ tag }) => tag);

export const chances = ({ order }: RoutePlan): readonly (readonly [string, number | undefined])[] => order.map(({ tag, probability }) => [tag, probability]);

/** Endpoints that no step dropped, whether or not they are tried. */
export function eligible({ candidates, funnel }: RoutePlan): readonly string[] {
  const dropped = funnel.flatMap((step) => step.dropped.map(({ candidate }) => candidate.endpoint));
  return candidates.filter(({ endpoint }) => !dropped.includes(endpoint)).map(({ tag }) => tag);
}

/** The same seed gives the same numbers; mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
