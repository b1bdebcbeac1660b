import type { Usage } from '@waypost/core';
import { add, compare, type Decimal, decimal, toNumber, ZERO } from './decimal.js';

const DAY_MS = 86_400_000;

/** USD, in all and in the current day, week (from Monday) and month of UTC. */
interface Told {
  readonly usage: number;
  readonly usage_daily: number;
  readonly usage_weekly: number;
  readonly usage_monthly: number;
  readonly byok_usage: number;
  readonly byok_usage_daily: number;
  readonly byok_usage_weekly: number;
  readonly byok_usage_monthly: number;
}

/** What was spent, day by day. */
export interface Spending {
  /** @param cost USD charged, an exact decimal. */
  add(cost: string, usage: Usage): void;
  told(): Told;
}

/** Of one day: what OpenRouter charged, and what providers charged for the account's own keys. */
interface Day {
  readonly charged: Decimal;
  readonly external: Decimal;
}

/** Days since the epoch at which the day, the week and the month of a time begin. */
function beginnings(time: number): readonly [day: number, week: number, month: number] {
  const date = new Date(time);
  const day = Math.floor(time / DAY_MS);
  return [day, day - ((date.getUTCDay() + 6) % 7), day - date.getUTCDate() + 1];
}

export function createSpending(now: () => number): Spending {
  const days = new Map<number, Day>();
  const sum = (key: keyof Day, from: number): number => toNumber([...days].reduce((total, [day, spent]) => (day < from ? total : add(total, spent[key])), ZERO));
  return {
    add(cost, { is_byok: byok, cost_details: details }) {
      const charged = decimal(cost);
      const today = Math.floor(now() / DAY_MS);
      const before = days.get(today) ?? { charged: ZERO, external: ZERO };
      // what is not charged came to nothing at the provider too
      const external = byok === true && compare(charged, ZERO) > 0 ? decimal(details?.upstream_inference_cost ?? 0) : ZERO;
      days.set(today, { charged: add(before.charged, charged), external: add(before.external, external) });
    },
    told() {
      const [day, week, month] = beginnings(now());
      return {
        usage: sum('charged', -Infinity), usage_daily: sum('charged', day), usage_weekly: sum('charged', week), usage_monthly: sum('charged', month),
        byok_usage: sum('external', -Infinity), byok_usage_daily: sum('external', day), byok_usage_weekly: sum('external', week), byok_usage_monthly: sum('external', month),
      };
    },
  };
}
