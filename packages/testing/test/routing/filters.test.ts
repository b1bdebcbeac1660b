import { describe, expect, it } from 'vitest';
import type { AccountSettings, RouteOptions } from '../../src/index.js';
import { type Body, catalogueOf, priced, route, tags } from '../helpers.js';

const MORE = 'To learn more about provider routing, visit: https://openrouter.ai/docs/guides/routing/provider-selection';
const WEATHER = { type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: {} } } } as const;
const PICTURE = [{ role: 'user' as const, content: [{ type: 'image_url' as const, image_url: { url: 'data:image/png;base64,AA==' } }] }];

interface Case {
  readonly name: string;
  readonly body: Body;
  readonly step: string;
  readonly message: string;
  readonly options?: Partial<RouteOptions>;
}

const account = (settings: AccountSettings): Partial<RouteOptions> => ({ account: settings });

const cases: readonly Case[] = [
  {
    name: 'zdr', body: { model: 'acme/atlas-mini:free', provider: { zdr: true } }, step: 'Filter by Data Policy',
    message: 'No endpoints found matching your data policy (Zero data retention). Configure: https://openrouter.ai/settings/privacy',
  },
  {
    name: 'data_collection on a free model', body: { model: 'acme/atlas-mini:free', provider: { data_collection: 'deny' } }, step: 'Filter by Data Policy',
    message: 'No endpoints found matching your data policy (Free model training). Configure: https://openrouter.ai/settings/privacy',
  },
  {
    name: 'data_collection on a paid model', body: { model: 'acme/one', provider: { data_collection: 'deny' } }, step: 'Filter by Data Policy',
    options: { catalogue: catalogueOf(priced('groq', 1, { dataPolicy: { retains: false, trains: true, publishes: false } })) },
    message: 'No endpoints found matching your data policy (Paid model training). Configure: https://openrouter.ai/settings/privacy',
  },
  {
    name: 'only', body: { provider: { only: ['groq', 'OpenAI'] } }, step: 'Filter by Allowed Providers',
    message: "No allowed providers are available for the selected model. Providers serving acme/atlas: openai, azure, deepinfra, but your request's provider.only preference permits only: groq, OpenAI.",
  },
  {
    name: 'only of the account', body: {}, step: 'Filter by Allowed Providers', options: account({ only: ['groq'] }),
    message: "No allowed providers are available for the selected model. Providers serving acme/atlas: openai, azure, deepinfra, but your account's allowed-providers setting permits only: groq. Visit https://openrouter.ai/settings/privacy.",
  },
  {
    name: 'ignore', body: { provider: { ignore: ['openai', 'azure', 'deepinfra'] } }, step: 'Filter by Ignored Providers',
    message: 'All providers have been ignored. To change your default ignored providers, visit: https://openrouter.ai/settings/privacy',
  },
  { name: 'quantizations', body: { provider: { quantizations: ['int4'] } }, step: 'Filter by Quantization', message: 'No endpoints found for acme/atlas.' },
  { name: 'max_price', body: { provider: { max_price: { prompt: 1.99 } } }, step: 'Filter by Max Price', message: 'No endpoints found for acme/atlas.' },
  {
    name: 'tools', body: { model: 'cinder/spark', tools: [WEATHER] }, step: 'Filter by Tool Compatibility',
    message: `No endpoints found that support tool use. Try disabling "weather". ${MORE}`,
  },
  {
    name: 'tool_choice', body: { model: 'acme/one', tools: [WEATHER], tool_choice: 'required' }, step: 'Filter by Tool Compatibility',
    options: { catalogue: catalogueOf(priced('groq', 1, { supportedParameters: ['tools'] })) },
    message: `No endpoints found that support the provided 'tool_choice' value. ${MORE}`,
  },
  { name: 'images', body: { model: 'acme/atlas-mini', messages: PICTURE }, step: 'Filter by Image Support', message: 'No endpoints found that support image input' },
  {
    name: 'modalities', body: { modalities: ['image', 'text'] }, step: 'Filter by Model Output Modalities',
    message: 'No endpoints found that support the requested output modalities: image, text',
  },
  {
    name: 'require_parameters', body: { logit_bias: { 1: 2 }, provider: { require_parameters: true } }, step: 'Filter by Parameters',
    message: `No endpoints found that can handle the requested parameters. ${MORE}`,
  },
  {
    name: 'max_tokens', body: { max_tokens: 20_000, provider: { only: ['openai', 'azure'] } }, step: 'Filter by Parameters',
    message: `No endpoints found that can handle the requested parameters. ${MORE}`,
  },
  { name: 'a closed list', body: { provider: { order: ['groq'], allow_fallbacks: false } }, step: 'Filter by Fallback', message: 'No endpoints found for acme/atlas.' },
  {
    name: 'the guardrails of the account', body: {}, step: 'Filter by Guardrails', options: account({ zdr: true, allowedModels: ['borealis/*'] }),
    message: '0 endpoints out of 3 requested are available matching your guardrail restrictions and data policy. We removed them for the following reasons '
      + '(an endpoint may have several): model-ignored-by-guardrail (3), zdr-violation-by-guardrail (1)',
  },
];

describe('filters', () => {
  it.each(cases)('$name that leaves nothing is a 404 with its step', ({ body, step, message, options }) => {
    const result = route(body, options);
    if (result.ok) throw new Error('Something was left.');
    expect(result.refusal.status).toBe(404);
    expect(result.refusal.message).toBe(message);
    expect(result.refusal.metadata?.failed_routing_step).toBe(step);
    expect(result.refusal.metadata?.routing_funnel?.map((entry) => entry.step)).not.toContain(step);
  });

  it('tells which providers there are and which were asked for', () => {
    const result = route({ provider: { only: ['groq'] } });
    expect(result).toMatchObject({ refusal: { metadata: { available_providers: ['openai', 'azure', 'deepinfra'], requested_providers: ['groq'] } } });
  });

  it('counts what each step leaves, and says nothing of the step that failed', () => {
    const result = route({ provider: { only: ['azure', 'deepinfra'], ignore: ['azure'], max_price: { prompt: 1 } } });
    if (result.ok) throw new Error('Something was left.');
    expect(result.funnel).toEqual([
      { step: 'Initial Endpoints', endpoint_count: 3 },
      { step: 'Filter by Guardrails', endpoint_count: 3 },
      { step: 'Filter by Data Policy', endpoint_count: 3 },
      { step: 'Filter by Allowed Providers', endpoint_count: 2 },
      { step: 'Filter by Ignored Providers', endpoint_count: 1 },
      { step: 'Filter by Quantization', endpoint_count: 1 },
    ]);
  });

  it('treats max_price as USD per million, inclusive, in numbers and in strings', () => {
    const pick = (max_price: object): readonly string[] => tags(route({ provider: { max_price, sort: 'price' } }));
    expect(pick({ prompt: 2 })).toEqual(['deepinfra/fp8']);
    expect(pick({ prompt: '2.5' })).toEqual(['deepinfra/fp8', 'openai']);
    expect(pick({ prompt: 3, completion: 9.99 })).toEqual(['deepinfra/fp8']);
    expect(pick({ image: 0 })).toEqual(['deepinfra/fp8', 'openai', 'azure']);
  });

  it('lets a quantization mean its family, and no quantization mean unknown', () => {
    const pick = (quantizations: string[]): readonly string[] => tags(route({ model: 'acme/atlas-mini', provider: { quantizations, sort: 'price' } }));
    expect(pick(['fp4'])).toEqual(['deepinfra/fp4']);
    expect(pick(['nvfp4', 'fp8'])).toEqual(['nebius']);
    expect(pick(['unknown'])).toEqual(['groq']);
  });

  it('takes booleans that are false, and lists that are empty, for no preference', () => {
    const provider = { zdr: false, require_parameters: false, enforce_distillable_text: false, only: [], ignore: [], order: [], quantizations: [], sort: 'price' } as const;
    expect(tags(route({ logit_bias: { 1: 2 }, provider }))).toEqual(['deepinfra/fp8', 'openai', 'azure']);
  });

  it('keeps only distillable models on demand', () => {
    expect(route({ model: 'borealis/aurora', provider: { enforce_distillable_text: true } })).toMatchObject({ ok: false, failedStep: 'Filter by Distillable Text' });
    expect(tags(route({ model: 'borealis/aurora', models: ['acme/atlas'], provider: { enforce_distillable_text: true, sort: 'price' } }))[0]).toBe('deepinfra/fp8');
  });

  it('prefers endpoints that support the output format, and ignores the format where none does', () => {
    const response_format = { type: 'json_schema' as const, json_schema: { name: 'x', schema: {} } };
    expect(tags(route({ model: 'acme/atlas-mini', response_format, provider: { sort: 'price' } }))).not.toContain('groq');
    const spark = route({ model: 'cinder/spark', response_format, provider: { sort: 'price' } });
    if (!spark.ok) throw new Error('Nothing was left.');
    expect(spark.plan.order.map((candidate) => candidate.ignoredParameters)).toEqual([['structured_outputs'], ['structured_outputs']]);
    expect(route({ model: 'cinder/spark', response_format, provider: { require_parameters: true } }).ok).toBe(false);
  });

  it('drops tools instead of refusing them where asked to follow the documentation', () => {
    const result = route({ model: 'cinder/spark', tools: [WEATHER] }, { unsupportedTools: 'ignore' });
    if (!result.ok) throw new Error('Nothing was left.');
    expect(result.plan.order[0]?.ignoredParameters).toEqual(['tools']);
  });
});
