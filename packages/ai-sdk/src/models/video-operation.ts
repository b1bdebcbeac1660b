import type { JSONObject, JSONValue } from '@ai-sdk/provider';
import { type CallOptions, InvalidOptionsError, type Receipt } from '@waypost/core';
import { asJson } from '../answer/convert-metadata.js';
import { isRecord } from '../call/is-record.js';

/** What `doStatus` must know of a film that was asked for. It is JSON, and holds neither key nor prompt. */
export interface VideoOperation {
  readonly id: string;
  /** The region of the call, which has the job. */
  readonly region: CallOptions['region'];
  readonly receipt: Receipt | undefined;
}

/** An operation as the AI SDK keeps it. */
export function packOperation({ id, region, receipt }: VideoOperation): JSONObject {
  return { id, ...(region != null && { region }), ...(receipt && { receipt: asJson(receipt) }) };
}

// It was made by `doStart`, and is passed on as it came.
const isReceipt = (value: unknown): value is Receipt => isRecord(value) && isRecord(value['cost']);

/** What `packOperation` packed; the bare id of a job does too. @throws {InvalidOptionsError} */
export function unpackOperation(operation: JSONValue): VideoOperation {
  const { id, region, receipt }: { readonly [field: string]: unknown } = isRecord(operation) ? operation : { id: operation };
  if (typeof id !== 'string' || id === '') {
    throw new InvalidOptionsError([{ path: 'operation', message: 'is not one of a video model', suggestion: 'pass what starting the video gave as its operation' }]);
  }
  // core checks the region
  return { id, region: region as VideoOperation['region'], receipt: isReceipt(receipt) ? receipt : undefined };
}
