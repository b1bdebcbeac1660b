/** Puts log probabilities together. */
export interface LogprobsAccumulator {
  add(logprobs: unknown): void;
  value(): unknown;
}

/** Arrays (`content`, `refusal`) grow; anything else, also in place of the whole, is kept as it last came. */
export function accumulateLogprobs(): LogprobsAccumulator {
  const fields = new Map<string, unknown>();
  const lists = new Map<string, unknown[]>();
  let bare: unknown;
  return {
    add(logprobs) {
      if (typeof logprobs !== 'object' || logprobs === null || Array.isArray(logprobs)) {
        bare = logprobs;
        return;
      }
      for (const [key, value] of Object.entries(logprobs)) {
        if (!Array.isArray(value)) {
          if (value != null || !fields.has(key)) fields.set(key, value);
          continue;
        }
        let list = lists.get(key);
        if (list === undefined) {
          list = [];
          lists.set(key, list);
          fields.set(key, list);
        }
        for (const entry of value) list.push(entry);
      }
    },
    value() {
      if (fields.size === 0) return bare;
      const copies = [...fields].map(([key, value]) => [key, Array.isArray(value) ? [...value] : value] as const);
      return Object.fromEntries(copies);
    },
  };
}
