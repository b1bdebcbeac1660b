/** Sets a field by a name from outside: `__proto__` is one like any other, though an assignment would take it for the prototype. */
export function setField(target: { [name: string]: unknown }, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}

/** Leaves out what is undefined: what is sent, told or kept is plain JSON without holes. */
export function compact<T extends object>(value: T): T {
  // hot: many times per call, so no list of entries is made
  const kept: { [name: string]: unknown } = {};
  for (const key in value) {
    const field = value[key];
    if (field !== undefined) setField(kept, key, field);
  }
  // The same object less its undefined fields, which T's optional keys stand for.
  return kept as T;
}
