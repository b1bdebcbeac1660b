import type { ReactNode } from 'react';
import type { ServedStep } from '../src/chat-message.js';

/** USD, as short as it can be without losing what was paid. */
function dollars(amount: number): string {
  return `$${amount.toFixed(6).replace(/0{1,4}$/, '')}`;
}

const distinct = (names: readonly (string | undefined)[]): string => [...new Set(names.map((name) => name ?? 'unknown'))].join(', ');

/** Why the one that served was not the first choice. */
function whyFallback(steps: readonly ServedStep[]): string {
  const refused = steps.flatMap((step) => step.refused.map(({ provider, status }) => `${provider} answered ${status}`));
  return refused.length === 0 ? '' : `: ${[...new Set(refused)].join(', ')}`;
}

/** Who served an answer, which model, and what all of its steps cost together. */
export function Served({ steps }: { steps: readonly ServedStep[] }): ReactNode {
  const costs = steps.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  return (
    <footer>
      <span>Served by <b>{distinct(steps.map(({ provider }) => provider))}</b></span>
      <span>{distinct(steps.map(({ model }) => model))}</span>
      {costs.length > 0 && <data value={total}>{dollars(total)}</data>}
      <span>{steps.length === 1 ? '1 request' : `${steps.length} requests`}</span>
      {steps.some(({ fallback }) => fallback) && <span className="fallback">Fallback used{whyFallback(steps)}</span>}
    </footer>
  );
}
