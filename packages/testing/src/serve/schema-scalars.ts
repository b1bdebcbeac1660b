import type { JsonObject, JsonValue } from '@waypost/core';
import { number } from './schema-nodes.js';

const FORMATS: Readonly<Record<string, string>> = {
  date: '2026-01-01', time: '00:00:00Z', 'date-time': '2026-01-01T00:00:00Z', email: 'someone@example.com',
  uri: 'https://example.com', url: 'https://example.com', uuid: '00000000-0000-4000-8000-000000000000', ipv4: '127.0.0.1',
};

/** No test needs a longer text, and a schema may ask for more than memory holds. */
const MOST_CHARACTERS = 1_000_000;

const given = (schemas: readonly JsonObject[], key: string): readonly number[] => schemas.map((schema) => number(schema[key])).filter((value) => value !== undefined);

export const greatest = (schemas: readonly JsonObject[], key: string): number => given(schemas, key).reduce((most, value) => Math.max(most, value), -Infinity);
const least = (schemas: readonly JsonObject[], key: string): number => given(schemas, key).reduce((most, value) => Math.min(most, value), Infinity);

/** The sample of the format, cut or filled to the length. */
export function text(schemas: readonly JsonObject[]): string {
  const format = schemas.map((schema: JsonObject): JsonValue | undefined => schema.format).find((name) => typeof name === 'string');
  const sample = typeof format === 'string' && Object.hasOwn(FORMATS, format) ? (FORMATS[format] ?? 'text') : 'text';
  const length = Math.max(0, Math.min(greatest(schemas, 'minLength'), MOST_CHARACTERS));
  return sample.slice(0, Math.max(0, least(schemas, 'maxLength'))).padEnd(length, 'x');
}

/** Numbers to try, the plainest first: at the lower bound, else 1, else at the upper bound. `step`: between neighbours. */
export function numbers(schemas: readonly JsonObject[], step: number): readonly number[] {
  const [above, below] = [greatest(schemas, 'exclusiveMinimum'), least(schemas, 'exclusiveMaximum')];
  const lower = Math.max(greatest(schemas, 'minimum'), above);
  const upper = Math.min(least(schemas, 'maximum'), below);
  const [multiple] = given(schemas, 'multipleOf');
  const grid = multiple === undefined || multiple <= 0 ? step : multiple;
  const up = (value: number): number => Math.ceil(value / grid) * grid;
  const down = (value: number): number => Math.floor(value / grid) * grid;
  // on the grid first; beside it where a bound excludes it, or where the interval is narrower than the grid
  return [
    ...(step === 1 || multiple !== undefined ? [] : [lower]), up(lower), up(lower) + grid, ...(lower === -Infinity ? [1, grid, 0] : []),
    upper - grid, down(upper), down(upper) - grid, (lower + upper) / 2, upper,
    // an integer that is a multiple of a fraction
    ...(step === 1 && !Number.isInteger(grid) ? Array.from({ length: 1000 }, (_, i) => up(Math.max(lower, 0)) + i * grid) : []),
  ].filter(Number.isFinite).map((value) => (value === 0 ? 0 : value));
}
