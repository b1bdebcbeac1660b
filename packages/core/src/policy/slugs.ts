// Display names known to this version; `=slug` where the slug is not simply the name in lower case with hyphens.
const NAMES =
  'AI21|AionLabs=aion-labs|AkashML|Alibaba|Amazon Bedrock|Amazon Nova|Anthropic|Arcee AI|AtlasCloud=atlas-cloud|Avian|Azure|BaseTen|' +
  'BytePlus|Black Forest Labs|Cerebras|Chutes|Cirrascale|Clarifai|Cloudflare|Cohere|CoreWeave|Crusoe|Decart|DeepInfra|DeepSeek|' +
  'DigitalOcean|Featherless|Fireworks|Friendli|GMICloud|Google=google-vertex|Google Vertex|Google AI Studio|Groq|Hyperbolic|Inception|' +
  'Inceptron|InferenceNet=inference-net|Infermatic|Inflection|Io Net|Ionstream|Lepton|Liquid|Mancer 2=mancer|Mancer|Meta|Minimax|' +
  'Mistral|Modal|ModelRun|Modular|Moonshot AI=moonshotai|Morph|NCompass|Nebius|NextBit|Novita|Nvidia|OpenAI|OpenInference=open-inference|' +
  'Parasail|Perplexity|Phala|Recraft|Relace|Sail Research|SambaNova|Seed|SiliconFlow|Sourceful|Stealth|StreamLake|Switchpoint|Targon|' +
  'Together|Upstage|Venice|Wafer|WandB|Xiaomi|xAI|Z.AI';

const kebab = (name: string): string => name.toLowerCase().replace(/[ ._]+/g, '-');

let table: Map<string, string> | undefined;
/** Lower-case display name → slug. */
function names(): Map<string, string> {
  table ??= new Map(
    NAMES.split('|').map((row): [string, string] => {
      const [name = '', slug = kebab(name)] = row.split('=');
      return [name.toLowerCase(), slug];
    }),
  );
  return table;
}

/** Slugs of the providers that this version knows; more are added every week. */
export function knownSlugs(): Iterable<string> {
  return names().values();
}

/** The slug of a provider by its display name, as responses carry it; undefined for one unknown to this version. */
export function slugOfProvider(displayName: string): string | undefined {
  return names().get(displayName.trim().toLowerCase());
}

/** The provider part of a slug: `deepinfra` of `deepinfra/turbo`. */
export function baseOf(slug: string): string {
  const slash = slug.indexOf('/');
  return slash < 0 ? slug : slug.slice(0, slash);
}

/** Service tiers that endpoints of their own exist for. */
export const TIERS: readonly string[] = ['flex', 'priority'];

/** Whether a tag names a service-tier endpoint, such as `openai/flex`. */
export function isTier(tag: string): boolean {
  return TIERS.includes(tag.slice(tag.lastIndexOf('/') + 1)) && tag.includes('/');
}

/**
 * Whether an entry of `only` or `order` matches an endpoint's tag: itself, or, for a base slug, each of its variants but
 * the service-tier ones. Source: OpenRouter API, provider routing and service tiers.
 */
export function matches(entry: string, tag: string): boolean {
  return entry === tag || (tag.startsWith(`${entry}/`) && !entry.includes('/') && !isTier(tag));
}

/** Whether an entry of `ignore` keeps an endpoint's tag out. A base slug covers all of the provider, tiers included. */
export function ignores(entry: string, tag: string): boolean {
  return entry === tag || (tag.startsWith(`${entry}/`) && !entry.includes('/'));
}

/** The slugs that match exactly what both lists match. Keeps the sequence of `a`. */
export function intersectSlugs(a: readonly string[], b: readonly string[]): string[] {
  const both = new Set<string>();
  for (const x of a) {
    for (const y of b) {
      if (matches(x, y)) both.add(y);
      else if (matches(y, x)) both.add(x);
    }
  }
  return [...both];
}

/**
 * Whether a provider of that slug goes by `displayName` in responses; without a name, whether this version knows the slug.
 */
export function displaysAs(slug: string, displayName?: string): boolean {
  if (displayName === undefined) return new Set(knownSlugs()).has(slug);
  return (slugOfProvider(displayName) ?? kebab(displayName)) === slug;
}
