/** Reading JSON of unknown shape: what is not of the kind asked for is an empty one. */
export type Loose = Readonly<Record<string, unknown>>;

export const object = (value: unknown): Loose => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {});
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const amount = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Parsed, or `undefined` for what is not JSON. */
export function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Half an answer is no JSON, and the caller knows what that means.
    return undefined;
  }
}
