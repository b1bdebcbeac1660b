/** JSON that is read as it comes: of recordings nobody promises more. */
export type Fields = Readonly<Record<string, unknown>>;

export const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {});
export const entries = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fields) : []);
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The JSON of an event stream, event by event. */
export function eventsOf(sse: string): readonly Fields[] {
  return sse.split(/\r\n|\r|\n/).filter((line) => line.startsWith('data: {')).map((line) => fields(JSON.parse(line.slice('data: '.length))));
}
