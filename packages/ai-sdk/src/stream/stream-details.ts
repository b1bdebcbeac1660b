import type { JSONObject, SharedV4ProviderMetadata } from '@ai-sdk/provider';
import type { ReasoningDetail } from '@waypost/core';
import { asJson, detailsMetadata } from '../answer/convert-metadata.js';

/**
 * Gives the reasoning details of a stream to parts that the AI SDK hands back on the next turn, so that `replayedDetails`
 * finds each once and in order. Details grow and come late, so it keeps what has been given away, and puts a late signature
 * into it too: whoever holds the part of the thinking then has its signature as well.
 */
export interface DetailsCarrier {
  /** For a reasoning part: what no part before it carries; or everything, and says so, where what they carry has changed since. */
  own(details: readonly ReasoningDetail[]): SharedV4ProviderMetadata;
  /** For a part after the thinking: everything, where something is not carried yet. */
  late(details: readonly ReasoningDetail[]): JSONObject | undefined;
  /** For the first tool call, with what else it carries. */
  all(details: readonly ReasoningDetail[], extra: JSONObject | undefined): SharedV4ProviderMetadata;
}

export function createDetailsCarrier(): DetailsCarrier {
  let carried: string[] = [];
  let given: ReasoningDetail[] = [];

  const settle = (details: readonly ReasoningDetail[]): void => {
    for (const [i, detail] of given.entries()) {
      const now = details[i];
      if (now && now.type === detail.type && now.index === detail.index) Object.assign(detail, now);
    }
  };

  const unchanged = (now: readonly string[]): boolean => carried.every((json, i) => json === now[i]);

  return {
    own(details) {
      const now = details.map((detail) => JSON.stringify(detail));
      const before = carried;
      const grown = unchanged(now);
      carried = now;
      given = grown ? [...given, ...details.slice(before.length)] : [...details];
      return grown ? detailsMetadata(details.slice(before.length)) : detailsMetadata(details, { reasoning_details_complete: true });
    },
    late(details) {
      if (details.length === 0) return undefined;
      const now = details.map((detail) => JSON.stringify(detail));
      if (now.length === carried.length && unchanged(now)) return undefined;
      settle(details);
      carried = now;
      return { reasoning_details: details.map(asJson), reasoning_details_complete: true };
    },
    all(details, extra) {
      settle(details);
      return detailsMetadata(details, extra);
    },
  };
}
