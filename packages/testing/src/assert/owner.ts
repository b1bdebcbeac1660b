import type { RecordedRequest } from '../recorded-request.js';
import type { SharedState } from '../state.js';

/** What knows the endpoints that a record names. */
type Owner = Pick<SharedState, 'catalogue' | 'display'>;

const owners = new WeakMap<RecordedRequest, Owner>();

export function ownedBy(record: RecordedRequest, owner: Owner): void {
  owners.set(record, owner);
}

/** The gateway that a request came to; `undefined` for what is no record of any. */
export function ownerOf(record: RecordedRequest): Owner | undefined {
  return owners.get(record);
}
