import { byModel } from './candidates.js';
import type { Candidate } from './context.js';
import { excluded, type Sifted, unknown } from './filter.js';
import { namesOf } from './parameters.js';
import type { DroppedEndpoint } from './types.js';

/** Whether an endpoint supports a parameter, by any of its names; `undefined` where the listing does not tell. */
export function supports({ endpoint: { supported_parameters: supported } }: Candidate, parameter: string): boolean | undefined {
  return Array.isArray(supported) ? namesOf(parameter).some((name) => supported.includes(name)) : undefined;
}

/** Names of request fields by the parameter that they need; the others are named alike. */
const FIELD_OF: ReadonlyMap<string, string> = new Map([['structured_outputs', 'response_format']]);

/**
 * Per model and parameter: the endpoints that support it; where none does, all of them, with the parameter left out.
 * Source: OpenRouter API, provider routing.
 */
export function preferSupporting(candidates: readonly Candidate[], parameters: readonly string[], step: string): Sifted {
  const dropped: DroppedEndpoint[] = [];
  const kept = byModel(candidates).flatMap((group) => {
    let left = group;
    for (const parameter of parameters) {
      const lacks = (one: Candidate): boolean => supports(one, parameter) === false;
      const preferred = left.filter((one) => supports(one, parameter));
      const preference = FIELD_OF.get(parameter) ?? parameter;
      if (preferred.some((one) => one.unknown.length === 0)) {
        const findings = [{ step, ...excluded(preference, `does not support ${parameter}, which another endpoint of the model does`) }];
        dropped.push(...left.filter(lacks).map((candidate) => ({ candidate, findings })));
        left = left.filter((one) => !lacks(one));
      } else {
        // they serve only where those that support it turn out not to be eligible
        const open = preferred.length > 0 ? [{ step, ...unknown(preference, `does not support ${parameter}, which another endpoint does that may be eligible`) }] : [];
        left = left.map((one) => (lacks(one) ? { ...one, ignoredParameters: [...one.ignoredParameters, parameter], unknown: [...one.unknown, ...open] } : one));
      }
    }
    return left;
  });
  return { kept, dropped };
}
