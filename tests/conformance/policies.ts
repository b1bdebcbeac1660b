import { presets } from '@waypost/core';
import type { Plan } from './drivers/driver.js';

export interface PolicyCase {
  readonly name: string;
  readonly plan: Plan;
  /** What must stand under `provider` on the wire; `undefined`: nothing. */
  readonly provider: unknown;
  readonly models?: readonly string[];
  /** Loosenings that changed nothing: `field@door`. */
  readonly overruled?: readonly string[];
  /** Part of a warning that must be told. */
  readonly warning?: string;
  /** Part of the URL. */
  readonly host?: string;
}

/** Policies, and how their layers fold. Source: what the design says of each field, not what an adapter does. */
export const policies: readonly PolicyCase[] = [
  { name: 'nothing at all', plan: {}, provider: undefined },
  { name: 'a guardrail of the client', plan: { client: { provider: { zdr: true } } }, provider: { zdr: true } },
  { name: 'camelCase and snake_case mean the same', plan: { client: { provider: { dataCollection: 'deny' } }, call: { provider: { data_collection: 'deny' } } }, provider: { data_collection: 'deny' } },
  { name: 'three layers, three guardrails', plan: { client: { provider: { zdr: true } }, model: { provider: { data_collection: 'deny' } }, call: { provider: { require_parameters: true } } }, provider: { zdr: true, data_collection: 'deny', require_parameters: true } },
  { name: 'the call prefers over the model, the model over the client', plan: { client: { provider: { sort: 'price' } }, model: { provider: { sort: 'latency' } }, call: { provider: { sort: 'throughput' } } }, provider: { sort: 'throughput' } },
  { name: 'a call without an opinion leaves the preference', plan: { client: { provider: { sort: 'price' } }, call: { provider: { sort: null } } }, provider: { sort: 'price' } },
  { name: 'only: the intersection', plan: { client: { provider: { only: ['azure', 'openai', 'deepinfra'] } }, call: { provider: { only: ['azure', 'deepinfra/fp8'] } } }, provider: { only: ['azure', 'deepinfra/fp8'] } },
  { name: 'ignore: the union', plan: { client: { provider: { ignore: ['openai'] } }, model: { provider: { ignore: ['azure'] } }, call: { provider: { ignore: ['openai'] } } }, provider: { ignore: ['openai', 'azure'] } },
  { name: 'max_price: the smaller of each', plan: { client: { provider: { max_price: { prompt: 3, completion: 20 } } }, call: { provider: { max_price: { prompt: 4, completion: 12, request: 1 } } } }, provider: { max_price: { prompt: 3, completion: 12, request: 1 } }, overruled: ['max_price.prompt@call'] },
  { name: 'quantizations: the intersection', plan: { client: { provider: { quantizations: ['fp8', 'fp4', 'unknown'] } }, call: { provider: { quantizations: ['fp8', 'unknown'] } } }, provider: { quantizations: ['fp8', 'unknown'] } },
  { name: 'a closed list: the inner sequence', plan: { client: { provider: { order: ['openai', 'azure'], allow_fallbacks: false } }, call: { provider: { order: ['azure', 'openai'] } } }, provider: { order: ['azure', 'openai'], allow_fallbacks: false } },
  { name: 'one endpoint: an order is cut', plan: { client: { provider: { allow_fallbacks: false } }, call: { provider: { order: ['azure', 'openai'] } } }, provider: { order: ['azure'], allow_fallbacks: false }, overruled: ['order@call'] },
  { name: 'a stated zdr: false changes nothing', plan: { client: { provider: { zdr: true } }, call: { provider: { zdr: false } } }, provider: { zdr: true }, overruled: ['zdr@call'], warning: 'zdr' },
  { name: 'data_collection: allow changes nothing', plan: { client: { provider: { data_collection: 'deny' } }, model: { provider: { data_collection: 'allow' } } }, provider: { data_collection: 'deny' }, overruled: ['data_collection@model'], warning: 'data_collection' },
  { name: 'allow_fallbacks: true changes nothing', plan: { client: { provider: { allow_fallbacks: false } }, call: { provider: { allow_fallbacks: true } } }, provider: { allow_fallbacks: false }, overruled: ['allow_fallbacks@call'], warning: 'allow_fallbacks' },
  { name: 'sort by percentile thresholds', plan: { call: { provider: { sort: { by: 'throughput', partition: 'none' }, preferred_min_throughput: { p50: 10 }, preferredMaxLatency: 5 } } }, provider: { sort: { by: 'throughput', partition: 'none' }, preferred_min_throughput: { p50: 10 }, preferred_max_latency: 5 } },
  { name: 'a display name becomes a slug, with a warning', plan: { call: { provider: { ignore: ['OpenAI'] } } }, provider: { ignore: ['openai'] }, warning: 'display name' },
  { name: 'models in the client', plan: { client: { models: ['acme/atlas-mini', 'borealis/aurora'] } }, provider: undefined, models: ['acme/atlas-mini', 'borealis/aurora'] },
  { name: 'models of the call replace', plan: { client: { models: ['acme/atlas-mini'] }, call: { models: ['borealis/aurora'] } }, provider: undefined, models: ['borealis/aurora'] },
  { name: 'models and a guardrail', plan: { model: { models: ['acme/atlas-mini'], provider: { zdr: true } } }, provider: { zdr: true }, models: ['acme/atlas-mini'] },
  { name: 'the variant :nitro', plan: { modelId: 'acme/atlas:nitro' }, provider: undefined },
  { name: 'the variant :floor with a guardrail', plan: { modelId: 'acme/atlas:floor', client: { provider: { data_collection: 'deny' } } }, provider: { data_collection: 'deny' } },
  { name: 'the variant :thinking', plan: { modelId: 'borealis/aurora:thinking' }, provider: undefined },
  { name: 'a region of the client', plan: { client: { region: 'eu' } }, provider: undefined, host: 'eu.openrouter.ai' },
  { name: 'a region of the call', plan: { call: { region: 'us' } }, provider: undefined, host: 'us.openrouter.ai' },
  { name: 'allowed models', plan: { client: { allowedModels: ['acme/*'] }, call: { allowedModels: ['acme/atlas*', 'dune/*'], models: ['acme/atlas-mini'] } }, provider: undefined, models: ['acme/atlas-mini'] },
  { name: 'a preset, acknowledged', plan: { modelId: 'acme/atlas@preset/careful', client: { provider: { zdr: true } }, call: { acknowledge: ['preset-override'] } }, provider: { zdr: true } },
  { name: 'cached answers with zdr, acknowledged in its layer', plan: { client: { provider: { zdr: true }, acknowledge: ['cached-zdr'] }, call: { cache: true } }, provider: { zdr: true } },
  { name: 'a provider in a raw body is folded too', plan: { client: { provider: { zdr: true, sort: 'price' } }, raw: { provider: { zdr: false, sort: 'throughput' } } }, provider: { zdr: true, sort: 'throughput' }, overruled: ['zdr@raw'], warning: 'zdr' },
  { name: 'presets of the client, tightened by it', plan: { client: { extends: [presets.private, presets.costOptimized], provider: { ignore: ['azure'] } } }, provider: { ignore: ['azure'], data_collection: 'deny', zdr: true, sort: 'price' } },
  { name: 'presets of the client and of the call', plan: { client: { extends: presets.private }, call: { extends: presets.speedOptimized } }, provider: { data_collection: 'deny', zdr: true, sort: 'throughput' } },
  { name: "a layer's own preference stands over its preset's", plan: { call: { extends: presets.costOptimized, provider: { sort: 'latency' } } }, provider: { sort: 'latency' } },
  { name: "a preset's guardrail holds against its own layer", plan: { client: { extends: presets.private, provider: { zdr: false } } }, provider: { data_collection: 'deny', zdr: true }, overruled: ['zdr@client'], warning: 'zdr' },
  { name: "a preset's guardrail holds against the call", plan: { client: { extends: presets.private }, call: { provider: { data_collection: 'allow' } } }, provider: { data_collection: 'deny', zdr: true }, overruled: ['data_collection@call'], warning: 'data_collection' },
  { name: 'a region by a preset', plan: { call: { extends: presets.euOnly } }, provider: { data_collection: 'deny' }, host: 'eu.openrouter.ai' },
  { name: 'endpoints that are slow go last', plan: { client: { extends: presets.highAvailability } }, provider: { preferred_min_throughput: 10, preferred_max_latency: 10 } },
];

export interface RefusedCase {
  readonly name: string;
  readonly plan: Plan;
  /** Name and code of the error. */
  readonly error: string;
  readonly message: RegExp;
}

/** Policies that cannot be kept: nothing may be sent. */
export const refused: readonly RefusedCase[] = [
  { name: 'a preset for another region', plan: { client: { region: 'us' }, call: { extends: presets.euOnly } }, error: 'PolicyConflictError policy_conflict', message: /region/ },
  { name: 'a preset that is none', plan: { call: { extends: JSON.parse('"private"') } }, error: 'InvalidOptionsError invalid_options', message: /extends: expected a policy, got "private"[\s\S]*presets\.private/ },
  { name: 'a wrong preference in a preset', plan: { client: { extends: JSON.parse('[{ "provider": { "zdr": "yes" } }]') } }, error: 'InvalidOptionsError invalid_options', message: /extends\[0\]\.provider\.zdr/ },
  { name: 'a preset with an option that no policy has', plan: { call: { extends: JSON.parse('{ "zdr": true }') } }, error: 'InvalidOptionsError invalid_options', message: /extends\.zdr: is not a known key/ },
  { name: 'extends, misspelt', plan: { client: { extend: presets.private } }, error: 'InvalidOptionsError invalid_options', message: /did you mean "extends"/ },
  { name: 'only ∩ only is empty', plan: { client: { provider: { only: ['azure'] } }, call: { provider: { only: ['openai'] } } }, error: 'PolicyConflictError policy_conflict', message: /only/ },
  { name: 'a base slug is not its tier', plan: { client: { provider: { only: ['openai'] } }, call: { provider: { only: ['openai/flex'] } } }, error: 'PolicyConflictError policy_conflict', message: /only/ },
  { name: 'ignore covers only', plan: { client: { provider: { only: ['azure'] } }, model: { provider: { ignore: ['azure'] } } }, error: 'PolicyConflictError policy_conflict', message: /ignore|only/ },
  { name: 'quantizations ∩ is empty', plan: { client: { provider: { quantizations: ['fp8'] } }, call: { provider: { quantizations: ['int4'] } } }, error: 'PolicyConflictError policy_conflict', message: /quantizations/ },
  { name: 'closed lists that share nothing', plan: { client: { provider: { order: ['azure'], allow_fallbacks: false } }, call: { provider: { order: ['openai'], allow_fallbacks: false } } }, error: 'PolicyConflictError policy_conflict', message: /order/ },
  { name: 'two regions', plan: { client: { region: 'eu' }, call: { region: 'us' } }, error: 'PolicyConflictError policy_conflict', message: /region/ },
  { name: 'a region and a base URL', plan: { client: { baseURL: 'http://gateway.local/api/v1' }, call: { region: 'eu' } }, error: 'PolicyConflictError policy_conflict', message: /region|baseURL/ },
  { name: 'a model that is not allowed', plan: { client: { allowedModels: ['borealis/*'] } }, error: 'PolicyConflictError policy_conflict', message: /acme\/atlas/ },
  { name: 'a fallback that is not allowed', plan: { client: { allowedModels: ['acme/*'] }, call: { models: ['borealis/aurora'] } }, error: 'PolicyConflictError policy_conflict', message: /borealis\/aurora/ },
  { name: 'a preset that would be replaced', plan: { modelId: '@preset/careful', client: { provider: { zdr: true } } }, error: 'PolicyConflictError policy_conflict', message: /preset-override/ },
  { name: 'cached answers with zdr', plan: { client: { provider: { zdr: true } }, call: { cache: true } }, error: 'PolicyConflictError policy_conflict', message: /cached-zdr/ },
  { name: 'cached answers with zdr, acknowledged in another layer', plan: { client: { provider: { zdr: true } }, call: { cache: true, acknowledge: ['cached-zdr'] } }, error: 'PolicyConflictError policy_conflict', message: /cached-zdr/ },
  { name: 'partition none over a long chain', plan: { client: { provider: { sort: { by: 'price', partition: 'none' } } }, call: { models: ['a/a', 'b/b', 'c/c', 'd/d'] } }, error: 'PolicyConflictError policy_conflict', message: /partition/ },
  { name: 'a long chain without failover', plan: { client: { failover: false }, call: { models: ['a/a', 'b/b', 'c/c', 'd/d'] } }, error: 'InvalidOptionsError invalid_options', message: /models/ },
];
