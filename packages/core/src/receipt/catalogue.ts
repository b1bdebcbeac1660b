import type { Endpoint } from '../wire/models.js';

/**
 * Endpoints that the caller has fetched, to hold a response against. A response names only a provider, so that what a public
 * list does not say stays unverifiable.
 *
 * @example
 * { zdr: (await openrouter.endpoints.zdr()).data, endpoints: (await openrouter.models.endpoints('openai/gpt-5.1')).data.endpoints }
 */
export interface VerificationCatalogue {
  /** All endpoints with zero data retention: `GET /endpoints/zdr`. */
  zdr?: readonly Endpoint[];
  /** Endpoints of the models in use: `GET /models/{author}/{slug}/endpoints`. */
  endpoints?: readonly Endpoint[];
}
