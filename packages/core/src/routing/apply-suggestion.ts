import { camel, FIELD_NAMES } from '../policy/fields.js';
import { isRecord } from '../policy/report.js';
import type { RouteSuggestion } from './explanation.js';
import type { RouteRequest } from './types.js';

/**
 * The request after the changes of a suggestion; the one given stays as it is. Settings of the account cannot be changed by a
 * request, so that changes of those are left out.
 *
 * @example
 * const [suggestion] = explain(request, endpoints).suggestions;
 * if (suggestion && !suggestion.privacy) await openrouter.chat(applySuggestion(request, suggestion));
 */
export function applySuggestion<Request extends RouteRequest>(request: Request, { changes }: RouteSuggestion): Request {
  const changed: { [field: string]: unknown } = { ...request };
  const provider: { [field: string]: unknown } = isRecord(request.provider) ? { ...request.provider } : {};
  for (const { preference, by, action, value } of changes) {
    if (by === 'account') continue;
    const isPreference = FIELD_NAMES.some((field) => field === preference);
    const place = isPreference ? provider : changed;
    delete place[preference];
    if (isPreference) delete provider[camel(preference)];
    if (action === 'set') place[preference] = value;
  }
  if (request.provider != null) changed['provider'] = provider;
  // The same fields, of which some have other values of the same kind.
  return changed as Request;
}
