import { ownerOf } from '../assert/owner.js';
import type { RecordedRequest } from '../recorded-request.js';

function isRecord(value: unknown): value is RecordedRequest {
  return typeof value === 'object' && value !== null && 'attempts' in value && 'number' in value;
}

/**
 * What an assertion is about: one request, or those that were sent to a gateway with `POST`.
 *
 * @throws {TypeError} for what is neither.
 */
export function subjectsOf(received: unknown): { readonly requests: readonly RecordedRequest[] } {
  if (typeof received === 'object' && received !== null && 'requests' in received && Array.isArray(received.requests)) {
    const list: readonly unknown[] = received.requests;
    return { requests: list.filter(isRecord).filter(({ method }) => method === 'POST') };
  }
  if (isRecord(received) && ownerOf(received) !== undefined) return { requests: [received] };
  throw new TypeError('Give a gateway to expect, or one of its requests: expect(gateway) or expect(gateway.requests[0]).');
}
