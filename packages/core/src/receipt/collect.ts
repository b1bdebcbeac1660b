import { compact } from '../compact.js';
import type { Overruled, Policy } from '../policy/policy.js';
import { slugOfProvider } from '../policy/slugs.js';
import type { ProviderPreferences } from '../wire/provider-preferences.js';
import type { RouterMetadata } from '../wire/router-metadata.js';
import type { Usage } from '../wire/usage.js';
import type { VerificationCatalogue } from './catalogue.js';
import type { AttemptRecord, PolicyVerdict, Receipt } from './receipt.js';
import { costOfUsage, tokenUsage } from './token-usage.js';
import { sameModel, verifyPolicy } from './verify-policy.js';

/** `off` keeps nothing, `summary` leaves out the long parts, `full` is everything. */
export type ReceiptDetail = 'off' | 'summary' | 'full';

/** What a receipt reads from a response, whole or accumulated. */
export interface Served {
  id?: string | undefined;
  model?: string | undefined;
  provider?: string | undefined;
  usage?: Usage | null | undefined;
  finishReason?: string | null | undefined;
  router?: RouterMetadata | undefined;
}

export interface CollectorOptions {
  now: () => number;
  requested: readonly string[];
  policy: Policy;
  provider: ProviderPreferences | undefined;
  overruled: readonly Overruled[];
  detail: ReceiptDetail;
  catalogue?: VerificationCatalogue | undefined;
  sharesData?: boolean | undefined;
}

/** Gathers what happens to one call. */
export interface ReceiptCollector {
  attempt(record: AttemptRecord): void;
  /** Notes the time of the first content, and gives it, in milliseconds since the call began; later calls change nothing. */
  firstToken(): number;
  verdict(served: Served): PolicyVerdict;
  /** The receipt as far as it is known; undefined when receipts are off. */
  receipt(served: Served): Receipt | undefined;
}

// After any other failure the server may have worked, and charged, without having told what.
const UNBILLED = /^(invalid-request|no-route|authentication|permission|credits|rate-limit|.*not-found)$/;

/** Options of providers are free text, and may be part of a prompt: of those, a receipt tells for whom they are. */
function withoutTexts({ options, ...provider }: ProviderPreferences): ProviderPreferences {
  return options ? { ...provider, options: Object.fromEntries(Object.keys(options).map((slug) => [slug, {}])) } : provider;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A server may send null for a name, or anything: what is no text names nobody, and no answer is lost over it. */
const named = (served: Served): Served => ({ ...served, id: text(served.id), model: text(served.model), provider: text(served.provider) });

/** Starts the clock of a call. */
export function createReceiptCollector(options: CollectorOptions): ReceiptCollector {
  const { now, requested, policy, provider, overruled, detail, catalogue, sharesData } = options;
  const began = now();
  const attempts: AttemptRecord[] = [];
  let firstTokenMs: number | undefined;
  const verdict = (served: Served): PolicyVerdict => verifyPolicy(policy, { ...named(served), requested, sharesData }, catalogue);
  return {
    attempt: (record) => void attempts.push(record),
    firstToken: () => (firstTokenMs ??= now() - began),
    verdict,
    receipt: (served) => {
      if (detail === 'off') return undefined;
      const { id, model, provider: name, router, usage, finishReason } = named(served);
      const first = requested[0];
      const last = attempts.at(-1);
      const failed = attempts.filter((one) => one.outcome !== 'ok');
      const elsewhere = model !== undefined && first !== undefined && !sameModel(first, model) && requested.some((asked) => sameModel(asked, model));
      const windowed = last?.outcome === 'ok' && failed.length > 0 && last.models[0] !== first;
      const who = compact({ model, provider: name, providerSlug: name && slugOfProvider(name) });
      const receipt: Receipt = {
        id,
        requested,
        served: model || name ? who : undefined,
        fallbackUsed: elsewhere || windowed || (router?.attempt ?? 1) > 1,
        strategy: router?.strategy,
        finishReason: finishReason ?? undefined,
        usage: tokenUsage(usage),
        cost: costOfUsage(usage, failed.some((one) => !UNBILLED.test(one.reason ?? ''))),
        timing: compact({ firstTokenMs, totalMs: now() - began }),
        overruled,
        verdict: verdict(served),
      };
      if (detail === 'full') {
        receipt.policy = compact({ provider: provider && withoutTexts(provider), allowedModels: policy.allowedModels, region: policy.region });
        receipt.attempts = [...attempts];
        receipt.router = router;
        receipt.rawUsage = usage ?? undefined;
      }
      return compact(receipt);
    },
  };
}
