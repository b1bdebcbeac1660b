import type { ReasoningDetail } from '@waypost/core';

/** What a reasoning detail says in the clear; empty for what is encrypted, or only a signature. */
export function detailText(detail: ReasoningDetail): string {
  // A detail of an unknown type may have fields of these names too, so they are read with care.
  const text: unknown = detail.type === 'reasoning.summary' ? (detail as { summary?: unknown }).summary : detail.type === 'reasoning.text' ? (detail as { text?: unknown }).text : undefined;
  return typeof text === 'string' ? text : '';
}
