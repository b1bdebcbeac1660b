import { byModel } from './candidates.js';
import type { Candidate } from './context.js';
import { excluded, type Sifted } from './filter.js';
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
      if (left.some((one) => supports(one, parameter))) {
        const detail = `does not support ${parameter}, which another endpoint of the model does`;
        const findings = [{ step, ...excluded(FIELD_OF.get(parameter) ?? parameter, detail) }];
        dropped.push(...left.filter((one) => supports(one, parameter) === false).map((candidate) => ({ candidate, findings })));
        left = left.filter((one) => supports(one, parameter) !== false);
      } else left = left.map((one) => (supports(one, parameter) === false ? { ...one, ignoredParameters: [...one.ignoredParameters, parameter] } : one));
    }
    return left;
  });
  return { kept, dropped };
}
