import { InvalidOptionsError } from '@waypost/core';
import type { RecordedRequest } from '../recorded-request.js';

/**
 * The request of this number, or the last `POST`.
 *
 * @throws {InvalidOptionsError} where there is none.
 */
export function requestOf(requests: readonly RecordedRequest[], which?: number): RecordedRequest {
  const found = which === undefined ? requests.findLast(({ method }) => method === 'POST') : requests.find((request) => request.number === which);
  if (found !== undefined) return found;
  const wanted = which === undefined ? 'a POST' : `request ${which}`;
  const came = requests.length === 0 ? 'no request has come to the gateway' : `the gateway has had ${requests.length} requests`;
  throw new InvalidOptionsError([{ path: 'request', message: `${wanted} was asked about, but ${came}`, suggestion: 'await the call first; reset() forgets requests' }]);
}
