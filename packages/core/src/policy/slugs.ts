// Slugs of the providers known to this version. A display name is one of them in other case, with spaces or dots, or nothing, for
// hyphens; the two that are not stand in `names`.
const SLUGS =
  'ai21 aion-labs akashml alibaba amazon-bedrock amazon-nova anthropic arcee-ai atlas-cloud avian azure baseten byteplus ' +
  'black-forest-labs cerebras chutes cirrascale clarifai cloudflare cohere coreweave crusoe decart deepinfra deepseek digitalocean ' +
  'featherless fireworks friendli gmicloud google-vertex google-ai-studio groq hyperbolic inception inceptron inference-net infermatic ' +
  'inflection io-net ionstream lepton liquid mancer meta minimax mistral modal modelrun modular moonshotai morph ncompass nebius nextbit ' +
  'novita nvidia openai open-inference parasail perplexity phala recraft relace sail-research sambanova seed siliconflow sourceful ' +
  'stealth streamlake switchpoint targon together upstage venice wafer wandb xiaomi xai z-ai';

const joined = (name: string): string => name.replaceAll('-', '');

let table: Map<string, string> | undefined;
/** Display name, in lower case and without what parts its words → slug. */
function names(): Map<string, string> {
  table ??= new Map([...SLUGS.split(' ').map((slug): [string, string] => [joined(slug), slug]), ['google', 'google-vertex'], ['mancer2', 'mancer']]);
  return table;
}

/** Slugs of the providers that this version knows; more are added every week. */
export function knownSlugs(): Iterable<string> {
  return names().values();
}

/** Whether this version knows a slug. */
export function isKnownSlug(slug: string): boolean {
  return names().get(joined(slug)) === slug;
}

/** The slug of a provider by its display name, as responses carry it; undefined for one unknown to this version. */
export function slugOfProvider(displayName: string): string | undefined {
  return names().get(displayName.toLowerCase().replace(/[\s.]+/g, ''));
}

/** The provider part of a slug: `deepinfra` of `deepinfra/turbo`. */
export function baseOf(slug: string): string {
  return slug.replace(/\/.*/s, '');
}

/** Service tiers that endpoints of their own exist for. */
export const TIERS: readonly string[] = ['flex', 'priority'];

/** Whether a tag names a service-tier endpoint, such as `openai/flex`. */
function isTier(tag: string): boolean {
  return TIERS.some((tier) => tag.endsWith(`/${tier}`));
}

/** Whether an entry of `ignore` keeps an endpoint's tag out. A base slug covers all of the provider, tiers included. */
export function ignores(entry: string, tag: string): boolean {
  return entry === tag || entry === baseOf(tag);
}

/**
 * Whether an entry of `only` or `order` matches an endpoint's tag: itself, or, for a base slug, each of its variants but
 * the service-tier ones. Source: OpenRouter API, provider routing and service tiers.
 */
export function matches(entry: string, tag: string): boolean {
  return entry === tag || (ignores(entry, tag) && !isTier(tag));
}

/** The entries that match exactly what both lists match. Keeps the sequence of `a`. */
export function intersect<T>(a: readonly T[], b: readonly T[], covers: (entry: T, one: T) => boolean): readonly T[] {
  return [...new Set(a.flatMap((x) => b.flatMap((y) => (covers(x, y) ? [y] : covers(y, x) ? [x] : []))))];
}

/** `intersect` for lists of slugs. */
export function intersectSlugs(a: readonly string[], b: readonly string[]): readonly string[] {
  return intersect(a, b, matches);
}

const kebab = (name: string): string => name.toLowerCase().replace(/[ ._]+/g, '-');

/**
 * Whether a provider of that slug goes by `displayName` in responses; without a name, whether this version knows the slug.
 */
export function displaysAs(slug: string, displayName?: string): boolean {
  return displayName === undefined ? isKnownSlug(slug) : (slugOfProvider(displayName) ?? kebab(displayName)) === slug;
}
