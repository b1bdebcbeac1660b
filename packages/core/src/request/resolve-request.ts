import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import { foldLayers, type NamedPolicy } from '../policy/fold.js';
import { layerPolicy } from '../policy/layer-policy.js';
import type { Acknowledgement, Overruled, Policy, Warning } from '../policy/policy.js';
import { printPolicy } from '../policy/print.js';
import { addIssue, createReport, isRecord, type Report, show, throwIssues } from '../policy/report.js';
import type { RouteName } from '../policy/routes.js';
import { confine } from '../policy/confine.js';
import type { Window } from '../transport/types.js';
import type { ChatRequest } from '../wire/chat.js';
import type { ProviderPreferences } from '../wire/provider-preferences.js';
import { type ChainEntry, chainOf, checkModels, windowsOf } from './chain.js';
import { checkAllowedModels } from './check-allowed-models.js';
import type { RequestLayer } from './layers.js';
import { parseModelId } from './model-id.js';
import { checkMisplaced, checkProtected } from './protected-fields.js';

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

interface Gathered {
  readonly policies: NamedPolicy[];
  readonly fields: Record<string, unknown>;
  readonly acknowledged: Set<Acknowledgement>;
  models: readonly ChainEntry[];
  model: string | undefined;
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
  const route = options.route ?? 'chat';
  const report = createReport();
  // fields have no prototype, so that a key `__proto__` is a key like any other
  const gathered: Gathered = { policies: [], fields: Object.create(null), acknowledged: new Set(), models: [], model: undefined };
  for (const layer of layers) gatherLayer(layer, gathered, report);
  gatherBody(body, gathered, report, 'request', '');
  if (route === 'chat') checkChat(gathered, report);
  throwIssues(report);
  const folded = foldLayers(gathered.policies);
  const policy = confine(folded.policy, route, report);
  const { model, models } = gathered;
  const { provider: _, model: __, models: ___, stream: ____, ...fields } = gathered.fields;
  const chain = chainOf(model, models).map((entry) => entry.model);
  for (const { maxPrice } of models) if (maxPrice) confine({ maxPrice }, route, report);
  const preset = fields['preset'] != null || chain.some((id) => parseModelId(id).preset !== undefined);
  const tierEndpoints = preset || optsInToTiers(fields['service_tier'], chain);
  if (policy.allowedModels) checkAllowedModels(policy.allowedModels, chain, fields);
  const provider = printPolicy(policy, tierEndpoints);
  if (preset && (provider || policy.allowedModels || models.some((entry) => entry.maxPrice)) && !gathered.acknowledged.has('preset-override')) {
    throw new PolicyConflictError({
      field: 'preset',
      message: 'its own provider settings would be replaced by the ones sent with the request',
      suggestion: "put everything into one of the two, or say acknowledge: ['preset-override']",
      layers: gathered.policies.map((one) => one.name),
    });
  }
  // Checked above as far as this client depends on them; the server has the last word on the rest.
  const own = fields as Omit<ChatRequest, 'model' | 'models' | 'provider' | 'stream'>;
  return {
    windows: windowsOf({ body: own, model, models, policy, tierEndpoints }),
    requested: chain,
    policy,
    provider,
    overruled: folded.overruled,
    warnings: report.warnings,
  };
}

function gatherLayer(layer: RequestLayer, gathered: Gathered, report: Report): void {
  const path = layer.path ?? '';
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (layer.policy) gathered.policies.push({ name: layer.name, policy: layer.policy });
  // read beside a parsed policy too, so that none of the two is lost where a layer has both
  if (!layer.policy || (layer.provider ?? layer.allowedModels ?? layer.region) != null) gathered.policies.push({ name: layer.name, policy: layerPolicy(layer, path, report) });
  // anything but an array is an issue by now
  if (Array.isArray(layer.acknowledge)) layer.acknowledge.forEach((name: Acknowledgement) => gathered.acknowledged.add(name));
  gathered.models = checkModels(layer.models, at('models'), report) ?? gathered.models;
  const { body } = layer;
  if (body == null) return;
  // not shown: what should have been a body may hold prompts
  if (!isRecord(body)) return addIssue(report, at('body'), `expected an object, got ${typeof body}`);
  checkProtected(body, path === '' ? layer.name : path, report);
  gatherBody(body, gathered, report, layer.name, path, layer.allowUnknownPreferences);
}

function gatherBody(
  body: { readonly [field: string]: unknown },
  gathered: Gathered,
  report: Report,
  name: string,
  path: string,
  allowUnknownPreferences?: boolean,
): void {
  checkMisplaced(body, path, report);
  if (body['provider'] != null) {
    const provider = body['provider'] as RequestWithPreferences['provider'];
    gathered.policies.push({ name, policy: layerPolicy({ provider, allowUnknownPreferences }, path, report) });
  }
  gathered.models = checkModels(body['models'], path === '' ? 'models' : `${path}.models`, report) ?? gathered.models;
  if (typeof body['model'] === 'string') gathered.model = body['model'];
  else if (body['model'] != null) addIssue(report, 'model', `expected a model id, got ${show(body['model'])}`);
  for (const [key, value] of Object.entries(body)) if (value !== undefined) gathered.fields[key] = value;
}

/** `layerPolicy` checks the value, whatever it is; this is only the type that it declares. */
interface RequestWithPreferences {
  provider: RequestLayer['provider'];
}

function checkChat(gathered: Gathered, report: Report): void {
  const { messages, prompt, reasoning, reasoning_effort: effort } = gathered.fields;
  if (messages === undefined && prompt === undefined) addIssue(report, 'messages', 'is missing', 'give at least one message');
  else if (messages !== undefined && !Array.isArray(messages)) addIssue(report, 'messages', `expected an array, got ${typeof messages}`);
  else if (Array.isArray(messages)) {
    if (messages.length === 0) addIssue(report, 'messages', 'is empty', 'give at least one message');
    messages.forEach((message: unknown, i) => {
      if (!isRecord(message) || typeof message['role'] !== 'string') addIssue(report, `messages[${i}]`, 'expected a message with a role');
    });
  }
  if (!isRecord(reasoning)) return;
  if (reasoning['effort'] != null && reasoning['max_tokens'] != null) {
    addIssue(report, 'reasoning', 'effort and max_tokens exclude each other', 'keep one of them');
  }
  if (effort != null && reasoning['effort'] != null && effort !== reasoning['effort']) {
    addIssue(report, 'reasoning_effort', `${show(effort)} differs from reasoning.effort`, 'keep one of them');
  }
}

/** Whether service-tier endpoints may serve. Source: OpenRouter API, service tiers and variants. */
function optsInToTiers(serviceTier: unknown, chain: readonly string[]): boolean {
  if (typeof serviceTier === 'string' && serviceTier !== 'auto' && serviceTier !== 'default') return true;
  return chain.some((id) => parseModelId(id).variants.some((variant) => variant === 'nitro' || variant === 'floor'));
}
