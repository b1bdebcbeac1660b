import type { Usage } from '@waypost/core';
import type { OkOutcome } from '../scenario/outcome.js';
import { errorDetail, shapedUsage } from './answer.js';
import type { BodyWatch } from './body.js';
import { objectResponse } from './deliver.js';

interface MediaBody {
  readonly usage?: Usage;
  readonly [key: string]: unknown;
}

/** A JSON answer of a route that gives no text, with what the reply and the wire of its outcome change about it. An error comes with HTTP 200. */
export function mediaJson(
  body: MediaBody,
  { reply, wire = {} }: OkOutcome,
  watch: BodyWatch,
  init: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  const { usage, ...rest } = body;
  const headers = new Headers(init.headers);
  if (wire.error !== undefined) return objectResponse({ error: errorDetail(wire) }, wire, headers, watch);
  const shown = usage === undefined || wire.usage === 'missing' ? {} : { usage: shapedUsage({ usage, wire }) };
  return objectResponse({ ...rest, ...shown, ...reply?.fields }, wire, headers, watch, init.status);
}
