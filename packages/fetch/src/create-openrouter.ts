import {
  type Answer,
  type CallOptions,
  type ClientConfig,
  createConfig,
  createResilience,
  type Credits,
  extendConfig,
  type Generation,
  type KeyInfo,
  openChat,
  type Provider,
  type ProviderList,
  requirePlain,
  sendChat,
} from '@waypost/core';
import type { ChatInput, EmbedInput } from './chat-request.js';
import { CHAT, type ChatStream } from './chat-stream.js';
import { type ChatResult, convertResponse } from './convert-response.js';
import { bindConfig } from './config-of.js';
import { dataOf } from './data-of.js';
import { debugged } from './debug.js';
import { embed, type EmbedResult } from './embed.js';
import { fetchGeneration, type GenerationOptions } from './generation.js';
import { createModels, type Models } from './models.js';
import { defaultsBody, type OpenRouterOptions, requireLayer, type RouteOptions, type WithOptions } from './options.js';
import { type RequestOptions, requestRoute } from './request.js';
import { streamRoute } from './stream-route.js';

/**
 * A client of OpenRouter's API. Its methods need no `this`, and may be passed around. Each rejects with an `InvalidOptionsError` or
 * `PolicyConflictError` before anything is sent; with an `APIError`, `NetworkError`, `TimeoutError` or `StreamError` for what
 * happens after; or with the reason of the signal.
 */
export interface OpenRouter {
  /**
   * Sends a chat request and waits for the whole answer.
   *
   * @throws {PolicyViolationError} when `verify` asks for it.
   * @example
   * const { text, receipt } = await openrouter.chat({ model: 'openai/gpt-5.1', messages: [{ role: 'user', content: 'Hi' }] });
   */
  chat(request: ChatInput, options?: CallOptions): Promise<ChatResult>;
  /** The same, chunk by chunk. Nothing is sent before the first read or await. See {@link ChatStream}. */
  stream(request: ChatInput, options?: CallOptions): ChatStream;
  /** Vectors of texts, in their order. */
  embed(request: EmbedInput, options?: CallOptions): Promise<EmbedResult>;
  readonly models: Models;
  /** All providers; needs no key. */
  providers(options?: RouteOptions): Promise<Provider[]>;
  /** Limits and spending of the key in use, in USD. */
  key(options?: RouteOptions): Promise<KeyInfo['data']>;
  /** Credits bought and used, in USD. */
  credits(options?: RouteOptions): Promise<Credits['data']>;
  /**
   * The settled record of a generation. It appears some time after the call, so it is asked for again while the server does not have it:
   * for 30 seconds, or `waitMs`.
   *
   * @throws {APIError} with status 404 when it is not there by then; at once for anything else that the server answers.
   * @example
   * const { total_cost: usd } = await openrouter.generation(receipt.id);
   */
  generation(id: string, options?: GenerationOptions): Promise<Generation['data']>;
  /**
   * JSON to and from any other route below the base URL; `body` is undefined where an answer has none (204). On inference routes the
   * client's policy holds as everywhere. What is no JSON, or a stream, has a function of its own: see the entries `/media`, `/responses` and
   * `/completions`.
   *
   * @example
   * const { body } = await openrouter.request('/embeddings/models');
   */
  request(path: string, options?: RequestOptions): Promise<Answer<unknown>>;
  /**
   * A client with one more layer: guardrails only tighten, other settings stand over this client's.
   *
   * @throws {InvalidOptionsError}
   * @example
   * const careful = openrouter.with({ provider: { zdr: true } });
   */
  with(policy: WithOptions): OpenRouter;
}

function clientOf(config: ClientConfig): OpenRouter {
  const client: OpenRouter = {
    async chat(request, options) {
      const { response, receipt, warnings } = await sendChat(config, { body: request, options });
      return convertResponse(response, receipt, warnings);
    },
    stream: (request, options) => streamRoute((call) => openChat(config, call), request, options, CHAT),
    embed: (request, options) => embed(config, request, options),
    models: createModels(config),
    providers: (options) => dataOf<ProviderList['data']>(config, { path: '/providers', keyed: false, options }),
    key: (options) => dataOf<KeyInfo['data']>(config, { path: '/key', options }),
    credits: (options) => dataOf<Credits['data']>(config, { path: '/credits', options }),
    generation: (id, options) => fetchGeneration(config, id, options),
    request: (path, options) => requestRoute(config, path, options),
    with(policy) {
      requireLayer(policy);
      return clientOf(extendConfig(config, 'with', policy, defaultsBody(policy)));
    },
  };
  return bindConfig(client, config);
}

/**
 * Makes a client of OpenRouter's API.
 *
 * @param options all optional; the key defaults to `OPENROUTER_API_KEY`.
 * @throws {InvalidOptionsError} listing everything that is wrong with the options. A missing key is told when it is needed.
 * @example
 * const openrouter = createOpenRouter({ provider: { zdr: true, sort: 'throughput' }, models: ['openai/gpt-5.1', 'qwen/qwen3-32b'] });
 * const { text } = await openrouter.chat({ messages: [{ role: 'user', content: 'Hi' }] });
 */
export function createOpenRouter(options: OpenRouterOptions = {}): OpenRouter {
  requirePlain(options);
  const given = options.debug ? debugged(options, options.debug) : options;
  return clientOf(createConfig(given, { body: defaultsBody(options), resilience: createResilience }));
}
