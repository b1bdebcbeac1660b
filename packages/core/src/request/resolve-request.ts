import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import { foldLayers } from '../policy/fold.js';
import type { Overruled, Policy, Warning } from '../policy/policy.js';
import { printPolicy } from '../policy/print.js';
import { addIssue, createReport, isRecord, type Report, throwIssues } from '../policy/report.js';
import { type RouteName, takesFallbackModels } from '../policy/routes.js';
import { confine } from '../policy/confine.js';
import type { Window } from '../transport/types.js';
import type { ChatRequest } from '../wire/chat.js';
import type { ProviderPreferences } from '../wire/provider-preferences.js';
import { chainOf, windowsOf } from './chain.js';
import { checkAllowedModels } from './check-allowed-models.js';
import { gather, gatherOuter } from './gather.js';
import type { RequestLayer } from './layers.js';
import { type ModelId, knownModelId } from './model-id.js';

/** A request ready to be sent, and what was decided on the way. */
export interface ResolvedRequest {
  /** One request, or several where the chain is longer than the server takes. Bodies are complete but for `stream`. */
  readonly windows: readonly Window[];
  /** The chain: `[model, ...models]` without repetitions. */
  readonly requested: readonly string[];
  /** The effective policy, and its `provider` as printed. */
  readonly policy: Policy;
  readonly provider: ProviderPreferences | undefined;
  readonly overruled: readonly Overruled[];
  readonly warnings: readonly Warning[];
}

export interface ResolveOptions {
  /** Default `chat`. */
  route?: RouteName;
}

/**
 * Folds the layers, outermost first, and the request's own body into the requests to send. Guardrails of any layer hold,
 * whatever an inner layer or a raw body says.
 *
 * @param body the request's own fields; its `provider` is the innermost layer.
 * @throws {InvalidOptionsError} for wrong options. @throws {PolicyConflictError} when the guardrails cannot be kept.
 * @example
 * resolveRequest([{ name: 'client', provider: { zdr: true } }], { model: 'openai/gpt-5.1', messages, provider: { zdr: false } })
 *   .windows[0].body.provider // → { zdr: true }
 */
export function resolveRequest(
  layers: readonly RequestLayer[],
  body: { readonly [field: string]: unknown },
  options: ResolveOptions = {},
): ResolvedRequest {
  return resolveWithin([], layers, body, options);
}

/** @internal The same inside the layers of a client, a list that never changes: what they come to is kept with it. */
export function resolveWithin(
  outer: readonly RequestLayer[],
  layers: readonly RequestLayer[],
  body: { readonly [field: string]: unknown },
  { route = 'chat' }: ResolveOptions = {},
): ResolvedRequest {
  const report = createReport();
  const kept = gatherOuter(outer);
  const gathered = gather(kept ? layers : [...outer, ...layers], body, report, kept);
  const { policies, acknowledged, fields, model } = gathered;
  if (route === 'chat') checkChat(fields, report);
  throwIssues(report);
  // the limits of the call's own model hold on every route
  const models = takesFallbackModels(route) ? gathered.models : gathered.models.filter((entry) => entry.model === model);
  if (gathered.models.length > models.length) {
    report.warnings.push({ code: 'not-honoured', path: 'models', message: `the ${route} route takes no fallback models, so they are not sent` });
  }
  const folded = foldLayers(policies);
  const policy = confine(folded.policy, route, report);
  const { allowedModels } = policy;
  for (const { maxPrice } of models) confine({ max_price: maxPrice }, route, report);
  const chain = chainOf(model, models);
  // hot: arrays are filled one by one, since a compiled `map` makes another kind of array, and whatever reads it would be compiled again
  const requested: string[] = [];
  const ids: ModelId[] = [];
  for (const { model: id } of chain) {
    requested.push(id);
    ids.push(knownModelId(id));
  }
  const preset = fields['preset'] != null || ids.some((id) => id.preset !== undefined);
  const tierEndpoints = preset || optsInToTiers(fields['service_tier'], ids);
  if (allowedModels) checkAllowedModels(allowedModels, requested, fields);
  const provider = printPolicy(policy, tierEndpoints);
  if (preset && (provider ?? allowedModels ?? models.find((entry) => entry.maxPrice)) && !acknowledged.includes('preset-override')) {
    throw new PolicyConflictError({
      field: 'preset',
      message: 'its own provider settings would be replaced by the ones sent with the request',
      suggestion: "put everything into one of the two, or say acknowledge: ['preset-override']",
      layers: policies.map((one) => one.name),
    });
  }
  // Checked above as far as this client depends on them; the server has the last word on the rest.
  const own = fields as Omit<ChatRequest, 'model' | 'models' | 'provider' | 'stream'>;
  const windows = windowsOf({ body: own, model, models: takesFallbackModels(route) ? models : [], chain, policy, provider, tierEndpoints });
  return { windows, requested, policy, provider, overruled: folded.overruled, warnings: report.warnings };
}

/** Whether service-tier endpoints may serve. Source: OpenRouter API, service tiers and variants. */
function optsInToTiers(serviceTier: unknown, ids: readonly ModelId[]): boolean {
  if (typeof serviceTier === 'string' && serviceTier !== 'auto' && serviceTier !== 'default') return true;
  return ids.some(({ variants }) => variants.includes('nitro') || variants.includes('floor'));
}

function checkChat({ messages, prompt, reasoning, reasoning_effort: level }: { readonly [field: string]: unknown }, report: Report): void {
  // none of it is shown: messages are prompts
  if (Array.isArray(messages) && messages.length > 0) {
    messages.forEach((message: unknown, i) => {
      if (!isRecord(message) || typeof message['role'] !== 'string') addIssue(report, `messages[${i}]`, 'expected a message with a role');
    });
    if (prompt != null) addIssue(report, 'prompt', 'stands beside messages', 'keep one of them');
  } else if (messages !== undefined || prompt === undefined) addIssue(report, 'messages', 'expected a list of at least one message');
  const { effort, max_tokens: budget } = isRecord(reasoning) ? reasoning : {};
  if (effort == null) return;
  if (budget != null) addIssue(report, 'reasoning', 'effort and max_tokens exclude each other', 'keep one of them');
  if (level != null && level !== effort) addIssue(report, 'reasoning_effort', 'differs from reasoning.effort', 'keep one of them');
}
