import type { EndpointList, ModelEndpoints, ModelList, ProviderList } from '@waypost/core';
import { toWireEndpoint, toWireModel } from '../catalogue/to-wire.js';
import type { GatewayModel } from '../catalogue/types.js';
import { accountAllows } from '../routing/account-allows.js';
import { errorBody } from '../serve/error-body.js';
import type { Exchange } from './exchange.js';
import { refuse } from './media-body.js';
import { checkQuery, selectModels } from './select-models.js';

/** How many models come where only `offset` is given. */
const DEFAULT_LIMIT = 500;

/** One page of models; all of them where the query says nothing of pages. */
function page(models: readonly GatewayModel[], request: Request): Response {
  const { pathname, searchParams: query } = new URL(request.url);
  const offset = Number(query.get('offset') ?? 0);
  const limit = query.has('limit') ? Number(query.get('limit')) : query.has('offset') ? DEFAULT_LIMIT : models.length;
  const next = offset + limit < models.length ? `${pathname}?offset=${offset + limit}&limit=${limit}` : null;
  const body: ModelList = {
    data: models.slice(offset, offset + limit).map((model) => toWireModel(model)), total_count: models.length, links: { next },
  };
  return Response.json(body, { headers: { 'cache-control': 'public, max-age=120, stale-while-revalidate=3600' } });
}

/** A list of models, filtered as the query says and by `allowed`; `output` where the route itself is about one kind. */
function modelList({ state, request }: Exchange, { output, allowed = () => true }: { readonly output?: string; readonly allowed?: (model: GatewayModel) => boolean } = {}): Response {
  const query = new URL(request.url).searchParams;
  if (output !== undefined) query.set('output_modalities', output);
  const problem = checkQuery(query);
  return problem === undefined ? page(selectModels(state, query).filter(allowed), request) : refuse(problem);
}

/** A segment of a path; one that is no text names nothing, as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The last two segments before `/endpoints`, or the last two, as a model; aliases and variants are resolved. */
function named({ state, request }: Exchange): { readonly model: GatewayModel | undefined; readonly alias: boolean } {
  const path = new URL(request.url).pathname.replace(/\/endpoints$/, '');
  const id = path.split('/').slice(-2).map(decoded).join('/');
  const alias = state.catalogue.aliases[id];
  const wanted = alias ?? id;
  const find = (key: string): GatewayModel | undefined => state.catalogue.models.find((model) => model.id === key || model.canonicalSlug === key);
  return { model: find(wanted) ?? find(wanted.replace(/[:@].*$/, '')), alias: alias !== undefined };
}

function notFound(): Response {
  return Response.json(errorBody(404, 'Resource not found'), { status: 404 });
}

function authenticated(request: Request): boolean {
  return request.headers.has('authorization');
}

/** `GET /models/user`: the models that have an endpoint which the account's settings let through. Needs a key. */
export function userModels(exchange: Exchange): Response {
  return modelList(exchange, { allowed: (model) => accountAllows(exchange.state, model) });
}

/** `GET` routes about models and providers, by path; none of them needs a key. */
export const catalogueRoutes: Readonly<Record<string, (exchange: Exchange) => Response>> = {
  '/models': (exchange) => modelList(exchange),
  '/models/count': ({ state, request }) => {
    const query = new URL(request.url).searchParams;
    const problem = checkQuery(query);
    return problem === undefined ? Response.json({ data: { count: selectModels(state, query).length } }) : refuse(problem);
  },
  '/embeddings/models': (exchange) => modelList(exchange, { output: 'embeddings' }),
  '/images/models': (exchange) => modelList(exchange, { output: 'image' }),
  '/videos/models': (exchange) => modelList(exchange, { output: 'video' }),
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
