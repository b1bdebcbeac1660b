import type { ErrorBody } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { type Catalogue, createGateway, fail, faults, type GatewayOptions, ok } from '../src/index.js';
import { BASE, catalogueOf, chat, post, priced } from './helpers.js';

/** A body of the API, and what brings it about. `path`: default chat. */
interface Row {
  readonly name: string;
  readonly options?: GatewayOptions;
  readonly body?: object | string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly message: string | RegExp;
  readonly metadata?: object;
  /** How often the same request came before; default never. */
  readonly before?: number;
  /** There is no metadata. */
  readonly bare?: boolean;
  readonly more?: object;
}

const MORE = 'To learn more about provider routing, visit: https://openrouter.ai/docs/guides/routing/provider-selection';
const PRIVACY = 'https://openrouter.ai/settings/privacy';
const TOOL = { type: 'function', function: { name: 'tide', parameters: { type: 'object' } } };
const textOnly = catalogueOf(priced('azure', 1, { inputModalities: ['text'], supportedParameters: ['temperature', 'tools'] }));
const picture = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x.test/a.png' } }] }];

const trains = { retains: true, trains: true, publishes: false };
const publishes = { retains: true, trains: false, publishes: true };

/** `acme/one` as a free model. */
function freeCatalogue(dataPolicy: typeof trains): Catalogue {
  const catalogue = catalogueOf(priced('azure', 0, { dataPolicy }));
  return { ...catalogue, models: catalogue.models.map((model) => ({ ...model, id: 'acme/one:free', canonicalSlug: 'acme/one-1:free' })) };
}

const DENY = { provider: { data_collection: 'deny' } };

/** What the brackets of the message say, and what brings it about. */
const DATA_POLICIES: readonly (readonly [label: string, options: GatewayOptions, body: object])[] = [
  ['Zero data retention', { catalogue: textOnly }, { model: 'acme/one', provider: { zdr: true } }],
  ['Paid model training', { catalogue: catalogueOf(priced('azure', 1, { dataPolicy: trains })) }, { model: 'acme/one', ...DENY }],
  ['Free model training', { catalogue: freeCatalogue(trains) }, { model: 'acme/one:free', ...DENY }],
  ['Free model publication', { catalogue: freeCatalogue(publishes) }, { model: 'acme/one:free', ...DENY }],
];

/** Nothing matched. */
const ROUTING: readonly Row[] = [
  {
    name: 'only', body: { provider: { only: ['groq'] } }, status: 404,
    message: "No allowed providers are available for the selected model. Providers serving acme/atlas: openai, azure, deepinfra, but your request's provider.only preference permits only: groq.",
    metadata: { failed_routing_step: 'Filter by Allowed Providers', available_providers: ['openai', 'azure', 'deepinfra'], requested_providers: ['groq'] },
  },
  {
    name: 'only, of the account', options: { account: { only: ['groq'] } }, status: 404,
    message: `No allowed providers are available for the selected model. Providers serving acme/atlas: openai, azure, deepinfra, but your account's allowed-providers setting permits only: groq. Visit ${PRIVACY}.`,
    metadata: { failed_routing_step: 'Filter by Allowed Providers' },
  },
  {
    name: 'ignore', body: { provider: { ignore: ['openai', 'azure', 'deepinfra'] } }, status: 404,
    message: `All providers have been ignored. To change your default ignored providers, visit: ${PRIVACY}`, metadata: { failed_routing_step: 'Filter by Ignored Providers' },
  },
  {
    name: 'order that is a closed list', body: { provider: { order: ['groq'], allow_fallbacks: false } }, status: 404,
    message: 'No endpoints found for acme/atlas.', metadata: { failed_routing_step: 'Filter by Fallback' },
  },
  ...DATA_POLICIES.map(([label, options, body]): Row => ({
    name: label, options, body, status: 404, message: `No endpoints found matching your data policy (${label}). Configure: ${PRIVACY}`,
    metadata: { failed_routing_step: 'Filter by Data Policy' },
  })),
  {
    name: 'guardrails of the account', options: { catalogue: textOnly, account: { zdr: true } }, body: { model: 'acme/one' }, status: 404,
    message: /^0 endpoints out of 1 requested are available matching your guardrail restrictions and data policy\. We removed them for the following reasons \(.*\): zdr-violation-by-guardrail \(1\)$/,
    metadata: { failed_routing_step: 'Filter by Guardrails', input_endpoint_count: 1, ineligibility_reasons: [{ reason: 'zdr-violation-by-guardrail', endpoint_count: 1 }] },
  },
  {
    name: 'parameters', options: { catalogue: textOnly }, body: { model: 'acme/one', top_k: 3, provider: { require_parameters: true } }, status: 404,
    message: `No endpoints found that can handle the requested parameters. ${MORE}`, metadata: { failed_routing_step: 'Filter by Parameters' },
  },
  {
    name: 'tools', body: { model: 'cinder/spark', tools: [TOOL] }, status: 404,
    message: `No endpoints found that support tool use. Try disabling "tide". ${MORE}`, metadata: { failed_routing_step: 'Filter by Tool Compatibility' },
  },
  {
    name: 'tool_choice', options: { catalogue: textOnly }, body: { model: 'acme/one', tools: [TOOL], tool_choice: 'required' }, status: 404,
    message: `No endpoints found that support the provided 'tool_choice' value. ${MORE}`, metadata: { failed_routing_step: 'Filter by Tool Compatibility' },
  },
  {
    name: 'images', options: { catalogue: textOnly }, body: { model: 'acme/one', messages: picture }, status: 404,
    message: 'No endpoints found that support image input', metadata: { failed_routing_step: 'Filter by Image Support' },
  },
  {
    name: 'output modalities', body: { modalities: ['image', 'text'] }, status: 404,
    message: 'No endpoints found that support the requested output modalities: image, text', metadata: { failed_routing_step: 'Filter by Model Output Modalities' },
  },
  { name: 'quantization (words assumed)', body: { provider: { quantizations: ['int4'] } }, status: 404, message: 'No endpoints found for acme/atlas.', metadata: { failed_routing_step: 'Filter by Quantization' } },
  { name: 'max_price (words assumed)', body: { provider: { max_price: { prompt: 0.1 } } }, status: 404, message: 'No endpoints found for acme/atlas.', metadata: { failed_routing_step: 'Filter by Max Price' } },
  { name: 'cache control', options: { scenario: { gateway: faults.noCacheControl() } }, status: 404, message: 'No endpoints found that support cache control', bare: true },
  {
    name: 'a free variant that is not there', body: { model: 'acme/atlas:free' }, status: 404,
    message: 'This model is unavailable for free. The paid version is available now - use this slug instead: acme/atlas',
  },
  {
    name: 'the auto router', body: { model: 'openrouter/auto', plugins: [{ id: 'auto-router', allowed_models: ['nobody/*'] }] }, status: 404,
    message: 'No models match your request and model restrictions',
  },
  {
    name: 'agents only', options: { scenario: { gateway: faults.agentsOnly() } }, status: 403,
    message: /^acme\/atlas-mini:free is only available on agentic harnesses/, metadata: { failed_routing_step: 'Gate Free Endpoints by Agentic Harness' },
  },
];

const limited = (limit: string, resetAt: number): object => ({ 'X-RateLimit-Limit': limit, 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(resetAt) });
const free = { model: 'acme/atlas-mini:free' };

/** Everything else. */
const OTHER: readonly Row[] = [
  { name: 'no key', headers: { authorization: '' }, status: 401, message: 'Missing Authentication header', bare: true },
  { name: 'a bad key', options: { apiKeys: ['sk-or-v1-other'] }, status: 401, message: 'User not found.', bare: true },
  { name: 'an unknown model', body: { model: 'a/b' }, status: 400, message: 'a/b is not a valid model ID', more: { user_id: expect.any(String) } },
  { name: 'no messages', body: { messages: undefined }, status: 400, message: 'Input required: specify "prompt" or "messages"' },
  { name: 'no JSON', body: '{"model":', status: 400, message: 'Input must have at least 1 token.', metadata: { provider_name: null } },
  {
    name: 'too long', body: { model: 'cinder/spark', messages: [{ role: 'user', content: 'x'.repeat(40_000) }] }, status: 400,
    message: /^This endpoint's maximum context length is 8192 tokens\. However, you requested about 10003 tokens \(/, metadata: { provider_name: null, previous_errors: [{ code: 400 }] },
  },
  {
    name: 'more credits', options: { enforceCredits: true, credits: 0.0001 }, body: { max_tokens: 1000, provider: { only: ['azure'] } }, status: 402,
    message: /^This request requires more credits, or fewer max_tokens\. You requested up to 1000 tokens, but can only afford 7\. To increase, visit https:\/\/openrouter\.ai\/settings\/credits and /,
    metadata: { provider_name: null, reason: 'weight_exceeds_budget', limit_source: 'openrouter_credits' },
  },
  { name: 'more credits, scripted', options: { scenario: { gateway: faults.moreCredits({ requested: 9, affordable: 3 }) } }, status: 402, message: /You requested up to 9 tokens, but can only afford 3\./ },
  {
    name: 'credits in flight', options: { scenario: { gateway: faults.inFlight(2) } }, status: 402,
    message: 'This request would exceed your available credits given your current in-flight requests. Retry after in-flight requests settle, or add credits.',
    metadata: { reason: 'in_flight_budget_exhausted', limit_source: 'openrouter_in_flight_budget', remedy_hint: expect.any(String) },
  },
  { name: 'no credits', options: { enforceCredits: true, credits: 0 }, status: 402, message: 'Insufficient credits. Add more using https://openrouter.ai/credits', metadata: { reason: 'weight_exceeds_budget', limit_source: 'openrouter_credits' } },
  { name: 'the limit of a key', options: { scenario: { gateway: faults.keyLimit() } }, status: 402, message: /./, metadata: { reason: 'weight_exceeds_budget', limit_source: 'openrouter_key_limit' } },
  {
    name: 'moderation', options: { scenario: { moderation: { words: ['Hello'], reasons: ['greeting'] } } }, body: { provider: { only: ['azure'] } }, status: 403, message: /./,
    metadata: { reasons: ['greeting'], flagged_input: 'Hello', provider_name: 'Azure', model_slug: 'acme/atlas' },
  },
  { name: 'an injection', options: { scenario: { gateway: faults.injection(['ignore']) } }, status: 403, message: 'Request blocked: prompt injection patterns detected', metadata: { patterns: ['ignore'] } },
  {
    name: 'a budget', options: { scenario: { gateway: faults.budget() } }, status: 403, message: /^Workspace monthly budget of \$500\.00 exceeded\. /,
    metadata: { limit_source: 'openrouter_workspace_budget', scope: 'workspace', limit_usd: 500, spend_usd: expect.any(Number), resets_at: expect.any(String) },
  },
  {
    name: 'the free tier, by the minute', options: { scenario: { limits: { free: { perMinute: 1 } } } }, body: free, before: 1, status: 429, message: 'Rate limit exceeded: free-models-per-min. ',
    metadata: { limit_source: 'openrouter_free_tier_per_minute', remedy_hint: expect.any(String), headers: expect.objectContaining({ 'X-RateLimit-Remaining': '0' }) },
  },
  ...([['day', '50', 'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day'], ['day-high-balance', '1000', 'Rate limit exceeded: free-models-per-day-high-balance. ']] as const).map(([window, limit, message]): Row => ({
    name: `the free tier, ${window}`, options: { scenario: { gateway: faults.freeTier(1_790_000_060_000, window) } }, status: 429, message,
    metadata: { headers: limited(limit, 1_790_000_060_000), limit_source: 'openrouter_free_tier_daily', remedy_hint: expect.any(String) },
  })),
  {
    name: 'upstream, 429', options: { scenario: { models: { 'acme/atlas': fail(429, { raw: '{"error":"slow"}', retryAfter: 3 }) } } }, body: { provider: { only: ['azure'] } }, status: 429, message: 'Provider returned error',
    metadata: { raw: '{"error":"slow"}', provider_name: 'Azure', is_byok: false, provider_error_code: '429', limit_source: 'upstream_provider_shared_pool', remedy_hint: expect.any(String), retry_after_seconds: 3, retry_after_seconds_raw: 3, headers: { 'Retry-After': '3' } },
    more: { user_id: expect.any(String) },
  },
  {
    name: 'upstream, 429, on an own key', options: { account: { byok: { azure: { use: 'prioritized', always: true } } }, scenario: { endpoints: { azure: fail(429) } } }, body: { provider: { only: ['azure'] } }, status: 429, message: 'Provider returned error',
    metadata: { is_byok: true, limit_source: 'upstream_provider_byok' },
  },
  {
    name: 'upstream, others', options: { scenario: { endpoints: { azure: fail(502, { raw: 'bad gateway' }), openai: fail(503) } } }, body: { provider: { order: ['openai', 'azure'], allow_fallbacks: false } }, status: 502, message: 'Provider returned error',
    metadata: { raw: 'bad gateway', provider_name: 'Azure', is_byok: false, previous_errors: [{ code: 503, provider: 'OpenAI' }] },
  },
  { name: 'an unknown route', path: '/nowhere', status: 404, message: 'Not Found' },
  { name: 'masked', options: { scenario: { gateway: faults.internal() } }, status: 500, message: 'Internal Server Error', bare: true },
  // what the specification gives as the words of a status
  ...([[408, 'Operation timed out. Please try again later.'], [413, 'Request payload too large'], [422, 'Invalid argument'], [503, 'Service temporarily unavailable'], [524, 'Request timed out. Please try again later.']] as const)
    .map(([status, message]): Row => ({ name: `status ${status}`, options: { scenario: { gateway: fail(status, { message }) } }, status, message })),
  // the other skin
  {
    name: '/responses, before it begins', path: '/responses', options: { scenario: { models: { 'acme/atlas': fail(429, { errorType: 'rate_limit_exceeded' }) } } }, body: { input: 'Hello' }, status: 429, message: 'Provider returned error',
    metadata: { error_type: 'rate_limit_exceeded' }, more: { error_type: 'rate_limit_exceeded' },
  },
];

describe.each([['where nothing matched', ROUTING], ['otherwise', OTHER]] as const)('errors of the API, %s', (_part, rows) => {
  it.each(rows)('$name', async ({ options = {}, body = {}, path = '/chat/completions', headers = {}, status, message, metadata, bare, before = 0, more = {} }) => {
    const gateway = createGateway(options);
    const whole = typeof body === 'string' ? body : { model: 'acme/atlas', ...(path === '/responses' ? {} : { messages: [{ role: 'user', content: 'Hello' }] }), ...body };
    for (let i = 0; i < before; i += 1) await post(gateway, path, whole, { headers });
    const response = await post(gateway, path, whole, { headers });
    const error = (await response.json()) as ErrorBody;
    expect(response.status).toBe(status);
    expect(error).toMatchObject({ error: { code: status, message: typeof message === 'string' ? message : expect.stringMatching(message) }, ...more });
    if (metadata !== undefined) expect(error.error.metadata).toMatchObject(metadata);
    if (bare === true) expect(error.error.metadata).toBeUndefined();
  });
});

describe('errors of a shape of their own', () => {
  it('has a generation that is not there', async () => {
    const response = await createGateway().fetch(`${BASE}/generation?id=gen-1`, { headers: { authorization: 'Bearer k' } });
    expect([response.status, await response.json()]).toMatchObject([404, { error: { code: 404, message: 'Generation gen-1 not found' } }]);
  });

  it('has the edge, which answers HTML', async () => {
    const response = await chat(createGateway({ scenario: { gateway: [faults.htmlTimeout(), ok()] } }));
    expect([response.status, response.headers.get('content-type')]).toEqual([524, 'text/html; charset=UTF-8']);
  });

  it('has a run of /responses that fails: 200, and a status', async () => {
    const gateway = createGateway({ scenario: { wire: { error: { detail: { code: 429, message: 'slow', metadata: { error_type: 'rate_limit_exceeded' } } } } } });
    const response = await post(gateway, '/responses', { model: 'acme/atlas', input: 'Hello' });
    expect([response.status, await response.json()]).toMatchObject([200, { status: 'failed', error: { code: 'rate_limit_exceeded', message: 'slow' }, error_type: 'rate_limit_exceeded' }]);
  });
});
