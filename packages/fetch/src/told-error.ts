import { APIError, NoRouteError, type OpenRouterError, StreamError, type StreamErrorReason, TimeoutError, type TimeoutKind } from '@waypost/core';

/** What is told of an error that the server did not send, so that the other side can make the same one. */
export interface BreakMark {
  readonly code: string;
  readonly reason?: StreamErrorReason;
  readonly kind?: TimeoutKind;
  readonly limitMs?: number;
}

/** What is passed on of an error, in the shape of OpenRouter's own. */
// an alias, which may stand where the wire's types are open for unknown fields
export type ToldError = {
  code: number;
  message: string;
  metadata: {
    error_type: APIError['errorType'];
    provider_name: string | undefined;
    retry_after_seconds: number | undefined;
    failed_routing_step: string | undefined;
    waypost: BreakMark | undefined;
  };
};

function markOf(error: OpenRouterError): BreakMark | undefined {
  const { code } = error;
  if (APIError.isInstance(error)) return undefined;
  if (StreamError.isInstance(error)) return { code, reason: error.reason };
  return TimeoutError.isInstance(error) ? { code, kind: error.kind, limitMs: error.limitMs } : { code };
}

/** Only what the server said is passed on: other messages may name hosts of the network that this runs in. */
export function toldError(error: OpenRouterError): ToldError {
  const told = StreamError.isInstance(error) ? error.cause : error;
  const mark = markOf(error);
  const said = APIError.isInstance(told) ? told : undefined;
  const { status = 502, message = `The stream broke (${mark?.reason ?? mark?.kind ?? mark?.code})`, errorType, provider, retryAfterMs } = said ?? {};
  return {
    code: status,
    message,
    metadata: {
      error_type: errorType,
      provider_name: provider,
      retry_after_seconds: retryAfterMs && retryAfterMs / 1000,
      failed_routing_step: NoRouteError.isInstance(told) ? told.failedStep : undefined,
      waypost: mark,
    },
  };
}
