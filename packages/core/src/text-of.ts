/** What a server says where text belongs: undefined for `null` and for what is no text. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
