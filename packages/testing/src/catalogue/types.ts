import type { ChatRequest, Percentiles, Pricing, Provider, Quantization, ReasoningFormat } from '@waypost/core';

/** What a provider does with the prompts that an endpoint receives. */
export interface DataPolicy {
  /** Keeps prompts for longer than the request lasts. */
  readonly retains: boolean;
  readonly trains: boolean;
  readonly publishes: boolean;
}

/** One provider's offer of one model, with everything that routing and billing look at. */
export interface GatewayEndpoint {
  /** Base slug of the provider, such as `deepinfra`. */
  readonly provider: string;
  /** Routing slug with variant, region or tier, such as `deepinfra/fp8`; the base slug alone where there is none. */
  readonly tag: string;
  /** Set on a service-tier endpoint, which a request must opt into. */
  readonly tier?: 'flex' | 'priority';
  /** Decimal strings in USD per single token (or per request, image …). */
  readonly pricing: Pricing;
  readonly zdr: boolean;
  readonly dataPolicy: DataPolicy;
  readonly quantization: Quantization | null;
  readonly contextLength: number;
  /** `null`: no limit of its own. */
  readonly maxCompletionTokens: number | null;
  readonly supportedParameters: readonly string[];
  /** Default: those of the model. */
  readonly inputModalities?: readonly string[];
  /** Default: those of the model. */
  readonly outputModalities?: readonly string[];
  readonly moderated: boolean;
  /** Seconds to the first token. */
  readonly latency: Percentiles;
  /** Tokens per second. */
  readonly throughput: Percentiles;
  /** Quality of tool calls, 0 to 1: what `exacto` sorts by. */
  readonly exacto: number;
  /** `false`: an outage in the last 30 seconds. */
  readonly stable: boolean;
  /** The provider's own words for finish reasons; default: the same words. */
  readonly nativeFinishReasons?: Readonly<Record<string, string>>;
}

/** One row of the catalogue. A static variant such as `acme/atlas-mini:free` is a row of its own. */
export interface GatewayModel {
  readonly id: string;
  /** Dated, permanent form of the id. */
  readonly canonicalSlug: string;
  readonly name: string;
  readonly description: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly contextLength: number;
  readonly inputModalities: readonly string[];
  readonly outputModalities: readonly string[];
  readonly tokenizer: string;
  /** Whether the author permits distillation of the output. */
  readonly distillable: boolean;
  /** Set when the model can think. */
  readonly reasoning?: { readonly format: ReasoningFormat; readonly mandatory: boolean };
  readonly endpoints: readonly GatewayEndpoint[];
}

/** Everything that a gateway knows of models and providers; give your own to `createGateway`. */
export interface Catalogue {
  readonly models: readonly GatewayModel[];
  readonly providers: readonly Provider[];
  /** `~author/family-latest` to the id of the model behind it. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Presets by slug: the fields that a request without them gets. */
  readonly presets: Readonly<Record<string, Partial<ChatRequest>>>;
}
