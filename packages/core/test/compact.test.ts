import { expect, it } from 'vitest';
import { compact } from '../src/compact.js';

it('leaves out what is undefined, and nothing else', () => {
  const value = { a: 1, b: undefined, c: null, d: '', e: false };
  expect(compact(value)).toStrictEqual({ a: 1, c: null, d: '', e: false });
  expect(value).toHaveProperty('b');
});

it('takes __proto__ for a key like any other', () => {
  const copy = compact(JSON.parse('{"__proto__":{"polluted":true},"a":1}') as object);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true},"a":1}');
  expect(copy).not.toHaveProperty('polluted');
});
