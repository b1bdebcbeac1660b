import type { Quantization } from '@waypost/core';
import type { Filter } from './filter.js';
import { withinMaxPrice } from './price.js';

const FAMILIES: Readonly<Record<string, readonly string[]>> = { fp4: ['fp4', 'mxfp4', 'nvfp4'], fp8: ['fp8', 'mxfp8'] };

/** Whether a wanted quantization means this one: `fp4` also means mxfp4 and nvfp4, `fp8` also mxfp8. */
function matchesQuantization(wanted: Quantization, offered: Quantization | null): boolean {
  return (FAMILIES[wanted] ?? [wanted]).includes(offered ?? 'unknown');
}

export const quantization: Filter = {
  step: 'Filter by Quantization',
  keep: (candidates, { provider: { quantizations } }) =>
    quantizations === undefined || quantizations === null || quantizations.length === 0
      ? candidates
      : candidates.filter(({ endpoint }) => quantizations.some((wanted) => matchesQuantization(wanted, endpoint.quantization))),
};

export const maxPrice: Filter = {
  step: 'Filter by Max Price',
  keep: (candidates, { provider: { max_price: bounds } }) =>
    bounds === undefined || bounds === null ? candidates : candidates.filter(({ endpoint }) => withinMaxPrice(endpoint.pricing, bounds)),
};

/** `enforce_distillable_text`. The real name of this step is not known. */
export const distillable: Filter = {
  step: 'Filter by Distillable Text',
  applies: ({ provider }) => provider.enforce_distillable_text === true,
  keep: (candidates) => candidates.filter(({ requested }) => requested.model.distillable),
};
