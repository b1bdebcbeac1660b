import { isPlain } from './is-record.js';

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)])) : value;
}

/** A copy of what a user gave, so that changing it later changes nothing. What is no plain data stays as it is: core refuses it. */
export function deepCopy<Value>(value: Value): Value {
  return copyOf(value) as Value;
}
