import { type Filter, modelName, PRIVACY_SETTINGS } from './filter.js';
import { ignoresSlug, matchesAny } from './slugs.js';

/** `only`, of the request and of the account. An empty list is no list. */
export const allowedProviders: Filter = {
  step: 'Filter by Allowed Providers',
  keep: (candidates, { provider, account }) =>
    candidates.filter(({ endpoint }) =>
      [provider.only, account.only].every((list) => list === undefined || list === null || list.length === 0 || matchesAny(list, endpoint))),
  refuse(before, context) {
    const { provider, account } = context;
    const serving = [...new Set(context.initial.map((candidate) => candidate.endpoint.provider))];
    const request = provider.only ?? [];
    const byRequest = request.length > 0 && !before.some(({ endpoint }) => matchesAny(request, endpoint));
    const permitted = byRequest ? request : (account.only ?? request);
    const blame = byRequest
      ? `your request's provider.only preference permits only: ${permitted.join(', ')}.`
      : `your account's allowed-providers setting permits only: ${permitted.join(', ')}. Visit ${PRIVACY_SETTINGS}.`;
    return {
      message: `No allowed providers are available for the selected model. Providers serving ${modelName(context)}: ${serving.join(', ')}, but ${blame}`,
      metadata: { available_providers: serving, requested_providers: [...permitted] },
    };
  },
};

/** `ignore`, of the request and of the account together. */
export const ignoredProviders: Filter = {
  step: 'Filter by Ignored Providers',
  keep(candidates, { provider, account }) {
    const ignored = [...(provider.ignore ?? []), ...(account.ignore ?? [])];
    return candidates.filter(({ endpoint }) => !ignored.some((entry) => ignoresSlug(entry, endpoint)));
  },
  refuse: () => ({
    message: `All providers have been ignored. To change your default ignored providers, visit: ${PRIVACY_SETTINGS}`,
  }),
};
