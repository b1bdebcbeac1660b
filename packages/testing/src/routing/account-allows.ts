import type { GatewayModel } from '../catalogue/types.js';
import { guardrails } from './filter-guardrails.js';
import { allowedProviders, ignoredProviders } from './filter-providers.js';
import type { AccountSettings, Candidate, RouteContext } from './types.js';

/** Whether the account's settings leave an endpoint of the model to a request that asks for nothing in particular. */
export function accountAllows(account: AccountSettings, model: GatewayModel): boolean {
  const requested = { requested: model.id, model, strategy: 'direct', online: false } as const;
  const initial: readonly Candidate[] = model.endpoints.map((endpoint) => ({ requested, endpoint, byok: false, ignoredParameters: [] }));
  const context: RouteContext = { body: { messages: [] }, provider: {}, account, initial, unsupportedTools: 'ignore', output: '' };
  return [guardrails, allowedProviders, ignoredProviders].reduce((left, filter) => filter.keep(left, context), initial).length > 0;
}
