import type { EndpointList, ModelEndpoints, ModelList, ProviderList } from '@waypost/core';
import { toWireEndpoint, toWireModel } from '../catalogue/to-wire.js';
import type { GatewayModel } from '../catalogue/types.js';
import { splitModelId } from '../routing/model-id.js';
import { errorBody } from '../serve/error-body.js';
import type { GatewayState } from '../state.js';
import type { Exchange } from './exchange.js';

function list(value: string | null): readonly string[] {
  return value === null ? [] : value.split(',').map((entry) => entry.trim()).filter(Boolean);
}

function selected(state: GatewayState, query: URLSearchParams): readonly GatewayModel[] {
  const outputs = list(query.get('output_modalities') ?? 'text');
  const inputs = list(query.get('input_modalities'));
  const parameters = list(query.get('supported_parameters'));
  const providers = list(query.get('providers'));
  const text = (query.get('q') ?? '').toLowerCase();
  return state.catalogue.models
    .filter((model) => outputs.includes('all') || model.outputModalities.some((modality) => outputs.includes(modality)))
    .filter((model) => inputs.every((modality) => model.inputModalities.includes(modality)))
    .filter((model) => parameters.every((name) => model.endpoints.some((endpoint) => endpoint.supportedParameters.includes(name))))
    .filter((model) => providers.length === 0 || model.endpoints.some((endpoint) => providers.includes(endpoint.provider)))
    .filter((model) => query.get('zdr') !== 'true' || model.endpoints.some((endpoint) => endpoint.zdr))
    .filter((model) => query.get('distillable') !== 'true' || model.distillable)
    .filter((model) => `${model.id} ${model.name}`.toLowerCase().includes(text));
}

/** The last two segments before `/endpoints`, or the last two, as a model; aliases and variants are resolved. */
function named({ state, request }: Exchange): { readonly model: GatewayModel | undefined; readonly alias: boolean } {
  const path = new URL(request.url).pathname.replace(/\/endpoints$/, '');
  const id = path.split('/').slice(-2).map(decodeURIComponent).join('/');
  const alias = state.catalogue.aliases[id];
  const wanted = alias ?? id;
  const find = (key: string): GatewayModel | undefined => state.catalogue.models.find((model) => model.id === key || model.canonicalSlug === key);
  return { model: find(wanted) ?? find(splitModelId(wanted).base), alias: alias !== undefined };
}

function notFound(): Response {
  return Response.json(errorBody(404, 'Resource not found'), { status: 404 });
}

function authenticated(request: Request): boolean {
  return request.headers.has('authorization');
}

/** `GET` routes about models and providers, by path; none of them needs a key. */
export const catalogueRoutes: Readonly<Record<string, (exchange: Exchange) => Response>> = {
  '/models': ({ state, request }) => {
    const query = new URL(request.url).searchParams;
    const models = selected(state, query);
    const offset = Number(query.get('offset') ?? 0);
    const limit = query.has('limit') ? Number(query.get('limit')) : query.has('offset') ? 500 : models.length;
    const next = offset + limit < models.length ? `/api/v1/models?offset=${offset + limit}&limit=${limit}` : null;
    const body: ModelList = {
      data: models.slice(offset, offset + limit).map((model) => toWireModel(model)), total_count: models.length, links: { next },
    };
    return Response.json(body, { headers: { 'cache-control': 'public, max-age=120, stale-while-revalidate=3600' } });
  },
  '/models/count': ({ state, request }) =>
    Response.json({ data: { count: selected(state, new URL(request.url).searchParams).length } }),
  '/model/:author/:slug': (exchange) => {
    const { model, alias } = named(exchange);
    return model === undefined ? notFound() : Response.json({ data: toWireModel(model, alias ? { slug: model.id, name: model.name } : undefined) });
  },
  '/models/:author/:slug/endpoints': (exchange) => {
    const { model } = named(exchange);
    if (model === undefined) return notFound();
    const { state, request } = exchange;
    const { architecture } = toWireModel(model);
    const body: ModelEndpoints = {
      data: {
        id: model.id, name: model.name, created: model.created, description: model.description,
        ...(architecture === undefined ? {} : { architecture }),
        endpoints: model.endpoints.map((endpoint) => toWireEndpoint(endpoint, model, state.display(endpoint.provider), authenticated(request))),
      },
    };
    return Response.json(body);
  },
  '/providers': ({ state }) => {
    const body: ProviderList = { data: [...state.catalogue.providers] };
    return Response.json(body);
  },
  '/endpoints/zdr': ({ state, request }) => {
    const body: EndpointList = {
      data: state.catalogue.models.flatMap((model) => model.endpoints.filter((endpoint) => endpoint.zdr)
        .map((endpoint) => toWireEndpoint(endpoint, model, state.display(endpoint.provider), authenticated(request)))),
    };
    return Response.json(body);
  },
};
