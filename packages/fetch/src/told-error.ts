import { APIError, type FailureReason, NoRouteError, type OpenRouterError, StreamError, type StreamErrorReason, TimeoutError, type TimeoutKind } from '@waypost/core';

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

// About what was asked. Of anything else a provider may speak to its customer: of an organisation, its limits and its plan.
const OF_THE_REQUEST: readonly FailureReason[] = ['context-length', 'moderation', 'too-large', 'invalid-request'];

/** The words of an error that may leave the server. */
export function toldMessage({ message, reason, raw, provider, status }: APIError): string {
  return (raw === undefined && provider === undefined) || OF_THE_REQUEST.includes(reason) ? message : `${provider ?? 'The provider'} answered with ${status}`;
}

/** Only what the server said is passed on: other messages may name hosts of the network that this runs in. */
export function toldError(error: OpenRouterError): ToldError {
  const told = StreamError.isInstance(error) ? error.cause : error;
  const mark = markOf(error);
  const said = APIError.isInstance(told) ? told : undefined;
  const { status = 502, errorType, provider, retryAfterMs } = said ?? {};
  return {
    code: status,
    message: said ? toldMessage(said) : `The stream broke (${mark?.reason ?? mark?.kind ?? mark?.code})`,
    metadata: {
      error_type: errorType,
      provider_name: provider,
      retry_after_seconds: retryAfterMs && retryAfterMs / 1000,
      failed_routing_step: NoRouteError.isInstance(told) ? told.failedStep : undefined,
      waypost: mark,
    },
  };
}
