import { foldLayers } from '../policy/fold.js';
import type { Policy } from '../policy/policy.js';
import { createReport } from '../policy/report.js';
import { gather, gatherOuter } from './gather.js';
import type { RequestLayer } from './layers.js';

/**
 * The policy that a client's layers come to, what they build on (`extends`) included. For adapters.
 *
 * @throws {PolicyConflictError} when together they admit nothing.
 * @example
 * policyOf(config.layers).region // → 'eu'
 */
export function policyOf(layers: readonly RequestLayer[]): Policy {
  // what is wrong with them was told when they were made
  const { policies } = gatherOuter(layers) ?? gather(layers, {}, createReport());
  return foldLayers(policies).policy;
}
