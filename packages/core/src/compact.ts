/** Leaves out what is undefined: what is sent, told or kept is plain JSON without holes. */
export function compact<T extends object>(value: T): T {
  const kept = Object.entries(value).filter(([, field]) => field !== undefined);
  // The same object less its undefined fields, which T's optional keys stand for.
  return Object.fromEntries(kept) as T;
}
