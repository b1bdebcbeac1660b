/** Leaves out what is undefined: what is sent, told or kept is plain JSON without holes. */
export function compact<T extends object>(value: T): T {
  // hot: many times per call, so no list of entries is made
  const kept: Partial<T> = {};
  for (const key in value) {
    const field = value[key];
    if (field === undefined) continue;
    // a key like any other, though an assignment would take it for the prototype
    if (key === '__proto__') Object.defineProperty(kept, key, { value: field, enumerable: true, configurable: true, writable: true });
    else kept[key] = field;
  }
  // The same object less its undefined fields, which T's optional keys stand for.
  return kept as T;
}
