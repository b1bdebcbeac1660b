import { compact } from '../compact.js';
import { checkKeys, checkList, isEmpty, oneOf } from './check-parts.js';
import type { Acknowledgement, Policy, Region } from './policy.js';
import type { ProviderPreferencesInput } from './preferences-input.js';
import { addExpected, addIssue, createReport, isPlain, join, type Report, throwIssues } from './report.js';
import { checkPreferences } from './validate.js';

/** What one layer says about policy. Every part is optional. */
export interface PolicyOptions extends PolicyPreset {
  /**
   * Policies that this layer builds on, outermost first: their guardrails hold, and their preferences where this layer has none. See
   * `presets`.
   *
   * @example
   * import { createOpenRouter, presets } from '@waypost/fetch';
   * createOpenRouter({ extends: [presets.private, presets.costOptimized] });
   */
  extends?: PolicyPreset | readonly PolicyPreset[] | null | undefined;
}

/** A policy as plain data, to be used by any layer. */
export interface PolicyPreset {
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

const NO_OPINION: Policy = {};
const REGIONS: readonly Region[] = ['eu', 'us'];
const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = ['preset-override', 'cached-zdr'];

const PRESET: readonly (keyof PolicyPreset)[] = ['provider', 'allowedModels', 'region', 'acknowledge', 'allowUnknownPreferences'];

/** Reads the policies that a layer builds on, outermost first, and what they acknowledge. What is wrong goes into the report. */
export function presetPolicies(given: unknown, path: string, report: Report): { readonly policy: Policy; readonly acknowledge: readonly Acknowledgement[] }[] {
  if (given == null) return [];
  return (Array.isArray(given) ? given : [given]).flatMap((preset: unknown, i) => {
    const at = join(path, `extends${Array.isArray(given) ? `[${i}]` : ''}`);
    if (!isPlain(preset)) return addExpected(report, at, 'a policy', preset, 'such as presets.private') ?? [];
    checkKeys(preset, PRESET, at, report);
    const { acknowledge } = preset;
    // anything but a list of known words has been reported with the policy
    return { policy: layerPolicy(preset, at, report), acknowledge: Array.isArray(acknowledge) ? acknowledge : [] };
  });
}

/** Parses what one layer says into the internal policy value. `path` stands before the names in messages. */
export function layerPolicy(options: PolicyPreset, path: string, report: Report): Policy {
  const { provider, allowedModels: globs, region, acknowledge } = options;
  // hot: most layers of a call say nothing about policy
  if (provider == null && globs == null && region == null && acknowledge == null) return NO_OPINION;
  const { known, unknown } = checkPreferences(provider, join(path, 'provider'), report, options.allowUnknownPreferences);
  // as `toJSON`, one would put other preferences in place of all of these
  for (const [name, value] of Object.entries(unknown)) {
    if (typeof value === 'function') addIssue(report, join(path, `provider.${name}`), 'is a function, which no request can carry');
  }
  const { allow_fallbacks: fallbacks, ...stated } = known;
  const closed = fallbacks === false ? stated.order : undefined;
  const named = acknowledge == null ? [] : checkList(acknowledge, 'acknowledgements', join(path, 'acknowledge'), report, (name, at) => oneOf(name, ACKNOWLEDGEMENTS, at, report));
  return compact<Policy>({
    ...stated,
    closed,
    allow_fallbacks: closed ? undefined : fallbacks,
    uncached: (stated.zdr && !named?.includes('cached-zdr')) || undefined,
    region: region == null ? undefined : oneOf(region, REGIONS, join(path, 'region'), report),
    allowedModels: globs == null ? undefined : checkGlobs(globs, join(path, 'allowedModels'), report),
    unknown: isEmpty(unknown) ? undefined : unknown,
  });
}

function checkGlobs(globs: unknown, path: string, report: Report): readonly (readonly string[])[] | undefined {
  if (Array.isArray(globs) && globs.length > 0 && globs.every((glob) => typeof glob === 'string' && glob !== '')) return [[...globs]];
  return addIssue(report, path, 'expected a list of globs that is not empty', 'such as ["anthropic/*"]');
}

/** Checks one layer on its own, as a constructor does. @throws {InvalidOptionsError} */
export function requireValidLayer(options: PolicyOptions, path: string): void {
  const report = createReport();
  layerPolicy(options, path, report);
  throwIssues(report);
}
