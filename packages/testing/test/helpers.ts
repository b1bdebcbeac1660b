import type { ChatChunk, ChatRequest, ChatResponse, ErrorBody } from '@waypost/core';
import { type Catalogue, createGateway, defaultCatalogue, type EndpointInput, defineEndpoint, type Gateway, type GatewayOptions, type RouteOptions, planRoute, type RouteResult } from '../src/index.js';

export const BASE = 'http://gateway.local/api/v1';

export type Body = Partial<ChatRequest> & Readonly<Record<string, unknown>>;

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const HELLO = [{ role: 'user', content: 'Hello' }] as const;

export function post(gateway: Gateway, path: string, body: unknown, options: CallOptions = {}): Promise<Response> {
  return gateway.fetch(`${BASE}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-or-v1-secret', 'content-type': 'application/json', ...options.headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

export function chat(gateway: Gateway, body: object = {}, options: CallOptions = {}): Promise<Response> {
  return post(gateway, '/chat/completions', { model: 'acme/atlas', messages: HELLO, ...body }, options);
}

export async function chatJson(gateway: Gateway, body: object = {}, options: CallOptions = {}): Promise<ChatResponse> {
  return (await chat(gateway, body, options)).json() as Promise<ChatResponse>;
}

/** One request to a gateway of its own. */
export function once(options: GatewayOptions, body: object = {}): Promise<Response> {
  return chat(createGateway(options), body);
}

export async function errorOf(response: Response): Promise<ErrorBody> {
  return (await response.json()) as ErrorBody;
}

export interface Sse {
  readonly chunks: readonly ChatChunk[];
  readonly comments: readonly string[];
  readonly done: boolean;
}

/** A naive reader, which takes the whole text at once. */
export function parseSse(text: string): Sse {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const data = lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
  return {
    chunks: data.filter((entry) => entry !== '[DONE]').map((entry) => JSON.parse(entry) as ChatChunk),
    comments: lines.filter((line) => line.startsWith(':')),
    done: data.includes('[DONE]'),
  };
}

export async function chatSse(gateway: Gateway, body: object = {}): Promise<Sse> {
  return parseSse(await (await chat(gateway, { ...body, stream: true })).text());
}

/** A catalogue of one model, `acme/one`, with these endpoints. */
export function catalogueOf(...endpoints: readonly EndpointInput[]): Catalogue {
  const [first] = defaultCatalogue.models;
  if (first === undefined) throw new Error('The default catalogue has models.');
  return { ...defaultCatalogue, models: [{ ...first, id: 'acme/one', canonicalSlug: 'acme/one-1', name: 'One', endpoints: endpoints.map(defineEndpoint) }] };
}

export function priced(tag: string, perMillion: number, more: Partial<EndpointInput> = {}): EndpointInput {
  return { tag, pricing: { prompt: `${perMillion}e-6`, completion: `${perMillion}e-6` }, ...more };
}

export function route(body: Body, options: Partial<RouteOptions> = {}): RouteResult {
  return planRoute({ model: 'acme/atlas', messages: [...HELLO], ...body }, { catalogue: defaultCatalogue, random: () => 0, ...options });
}

/** Tags in the order of trying; fails where routing does. */
export function tags(result: RouteResult): readonly string[] {
  if (!result.ok) throw new Error(`${String(result.failedStep)}: ${result.refusal.message}`);
  return result.plan.order.map(({ endpoint }) => endpoint.tag);
}
