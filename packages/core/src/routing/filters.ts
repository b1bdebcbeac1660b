import type { Filter } from './filter.js';
import { byok } from './filter-byok.js';
import { dataPolicy, distillable, guardrails } from './filter-data-policy.js';
import { inputModalities, outputModalities } from './filter-modalities.js';
import { maxPrice, quantization } from './filter-offer.js';
import { contextLength, parameters } from './filter-parameters.js';
import { allowedProviders, fallback, ignoredProviders } from './filter-providers.js';
import { tools } from './filter-tools.js';

/** The hard filters, in the order in which they apply. The real order is published only in part. Source: OpenRouter API, provider routing; error bodies. */
export const FILTERS: readonly Filter[] = [
  guardrails, dataPolicy, distillable, allowedProviders, ignoredProviders, quantization, maxPrice, tools, ...inputModalities, outputModalities,
  parameters, contextLength, byok, fallback,
];
