import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { isRecord, show } from '../policy/report.js';
import type { Endpoint, ModelEndpoints } from '../wire/models.js';
import type { ListedModel } from './context.js';
import type { EndpointListing } from './types.js';

type Entry = ModelEndpoints | ModelEndpoints['data'] | Endpoint;

const fail = (path: string, message: string): never => {
  throw new InvalidOptionsError([{ path, message, suggestion: 'give what /models/{id}/endpoints returned' }]);
};

function isModel(entry: Entry): entry is ModelEndpoints['data'] {
  return 'endpoints' in entry && Array.isArray(entry.endpoints);
}

function isAnswer(entry: Entry): entry is ModelEndpoints {
  return 'data' in entry && isRecord(entry.data) && Array.isArray(entry.data['endpoints']);
}

function checkTag(endpoint: unknown, path: string, message: string): void {
  if (!isRecord(endpoint)) fail(path, `expected an endpoint, got ${show(endpoint)}`);
  else if (typeof endpoint['tag'] !== 'string' || endpoint['tag'] === '') fail(path, message);
}

/** What a model takes and gives, as far as it is told. */
function modalitiesOf({ architecture }: ModelEndpoints['data']): Pick<ListedModel, 'inputModalities' | 'outputModalities'> {
  const { input_modalities: inputs, output_modalities: outputs } = architecture ?? {};
  return { ...(Array.isArray(inputs) && { inputModalities: inputs }), ...(Array.isArray(outputs) && { outputModalities: outputs }) };
}

/**
 * A listing as models. Bare endpoints are gathered by `model_id`; those without one belong to `only`, the one model that is asked for.
 *
 * @throws {InvalidOptionsError} for what is no listing, endpoints without a tag, or of which nobody knows the model.
 */
export function readListing(listing: EndpointListing, only: string | undefined): Map<string, ListedModel> {
  const models = new Map<string, Omit<ListedModel, 'endpoints'> & { endpoints: Endpoint[] }>();
  const entries: readonly Entry[] = Array.isArray(listing) ? listing : [listing as Entry];
  entries.forEach((given, i) => {
    const path = Array.isArray(listing) ? `endpoints[${i}]` : 'endpoints';
    if (!isRecord(given)) fail(path, `expected an endpoint or a model with its endpoints, got ${show(given)}`);
    const entry = isAnswer(given) ? given.data : given;
    if (isModel(entry)) {
      const { id, endpoints } = entry;
      if (typeof id !== 'string' || id === '') fail(`${path}.id`, `expected the id of the model, got ${show(id)}`);
      // not forEach, which skips the holes of a sparse array
      for (const [at, endpoint] of endpoints.entries()) checkTag(endpoint, `${path}.endpoints[${at}]`, 'has no tag');
      const known = models.get(id);
      if (known) known.endpoints.push(...endpoints);
      else models.set(id, { id, ...modalitiesOf(entry), endpoints: [...endpoints] });
      return;
    }
    checkTag(entry, path, 'has neither a tag nor endpoints');
    const id = typeof entry.model_id === 'string' ? entry.model_id : only;
    if (id === undefined) return fail(`${path}.model_id`, 'is missing, and the request does not name one model');
    const known = models.get(id);
    if (known) known.endpoints.push(entry);
    else models.set(id, { id, endpoints: [entry] });
  });
  return models;
}
