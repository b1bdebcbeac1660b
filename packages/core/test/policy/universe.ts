import fc from 'fast-check';
import type { NamedPolicy } from '../../src/policy/fold.js';
import { layerPolicy, type PolicyOptions } from '../../src/policy/layer-policy.js';
import { createReport } from '../../src/policy/report.js';
import type { ProviderPreferences } from '../../src/wire/provider-preferences.js';

// A small world of endpoints, and what guardrails mean in it, written from the documentation alone: nothing of the code
// under test decides here.

export interface Endpoint {
  readonly tag: string;
  readonly quantization: string;
  readonly price: Readonly<Record<'prompt' | 'completion' | 'request' | 'image' | 'audio', number>>;
  readonly zdr: boolean;
  readonly collects: boolean;
  readonly distillable: boolean;
  readonly allParameters: boolean;
}

const BASES = ['openai', 'azure', 'deepinfra'];
/** Every tag of the world: each provider plain, in two variants, and in its two service tiers. */
export const TAGS: readonly string[] = BASES.flatMap((base) => [base, `${base}/turbo`, `${base}/eu`, `${base}/flex`, `${base}/priority`]);
export const QUANTIZATIONS: readonly string[] = ['fp4', 'mxfp4', 'nvfp4', 'fp8', 'mxfp8', 'bf16', 'unknown'];
const PRICES = [0, 0.5, 1, 2, 7];
const COMPONENTS = ['prompt', 'completion', 'request', 'image', 'audio'] as const;

export const endpoint: fc.Arbitrary<Endpoint> = fc.record({
  tag: fc.constantFrom(...TAGS),
  quantization: fc.constantFrom(...QUANTIZATIONS),
  price: fc.record({
    prompt: fc.constantFrom(...PRICES),
    completion: fc.constantFrom(...PRICES),
    request: fc.constantFrom(...PRICES),
    image: fc.constantFrom(...PRICES),
    audio: fc.constantFrom(...PRICES),
  }),
  zdr: fc.boolean(),
  collects: fc.boolean(),
  distillable: fc.boolean(),
  allParameters: fc.boolean(),
});

const some = (values: readonly string[]): fc.Arbitrary<string[]> => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 5 });
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined, freq: 2 });
const unless = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> => fc.option(rarely(arbitrary), { freq: 5 });

/** Preferences as a user may write them in one layer. */
const wire: fc.Arbitrary<{ [Key in keyof ProviderPreferences]: ProviderPreferences[Key] | null }> = fc.record(
  {
    only: unless(some(TAGS)),
    order: unless(some(TAGS)),
    ignore: unless(some(TAGS)),
    allow_fallbacks: unless(fc.boolean()),
    require_parameters: unless(fc.boolean()),
    data_collection: unless(fc.constantFrom('allow' as const, 'deny' as const)),
    zdr: unless(fc.boolean()),
    enforce_distillable_text: unless(fc.boolean()),
    quantizations: unless(some(QUANTIZATIONS)),
    max_price: unless(
      fc.record(Object.fromEntries(COMPONENTS.map((key) => [key, fc.constantFrom(...PRICES)])), { requiredKeys: [] }),
    ),
    sort: unless(fc.constantFrom('price' as const, 'latency' as const)),
  },
  { requiredKeys: [] },
);

export const layer: fc.Arbitrary<PolicyOptions> = fc.record(
  {
    provider: wire,
    allowedModels: unless(some(['a/*', 'b/*', '*', 'a/x'])),
    region: rarely(fc.constantFrom('eu' as const, 'us' as const)),
  },
  { requiredKeys: ['provider'] },
);

export function parsed(options: PolicyOptions, name = 'layer'): NamedPolicy {
  const report = createReport();
  const policy = layerPolicy(options, '', report);
  if (report.issues.length > 0) throw new Error(JSON.stringify(report.issues));
  return { name, policy };
}

const isTier = (tag: string): boolean => /\/(flex|priority)$/.test(tag);
/** A full slug matches its endpoint only; a base slug its variants, service tiers excepted. */
const lists = (entry: string, tag: string): boolean =>
  entry === tag || (!entry.includes('/') && tag.split('/')[0] === entry && !isTier(tag));
/** For us, ignoring a provider ignores its tiers too. */
const shuns = (entry: string, tag: string): boolean => entry === tag || (!entry.includes('/') && tag.split('/')[0] === entry);
const suits = (entry: string, quantization: string): boolean =>
  entry === quantization ||
  (entry === 'fp4' && (quantization === 'mxfp4' || quantization === 'nvfp4')) ||
  (entry === 'fp8' && quantization === 'mxfp8');

type Said = PolicyOptions['provider'] & {};

/** Whether what a layer says about slugs alone lets a tag through. */
export function admitsTag(said: Said, tag: string): boolean {
  if (said.only && !said.only.some((entry) => lists(entry, tag))) return false;
  if (said.order && said.allow_fallbacks === false && !said.order.some((entry) => lists(entry, tag))) return false;
  return !said.ignore?.some((entry) => shuns(entry, tag));
}
export const admitsQuantization = (said: Said, quantization: string): boolean =>
  !said.quantizations || said.quantizations.some((entry) => suits(entry, quantization));

/** Whether the guardrails of one layer, read from the documentation, let an endpoint through. */
export function admits(said: Said, one: Endpoint): boolean {
  return (
    admitsTag(said, one.tag) &&
    admitsQuantization(said, one.quantization) &&
    (said.zdr !== true || one.zdr) &&
    (said.data_collection !== 'deny' || !one.collects) &&
    (said.enforce_distillable_text !== true || one.distillable) &&
    (said.require_parameters !== true || one.allParameters) &&
    COMPONENTS.every((key) => {
      const bound = said.max_price?.[key];
      return bound == null || one.price[key] <= Number(bound);
    })
  );
}

/** Whether a server that reads the documentation to the letter could route a request with this `provider` to an endpoint. */
export function serves(provider: ProviderPreferences, one: Endpoint, tierEndpoints: boolean): boolean {
  const { only, order, ignore, allow_fallbacks: fallbacks } = provider;
  const named = (only ?? []).includes(one.tag) || (order ?? []).includes(one.tag);
  if (isTier(one.tag) && !tierEndpoints && !named) return false;
  if (only && !only.some((entry) => lists(entry, one.tag))) return false;
  // the reading that is worst for us: ignoring a base slug leaves its tiers
  if (ignore?.some((entry) => lists(entry, one.tag))) return false;
  if (order && fallbacks === false && !order.some((entry) => lists(entry, one.tag))) return false;
  const { only: _, order: __, ignore: ___, ...rest } = provider;
  return admits(rest, one);
}
