import fc from 'fast-check';

// A small world of endpoints, and what preferences mean in it, written from the documentation alone.

interface Endpoint {
  readonly tag: string;
  readonly quantization: string;
  readonly prompt: number;
  readonly zdr: boolean;
  readonly collects: boolean;
}

/** Preferences as someone may write them, in wire spelling. */
export interface Said {
  readonly only?: string[] | null;
  readonly order?: string[] | null;
  readonly ignore?: string[] | null;
  readonly allow_fallbacks?: boolean | null;
  readonly zdr?: boolean | null;
  readonly data_collection?: 'allow' | 'deny' | null;
  readonly quantizations?: string[] | null;
  readonly max_price?: { readonly prompt: number } | null;
  readonly sort?: 'price' | 'latency' | null;
}

const TAGS = ['openai', 'azure', 'deepinfra'].flatMap((base) => [base, `${base}/turbo`, `${base}/flex`, `${base}/priority`]);
const QUANTIZATIONS = ['fp4', 'mxfp4', 'fp8', 'bf16'];
const PRICES = [0, 1, 2, 7];

export const endpoints: readonly Endpoint[] = TAGS.flatMap((tag) =>
  QUANTIZATIONS.flatMap((quantization) => PRICES.flatMap((prompt) => [[true, true], [true, false], [false, true], [false, false]].map(([zdr = false, collects = false]) => ({ tag, quantization, prompt, zdr, collects })))),
);

const some = (values: readonly string[]): fc.Arbitrary<string[]> => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 4 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 4 });

export const said: fc.Arbitrary<Said> = fc.record(
  {
    only: maybe(some(TAGS)),
    order: maybe(some(TAGS)),
    ignore: maybe(some(TAGS)),
    allow_fallbacks: maybe(fc.boolean()),
    zdr: maybe(fc.boolean()),
    data_collection: maybe(fc.constantFrom('allow' as const, 'deny' as const)),
    quantizations: maybe(some(QUANTIZATIONS)),
    max_price: maybe(fc.record({ prompt: fc.constantFrom(...PRICES) })),
    sort: maybe(fc.constantFrom('price' as const, 'latency' as const)),
  },
  { requiredKeys: [] },
);

const baseOf = (tag: string): string => tag.split('/')[0] ?? tag;
const isTier = (tag: string): boolean => /\/(flex|priority)$/.test(tag);
const lists = (entry: string, tag: string): boolean => entry === tag || (!entry.includes('/') && baseOf(tag) === entry && !isTier(tag));
const suits = (entry: string, quantization: string): boolean => entry === quantization || (entry === 'fp4' && quantization === 'mxfp4');

function admitsRest(one: Said, { quantization, zdr, collects, prompt }: Endpoint): boolean {
  if (one.quantizations && !one.quantizations.some((entry) => suits(entry, quantization))) return false;
  if ((one.zdr === true && !zdr) || (one.data_collection === 'deny' && collects)) return false;
  return one.max_price == null || prompt <= one.max_price.prompt;
}

/** Whether what someone says lets an endpoint through. To ignore a provider is to ignore its tiers too. */
export function admits(one: Said, endpoint: Endpoint): boolean {
  const { tag } = endpoint;
  if (one.only && !one.only.some((entry) => lists(entry, tag))) return false;
  if (one.order && one.allow_fallbacks === false && !one.order.some((entry) => lists(entry, tag))) return false;
  if (one.ignore?.some((entry) => entry === tag || (!entry.includes('/') && baseOf(tag) === entry))) return false;
  return admitsRest(one, endpoint);
}

/** Whether a server that reads the documentation to the letter could route there; ignoring a base slug leaves its tiers. */
export function serves(sent: Said, endpoint: Endpoint, tiers: boolean): boolean {
  const { tag } = endpoint;
  const { only, order, ignore, allow_fallbacks: fallbacks } = sent;
  if (isTier(tag) && !tiers && !only?.includes(tag) && !order?.includes(tag)) return false;
  if (only && !only.some((entry) => lists(entry, tag))) return false;
  if (ignore?.some((entry) => lists(entry, tag))) return false;
  if (order && fallbacks === false && !order.some((entry) => lists(entry, tag))) return false;
  return admitsRest(sent, endpoint);
}
