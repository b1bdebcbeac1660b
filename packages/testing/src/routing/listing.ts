import type { Endpoint, ModelEndpoints } from '@waypost/core';
import type { EndpointFacts, EndpointHealth } from '@waypost/core/routing';
import { toWireEndpoint, toWireModel } from '../catalogue/to-wire.js';
import type { GatewayEndpoint, GatewayModel } from '../catalogue/types.js';

interface Origin {
  readonly model: GatewayModel;
  readonly endpoint: GatewayEndpoint;
}

/** Made once per model: a catalogue does not change. */
const listings = new WeakMap<GatewayModel, ModelEndpoints['data']>();
const origins = new WeakMap<Endpoint, Origin>();

/** A model as `GET /models/{author}/{slug}/endpoints` lists it, which is what is routed over. */
export function listingOf(model: GatewayModel): ModelEndpoints['data'] {
  const known = listings.get(model);
  if (known !== undefined) return known;
  const { architecture } = toWireModel(model);
  const endpoints = model.endpoints.map((endpoint) => {
    const wire = toWireEndpoint(endpoint, model, endpoint.provider, true);
    origins.set(wire, { model, endpoint });
    return wire;
  });
  const listing = { id: model.id, endpoints, ...(architecture === undefined ? {} : { architecture }) };
  listings.set(model, listing);
  return listing;
}

/** What a listed endpoint was made of. */
export function originOf(endpoint: Endpoint): Origin {
  const origin = origins.get(endpoint);
  if (origin === undefined) throw new Error(`${endpoint.tag} is not of this catalogue`);
  return origin;
}

/** What the listing does not tell; a gateway knows everything. */
export function factsOf(wire: Endpoint): EndpointFacts {
  const { model, endpoint } = originOf(wire);
  const { zdr, dataPolicy, exacto, inputModalities, outputModalities } = endpoint;
  return {
    zdr, dataPolicy, exacto,
    distillable: model.distillable,
    inputModalities: inputModalities ?? model.inputModalities,
    outputModalities: outputModalities ?? model.outputModalities,
  };
}

export function healthOf(wire: Endpoint): EndpointHealth {
  const { stable, latency, throughput } = originOf(wire).endpoint;
  return { outage: !stable, latency, throughput };
}
