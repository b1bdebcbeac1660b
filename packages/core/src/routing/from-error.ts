import { blame } from '../errors/blame.js';
import type { NoRouteError } from '../errors/no-route-error.js';
import { isMarked } from '../errors/openrouter-error.js';
import type { ServerWord } from './explanation.js';
import type { RouteRequest } from './types.js';

/** Works across copies of the package, as `NoRouteError.isInstance` does; here the class need not come along. */
export function isNoRouteError(value: unknown): value is NoRouteError {
  return isMarked(value, 'NoRouteError');
}

/** What the error remembers of the request: by its receipt, the chain and the policy; else what the server repeats. */
export function requestOf({ receipt, metadata, preference }: NoRouteError): RouteRequest {
  const [model, ...models] = receipt?.requested ?? [];
  // where it is the account's list, it is none of the request's
  const only = preference === 'only' ? metadata?.requested_providers : undefined;
  const provider = receipt?.policy?.provider ?? (only && { only });
  return { ...(model !== undefined && { model, models }), ...(provider && { provider }) };
}

/** The preference that the server blames. */
export function blamed(error: NoRouteError): { readonly preference?: string; readonly suggestion?: string } {
  const { preference, suggestion } = error;
  if (preference !== undefined || suggestion !== undefined) return { ...(preference !== undefined && { preference }), ...(suggestion !== undefined && { suggestion }) };
  return blame([error.failedStep, error.message].join(' ')) ?? {};
}

export function serverWord(error: NoRouteError): ServerWord {
  const { message, failedStep, funnel } = error;
  const { suggestion } = blamed(error);
  return { message, funnel, ...(failedStep !== undefined && { failedStep }), ...(suggestion !== undefined && { suggestion }) };
}
