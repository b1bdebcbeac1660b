import type { ChatRequest, EndpointList, ModelEndpoints } from '@waypost/core';
import { type AccountSettings, planRoute, type RoutePlan, type RouteRequest } from '@waypost/core/routing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGateway, defaultCatalogue } from '../../src/index.js';
import { createRandom } from '../../src/random.js';
import { BASE, chat } from '../helpers.js';

// What a user sees of a gateway, over HTTP, is what a plan is made from here: the listings, and facts for what no listing tells.

const MODELS = ['acme/atlas', 'acme/atlas-mini', 'borealis/aurora', 'cinder/spark', 'acme/atlas-mini:free'];
const SLUGS = ['openai', 'openai/flex', 'openai/priority', 'azure', 'deepinfra', 'deepinfra/fp8', 'deepinfra/fp4', 'nebius', 'together', 'groq', 'anthropic', 'google-vertex', 'nobody'];
const WEATHER = { type: 'function', function: { name: 'weather' } } as const;

const some = (values: readonly string[]): fc.Arbitrary<string[]> => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 4 });
const provider = fc.record({
  only: some(SLUGS), ignore: some(SLUGS), order: some(SLUGS),
  allow_fallbacks: fc.boolean(), require_parameters: fc.boolean(), zdr: fc.boolean(), enforce_distillable_text: fc.boolean(),
  data_collection: fc.constantFrom('allow' as const, 'deny' as const),
  quantizations: some(['fp4', 'fp8', 'bf16', 'unknown']),
  max_price: fc.record({ prompt: fc.constantFrom(0, 0.15, 1, 2.5, 3), completion: fc.constantFrom(0.5, 10, 15) }, { requiredKeys: [] }),
  sort: fc.constantFrom('price' as const, 'throughput' as const, 'latency' as const, 'exacto' as const, { by: 'price' as const, partition: 'none' as const }, { partition: 'none' as const }),
  preferred_min_throughput: fc.constantFrom(50, 100, { p50: 60, p99: 28 }),
  preferred_max_latency: fc.constantFrom(0.3, 1),
}, { requiredKeys: [] });
/** Few preferences at a time, so that something is often left. */
const sparse = fc.tuple(provider, fc.uniqueArray(fc.nat(12), { maxLength: 3 })).map(([all, kept]) =>
  Object.fromEntries(Object.entries(all).filter((_, i) => kept.includes(i))) as ChatRequest['provider'] & {});
const request = fc.record({
  model: fc.tuple(fc.constantFrom(...MODELS), fc.constantFrom('', '', '', ':nitro', ':floor', ':exacto')).map(([id, variant]) => id + variant),
  models: fc.uniqueArray(fc.constantFrom(...MODELS), { maxLength: 2 }),
  provider: sparse,
  tools: fc.constantFrom([WEATHER]),
  tool_choice: fc.constantFrom('auto' as const, 'required' as const),
  service_tier: fc.constantFrom('flex' as const, 'priority' as const, 'default' as const),
  max_tokens: fc.constantFrom(10, 9000, 20_000),
  logit_bias: fc.constant({ 1: 2 }),
  verbosity: fc.constant('low' as const),
  response_format: fc.constantFrom({ type: 'json_object' as const }, { type: 'json_schema' as const, json_schema: { name: 'x', schema: {} } }),
}, { requiredKeys: ['model'] });
const account: fc.Arbitrary<AccountSettings> = fc.record({
  only: some(SLUGS), ignore: some(SLUGS), zdr: fc.boolean(), data_collection: fc.constantFrom('deny' as const),
  allowedModels: fc.constantFrom(['acme/*'], ['*:free', 'cinder/*']), sort: fc.constantFrom('throughput' as const),
  byok: fc.dictionary(fc.constantFrom('azure', 'groq', 'together'), fc.constantFrom('prioritized' as const, 'fallback' as const, { use: 'fallback' as const, always: true })),
}, { requiredKeys: [] });

const gateway = createGateway();
const headers = { authorization: 'Bearer sk-or-v1-secret' };
async function get<T>(path: string): Promise<T> {
  return (await gateway.fetch(BASE + path, { headers })).json() as Promise<T>;
}
const listings = Promise.all(MODELS.map((id) => get<ModelEndpoints>(`/models/${id}/endpoints`)));
const zdr = get<EndpointList>('/endpoints/zdr');

/** The plan of a user who knows what the providers do, and the chance of the gateway's first request. */
async function planned(body: RouteRequest, settings: AccountSettings): Promise<RoutePlan> {
  const known = new Map(defaultCatalogue.models.flatMap((model) => model.endpoints.map((endpoint) => [`${model.id} ${endpoint.tag}`, { model, endpoint }])));
  return planRoute(body, await listings, {
    account: settings,
    zdr: await zdr,
    latencyUnit: 'seconds',
    rng: createRandom('1/route/1'),
    facts({ model_id: id, tag }) {
      const { model, endpoint } = known.get(`${id} ${tag}`) ?? {};
      return endpoint && { dataPolicy: endpoint.dataPolicy, exacto: endpoint.exacto, distillable: model?.distillable ?? false, ...(endpoint.inputModalities && { inputModalities: endpoint.inputModalities }) };
    },
  });
}

describe('a plan and the gateway', () => {
  it('agree on every request', async () => {
    let [routed, refused] = [0, 0];
    await fc.assert(fc.asyncProperty(request, fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: account }), async (body, settings) => {
      const own = createGateway({ account: settings });
      const response = await chat(own, body);
      const plan = await planned({ messages: [{ role: 'user', content: 'Hello' }], ...body }, settings);
      const route = own.requests[0]?.route;
      if (route === undefined) throw new Error(await response.text());
      expect(plan.candidates.map(({ model, tag }) => `${model.id} ${tag}`)).toEqual(route.candidates.map(({ model, tag }) => `${model} ${tag}`));
      expect(plan.failedStep).toBe(route.failedStep);
      const steps = plan.funnel.map(({ step, endpoint_count }) => ({ step, endpoint_count }));
      expect(plan.failedStep === undefined ? steps : steps.slice(0, -1)).toEqual(route.funnel);
      expect(plan.order.map(({ model, tag, probability }) => ({ model: model.id, tag, weight: probability }))).toEqual(route.plan.map(({ model, tag, weight }) => ({ model, tag, weight })));
      if (plan.failedStep === undefined) {
        routed += 1;
        expect(own.requests[0]?.attempts[0]?.tag).toBe(plan.order[0]?.tag);
        expect(response.status === 404).toBe(false);
      } else {
        refused += 1;
        expect(response.status).toBe(404);
      }
    }), { numRuns: 400 });
    // neither side of the law is empty
    expect(Math.min(routed, refused)).toBeGreaterThan(20);
  });
});
