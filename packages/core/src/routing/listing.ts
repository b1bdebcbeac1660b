import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { isRecord, show } from '../policy/report.js';
import type { Endpoint, ModelEndpoints } from '../wire/models.js';
import type { ListedModel } from './context.js';
import type { EndpointListing } from './types.js';

type Entry = ModelEndpoints | ModelEndpoints['data'] | Endpoint;

const fail = (path: string, message: string, suggestion: string): never => {
  throw new InvalidOptionsError([{ path, message, suggestion }]);
};

function isModel(entry: Entry): entry is ModelEndpoints['data'] {
  return 'endpoints' in entry && Array.isArray(entry.endpoints);
}

function isAnswer(entry: Entry): entry is ModelEndpoints {
  return 'data' in entry && isRecord(entry.data) && Array.isArray(entry.data['endpoints']);
}

/**
 * A listing as models. Bare endpoints are gathered by `model_id`; those without one belong to `only`, the one model that is asked for.
 *
 * @throws {InvalidOptionsError} for what is no listing, or endpoints of which nobody knows the model.
 */
export function readListing(listing: EndpointListing, only: string | undefined): Map<string, ListedModel> {
  const models = new Map<string, { id: string; inputModalities?: readonly string[]; outputModalities?: readonly string[]; endpoints: Endpoint[] }>();
  const entries: readonly Entry[] = Array.isArray(listing) ? listing : [listing as Entry];
  entries.forEach((given, i) => {
    const path = Array.isArray(listing) ? `endpoints[${i}]` : 'endpoints';
    if (!isRecord(given)) fail(path, `expected an endpoint or a model with its endpoints, got ${show(given)}`, 'give what /models/{id}/endpoints returned');
    const entry = isAnswer(given) ? given.data : given;
    if (isModel(entry)) {
      const { id, architecture: { input_modalities: inputModalities, output_modalities: outputModalities } = {}, endpoints } = entry;
      const known = models.get(id);
      if (known) known.endpoints.push(...endpoints);
      else models.set(id, { id, ...(inputModalities && { inputModalities }), ...(outputModalities && { outputModalities }), endpoints: [...endpoints] });
      return;
    }
    if (typeof entry.tag !== 'string') fail(path, 'has neither a tag nor endpoints', 'give what /models/{id}/endpoints returned');
    const id = entry.model_id ?? only;
    if (id === undefined) return fail(`${path}.model_id`, 'is missing, and the request does not name one model', 'give what /models/{id}/endpoints returned');
    const known = models.get(id);
    if (known) known.endpoints.push(entry);
    else models.set(id, { id, endpoints: [entry] });
  });
  return models;
}
