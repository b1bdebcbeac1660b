import { statusOfType } from '../errors/reason.js';
import { isRecord } from '../policy/report.js';
import { FINISHED } from '../stream/error-of.js';
import type { ErrorDetail } from '../wire/error-body.js';
import type { ResponsesEvent } from '../wire/responses-event.js';
import type { ResponsesResponse } from '../wire/responses.js';

const UNTOLD = 'The provider failed while generating, and gave no reason';

/** One detail of what is told in two places. Many kinds of errors share a code on this route; the type beside it is precise. */
function detailOf(error: unknown, { code, message, error_type: type }: { readonly [field: string]: unknown }): ErrorDetail {
  const said: Record<string, unknown> = isRecord(error) ? error : compactMessage(error ?? message);
  const own = { code: code ?? undefined, message, ...said };
  const precise = statusOfType(type);
  // every field of a detail is optional and read with care
  return { ...own, message: own.message ?? UNTOLD, code: precise ?? own.code ?? 502, ...(typeof type === 'string' && { error_type: type }) } as ErrorDetail;
}

const compactMessage = (message: unknown): { message?: string } => (typeof message === 'string' ? { message } : {});

/** The error that a response holds, as a whole or in an event; undefined for a good one. */
export function responseError(response: Partial<ResponsesResponse>): ErrorDetail | undefined {
  return response.error || response.status === 'failed' ? detailOf(response.error, { error_type: response.error_type }) : undefined;
}

/**
 * What of an ending an event carries: an error (`error`, `response.failed`, an `error` without a type as on chat), the end of the
 * answer, or nothing. Source: OpenRouter API, responses, streaming and errors.
 */
export function eventEnding(event: ResponsesEvent): ErrorDetail | typeof FINISHED | undefined {
  // hot: once per event, and nearly every event is a piece of something
  if (typeof event.delta === 'string' && !event.error) return undefined;
  switch (event.type) {
    case 'response.completed':
    case 'response.incomplete':
    case 'response.cancelled':
      return (isRecord(event.response) && responseError(event.response)) || FINISHED;
    case 'response.failed': {
      const { response } = event;
      return (isRecord(response) && responseError(response)) || detailOf(event.error, event);
    }
    case 'error':
    case 'response.error':
      return detailOf(event.error, event);
    default:
      return event.error ? detailOf(event.error, event) : undefined;
  }
}

// What begins, and what says that something goes on.
const OPENING = /\.(created|queued|in_progress|added|searching|generating|interpreting|debug)$/;

/** Whether an event holds anything of the answer: a piece that is not empty, or an end of whatever. */
export function eventCarries({ type, delta }: ResponsesEvent): boolean {
  if (typeof type !== 'string') return false;
  return type.endsWith('.delta') ? Boolean(delta) : !OPENING.test(type);
}
