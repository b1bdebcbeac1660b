import { setField } from '../compact.js';
import type { NamedPolicy } from '../policy/fold.js';
import { layerPolicy, presetPolicies } from '../policy/layer-policy.js';
import type { Acknowledgement } from '../policy/policy.js';
import { addExpected, addIssue, createReport, isPlain, join, type Report } from '../policy/report.js';
import { type ChainEntry, checkModels } from './chain.js';
import type { RequestLayer } from './layers.js';
import { checkMisplaced, checkProtected } from './protected-fields.js';

/** What the layers and the request's own body say, still unfolded. */
export interface Gathered {
  readonly policies: readonly NamedPolicy[];
  readonly acknowledged: readonly Acknowledgement[];
  readonly model: string | undefined;
  readonly models: readonly ChainEntry[];
  /** The other fields of the body, but for `provider` and `stream`. */
  readonly fields: { readonly [field: string]: unknown };
}

/**
 * Reads the layers, outermost first, and the request's own body; what is wrong goes into the report. `outer` are layers outside of
 * these, read already.
 */
export function gather(layers: readonly RequestLayer[], request: { readonly [field: string]: unknown }, report: Report, outer?: Gathered): Gathered {
  const policies: NamedPolicy[] = [...(outer?.policies ?? [])];
  const acknowledged: Acknowledgement[] = [...(outer?.acknowledged ?? [])];
  const fields: Record<string, unknown> = { ...outer?.fields };
  let model = outer?.model;
  let models = outer?.models ?? [];

  /** `raw` is what messages call a body that may not carry what the call itself says. */
  const addBody = (layer: RequestLayer, path: string, body: { readonly [field: string]: unknown }, raw?: string): void => {
    // hot: every field is read once, so that what is checked is what is sent, and nothing is copied
    for (const key of Object.keys(body)) {
      const value = body[key];
      if (value === undefined) continue;
      if (raw !== undefined) checkProtected(key, raw, report);
      switch (key) {
        case 'stream':
          break;
        case 'model':
          if (typeof value === 'string') model = value;
          else if (value !== null) addExpected(report, 'model', 'a model id', value);
          break;
        case 'models':
          models = checkModels(value, join(path, 'models'), report) ?? models;
          break;
        case 'provider': {
          if (value === null) break;
          // `layerPolicy` checks the value, whatever it is; this is only the type that it declares.
          const options = { provider: value as RequestLayer['provider'], allowUnknownPreferences: layer.allowUnknownPreferences };
          policies.push({ name: layer.name, policy: layerPolicy(options, path, report) });
          break;
        }
        default:
          if (value !== null) checkMisplaced(key, value, path, report);
          setField(fields, key, value);
      }
    }
  };

  for (const layer of layers) {
    const { name, path = '', policy, acknowledge, body } = layer;
    for (const preset of presetPolicies(layer.extends, path, report)) {
      policies.push({ name: `${name}.extends`, policy: preset.policy });
      acknowledged.push(...preset.acknowledge);
    }
    if (policy) policies.push({ name, policy });
    // read beside a parsed policy too, so that none of the two is lost where a layer has both
    if (!policy || (layer.provider ?? layer.allowedModels ?? layer.region) != null) policies.push({ name, policy: layerPolicy(layer, path, report) });
    // anything but an array is an issue by now
    if (Array.isArray(acknowledge)) acknowledged.push(...acknowledge);
    models = checkModels(layer.models, join(path, 'models'), report) ?? models;
    if (isPlain(body)) addBody(layer, path, body, path === '' ? name : path);
    // not shown: what should have been a body may hold prompts
    else if (body != null) addIssue(report, path || 'body', `expected a plain object, got ${Array.isArray(body) ? 'an array' : typeof body}`);
  }
  addBody({ name: 'request' }, '', request);
  return { policies, acknowledged, model, models, fields };
}

const known = new WeakMap<readonly RequestLayer[], Gathered>();

/**
 * The same for the layers of a client, which are there for every call and never change: what they come to is kept with them.
 * Undefined where something about them is wrong or odd, so that every call tells it anew.
 */
export function gatherOuter(layers: readonly RequestLayer[]): Gathered | undefined {
  const before = known.get(layers);
  if (before) return before;
  const report = createReport();
  const gathered = gather(layers, {}, report);
  if (report.issues.length > 0 || report.warnings.length > 0) return undefined;
  known.set(layers, gathered);
  return gathered;
}
