import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import type { Acknowledgement, Policy, Region } from './policy.js';
import type { ProviderPreferencesInput } from './preferences-input.js';
import { addIssue, type Report, show } from './report.js';
import { checkPreferences } from './validate.js';
import { closest } from './did-you-mean.js';

/** What one layer says about policy. Every part is optional. */
export interface PolicyOptions {
  /** OpenRouter's provider preferences, in either spelling. */
  provider?: ProviderPreferencesInput | null | undefined;
  /** Globs of the models that may be used at all: `anthropic/*`. Checked before sending, and against what served. */
  allowedModels?: readonly string[] | null | undefined;
  /** Sends the request to OpenRouter's host in that region, and nowhere else. */
  region?: Region | null | undefined;
  /** Risks taken knowingly; `cached-zdr` counts only in the layer that states `zdr`. */
  acknowledge?: readonly Acknowledgement[] | null | undefined;
  /** Sends preference keys unknown to this version as they are. Default `false`: they are errors. */
  allowUnknownPreferences?: boolean | undefined;
}

const REGIONS: readonly string[] = ['eu', 'us'];
const ACKNOWLEDGEMENTS: readonly string[] = ['preset-override', 'cached-zdr'];

/** Parses what one layer says into the internal policy value. `path` stands before the names in messages. */
export function layerPolicy(options: PolicyOptions, path: string, report: Report): Policy {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const { known, unknown } = checkPreferences(options.provider, at('provider'), report, options.allowUnknownPreferences);
  const { order, only, ignore, quantizations, options: raw, sort } = known;
  const fixed = known.allow_fallbacks === false;
  const acknowledged = checkAcknowledgements(options.acknowledge, at('acknowledge'), report);
  const region = checkRegion(options.region, at('region'), report);
  const allowed = checkAllowedModels(options.allowedModels, at('allowedModels'), report);
  return {
    ...(only && { only }),
    ...(order && { order }),
    ...(order && fixed && { closed: order }),
    ...(known.allow_fallbacks !== undefined && !(order && fixed) && { oneEndpoint: fixed }),
    ...(ignore?.length && { ignore }),
    ...(known.zdr !== undefined && { zdr: known.zdr }),
    ...(known.zdr && !acknowledged.includes('cached-zdr') && { uncached: true }),
    ...(known.enforce_distillable_text !== undefined && { enforceDistillableText: known.enforce_distillable_text }),
    ...(known.require_parameters !== undefined && { requireParameters: known.require_parameters }),
    ...(known.data_collection && { dataCollection: known.data_collection }),
    ...(quantizations && { quantizations }),
    ...(known.max_price && { maxPrice: known.max_price }),
    ...(sort !== undefined && { sort }),
    ...(known.preferred_min_throughput !== undefined && { preferredMinThroughput: known.preferred_min_throughput }),
    ...(known.preferred_max_latency !== undefined && { preferredMaxLatency: known.preferred_max_latency }),
    ...(raw && { options: raw }),
    ...(allowed && { allowedModels: [allowed] }),
    ...(region && { region }),
    ...(Object.keys(unknown).length > 0 && { unknown }),
  };
}

function checkRegion(region: unknown, path: string, report: Report): Region | undefined {
  if (region == null) return undefined;
  if (region === 'eu' || region === 'us') return region;
  const near = typeof region === 'string' ? REGIONS.find((one) => one === region.toLowerCase()) : undefined;
  addIssue(report, path, `${show(region)} is not one of "eu", "us"`, near && `did you mean ${show(near)}?`);
  return undefined;
}

function checkAllowedModels(globs: unknown, path: string, report: Report): readonly string[] | undefined {
  if (globs == null) return undefined;
  if (Array.isArray(globs) && globs.length > 0 && globs.every((glob) => typeof glob === 'string' && glob !== '')) return [...globs];
  addIssue(report, path, 'expected a list of globs that is not empty', 'such as ["anthropic/*"]');
  return undefined;
}

function checkAcknowledgements(names: unknown, path: string, report: Report): readonly string[] {
  if (names == null) return [];
  if (!Array.isArray(names)) {
    addIssue(report, path, `expected an array, got ${show(names)}`);
    return [];
  }
  names.forEach((name: unknown, i) => {
    if (typeof name === 'string' && ACKNOWLEDGEMENTS.includes(name)) return;
    const near = typeof name === 'string' ? closest(name, ACKNOWLEDGEMENTS) : undefined;
    addIssue(report, `${path}[${i}]`, `${show(name)} is nothing to acknowledge`, near ? `did you mean ${show(near)}?` : '"preset-override" or "cached-zdr"');
  });
  return names;
}

/** Checks one layer on its own, as a constructor does. @throws {InvalidOptionsError} */
export function requireValidLayer(options: PolicyOptions, path: string): void {
  const report: Report = { issues: [], warnings: [] };
  layerPolicy(options, path, report);
  if (report.issues.length > 0) throw new InvalidOptionsError(report.issues);
}
