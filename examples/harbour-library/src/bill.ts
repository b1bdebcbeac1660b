/** What a receipt says, as far as it is used here. */
interface ReceiptPart {
  readonly served?: { readonly model?: string; readonly provider?: string } | undefined;
  readonly cost: { readonly total?: number | undefined };
}

/** One request on the bill. */
export interface Item {
  readonly model: string | undefined;
  readonly provider: string | undefined;
  /** USD; undefined where the answer did not tell. */
  readonly cost: number | undefined;
}

/** Adds up what the receipts of several models say. */
export interface Bill {
  /** A hook for receipts. */
  readonly add: (receipt: ReceiptPart) => void;
  readonly items: readonly Item[];
  /** USD so far. */
  readonly total: () => number;
}

export function createBill(): Bill {
  const items: Item[] = [];
  return {
    items,
    add: ({ served, cost }) => void items.push({ model: served?.model, provider: served?.provider, cost: cost.total }),
    total: () => items.reduce((sum, { cost = 0 }) => sum + cost, 0),
  };
}
