import { type OpenRouterOptions, usd } from '@waypost/fetch';

/** The model that the demo asks for; what else may serve is in the policy. */
export const MODEL = 'acme/atlas';

/** Written once, given to all three adapters. */
export const policy = {
  provider: {
    zdr: true,
    dataCollection: 'deny',
    maxPrice: { prompt: usd.perThousand(0.004), completion: usd.perMillion(16) },
  },
  models: ['borealis/aurora'],
} satisfies OpenRouterOptions;
