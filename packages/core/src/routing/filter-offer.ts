import { matchesQuantization } from '../policy/guardrails.js';
import { excluded, type Filter, unknown } from './filter.js';
import { outsideMaxPrice, showPrice } from './price.js';

/** `quantizations`. An endpoint that tells none has the quantization `unknown`, which can be asked for. */
export const quantization: Filter = {
  step: 'Filter by Quantization',
  object({ endpoint }, { provider: { quantizations } }) {
    const offered = endpoint.quantization ?? 'unknown';
    if (quantizations === undefined || quantizations.some((wanted) => matchesQuantization(wanted, offered))) return [];
    return [excluded('quantizations', `${offered} is not among ${quantizations.join(', ')}`)];
  },
};

/** `max_price`: at most the bound, in every component that has one. */
export const maxPrice: Filter = {
  step: 'Filter by Max Price',
  object: ({ endpoint }, { provider: { max_price: bounds } }) =>
    (bounds === undefined ? [] : outsideMaxPrice(endpoint.pricing, bounds)).map(({ component, bound, price }) =>
      price === undefined
        ? unknown('max_price', `the listing has no price for ${component}`)
        : excluded('max_price', `${showPrice(component, price)} is above $${bound}`)),
};
