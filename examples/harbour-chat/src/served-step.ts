import type { Receipt } from '@waypost/core';
import type { ServedStep } from './chat-message.js';

function receiptOf(metadata: unknown): Receipt | undefined {
  const { openrouter } = (metadata ?? {}) as { openrouter?: { receipt?: Receipt } };
  return openrouter?.receipt;
}

/** What the page may know of a step, from the receipt in its provider metadata; `undefined` where nothing was served. */
export function servedStep(metadata: unknown): ServedStep | undefined {
  const receipt = receiptOf(metadata);
  if (receipt?.served === undefined) return undefined;
  const { served, cost, fallbackUsed, router } = receipt;
  const refused = (router?.attempts ?? []).filter(({ status }) => Number(status) !== 200);
  return {
    ...(served.provider !== undefined && { provider: served.provider }),
    ...(served.model !== undefined && { model: served.model }),
    ...(cost.total !== undefined && { cost: cost.total }),
    fallback: fallbackUsed,
    refused: refused.map(({ provider, status }) => ({ provider, status: String(status ?? 'no answer') })),
  };
}
