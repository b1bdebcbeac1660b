import type { ErrorDetail, FinishReason, RouterMetadata, Usage } from '@waypost/core';
import type { Reply } from '../scenario/reply.js';
import type { Wire } from '../scenario/wire.js';

/** Everything that a response says, before it is put into JSON or a stream. */
export interface Answer {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly model: string;
  /** Display name. */
  readonly provider: string;
  readonly serviceTier: string | null;
  readonly reply: Reply;
  readonly finishReason: FinishReason | null;
  readonly nativeFinishReason: string | null;
  readonly usage: Usage;
  readonly wire: Wire;
  readonly metadata?: RouterMetadata;
}

/** The finish reason of a reply and the provider's own word for it. */
export function finishOf(reply: Reply, words: Readonly<Record<string, string>> = {}): Pick<Answer, 'finishReason' | 'nativeFinishReason'> {
  const calls = (reply.message.tool_calls?.length ?? 0) > 0;
  const finishReason = reply.finishReason === undefined ? (calls ? 'tool_calls' : 'stop') : reply.finishReason;
  const native = finishReason === null ? null : (words[finishReason] ?? finishReason);
  return { finishReason, nativeFinishReason: reply.nativeFinishReason === undefined ? native : reply.nativeFinishReason };
}

/** The usage object in the shape that the wire asks for. */
export function shapedUsage({ usage: full, wire }: Pick<Answer, 'usage' | 'wire'>): Usage {
  const { server_tool_use_details: toolUse, ...others } = full;
  const usage = toolUse === undefined ? full : { ...others, [wire.toolUse ?? 'server_tool_use_details']: toolUse };
  switch (wire.usageShape) {
    case 'no-cost': {
      const { cost: _cost, cost_details: _details, is_byok: _byok, ...rest } = usage;
      return rest;
    }
    case 'null-details': return { ...usage, prompt_tokens_details: null, completion_tokens_details: null };
    case 'null-upstream': return { ...usage, cost_details: { ...usage.cost_details, upstream_inference_cost: null } };
    default: return usage;
  }
}

const PROVIDER_ERROR = { code: 502, message: 'Provider returned error', metadata: { error_type: 'provider_unavailable' } } as const;

/** What an error inside a response says. */
export function errorDetail({ error, errorCode }: Wire): ErrorDetail {
  return error?.detail ?? (errorCode === 'word' ? { ...PROVIDER_ERROR, code: 'server_error' } : PROVIDER_ERROR);
}
