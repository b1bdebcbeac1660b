import type { Credits, KeyInfo } from '@waypost/core';
import { toNumber } from '../decimal.js';
import type { Exchange } from './exchange.js';

/** `GET` routes about the account, by path. */
export const account: Readonly<Record<string, (exchange: Exchange) => Response>> = {
  '/key': ({ state }) => {
    const info: KeyInfo = {
      data: {
        label: 'sk-or-v1-…', limit: null, limit_remaining: null, limit_reset: null,
        ...state.spending.told(), include_byok_in_limit: false,
        // an account that has never bought credits
        is_free_tier: state.credits <= 0, is_management_key: false, is_provisioning_key: false, creator_user_id: null, expires_at: null,
        rate_limit: { requests: -1, interval: '10s', note: 'Deprecated.' },
      },
    };
    return Response.json(info);
  },
  '/credits': ({ state }) => {
    const credits: Credits = { data: { total_credits: state.credits, total_usage: toNumber(state.spent) } };
    return Response.json(credits);
  },
};
