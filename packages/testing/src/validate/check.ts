/** What is wrong with a field, as Zod tells it. */
export interface Issue {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly [detail: string]: unknown;
}

/** What is wrong with a value, by the path within it; nothing where it is good. */
export type Check = (value: unknown) => readonly Issue[];

const FINE: readonly Issue[] = [];

function received(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isNaN(value) ? 'NaN' : typeof value;
}

function wrongType(expected: string, value: unknown): readonly Issue[] {
  return [{ expected, code: 'invalid_type', path: [], message: `Invalid input: expected ${expected}, received ${received(value)}` }];
}

function tooSmall(origin: string, minimum: number, unit = ''): readonly Issue[] {
  const must = unit === '' ? 'be' : 'have';
  return [{ origin, code: 'too_small', minimum, inclusive: true, path: [], message: `Too small: expected ${origin} to ${must} >=${minimum}${unit}` }];
}

function tooBig(origin: string, maximum: number, unit = ''): readonly Issue[] {
  const must = unit === '' ? 'be' : 'have';
  return [{ origin, code: 'too_big', maximum, inclusive: true, path: [], message: `Too big: expected ${origin} to ${must} <=${maximum}${unit}` }];
}

function within(origin: string, value: number, low: number, high: number, unit?: string): readonly Issue[] {
  if (value < low) return tooSmall(origin, low, unit);
  return value > high ? tooBig(origin, high, unit) : FINE;
}

function under(key: string | number, issues: readonly Issue[]): readonly Issue[] {
  return issues.length === 0 ? issues : issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const anything: Check = () => FINE;

export const flag: Check = (value) => (typeof value === 'boolean' ? FINE : wrongType('boolean', value));

/** @param low characters at least. */
export function text(low: number = 0, high: number = Infinity): Check {
  return (value) => (typeof value === 'string' ? within('string', value.length, low, high, ' characters') : wrongType('string', value));
}

export function number(low: number = -Infinity, high: number = Infinity): Check {
  return (value) => (typeof value === 'number' && !Number.isNaN(value) ? within('number', value, low, high) : wrongType('number', value));
}

export function whole(low: number = -Infinity, high: number = Infinity): Check {
  return (value) => {
    if (typeof value !== 'number') return wrongType('number', value);
    return Number.isSafeInteger(value) ? within('number', value, low, high) : wrongType('int', value);
  };
}

export function oneOf(...values: readonly string[]): Check {
  const message = values.length === 1 ? `Invalid input: expected "${String(values[0])}"` : `Invalid option: expected one of ${values.map((value) => `"${value}"`).join('|')}`;
  return (value) => (values.some((one) => one === value) ? FINE : [{ code: 'invalid_value', values, path: [], message }]);
}

export function list(item: Check, low: number = 0, high: number = Infinity): Check {
  return (value) => {
    if (!Array.isArray(value)) return wrongType('array', value);
    const bounds = within('array', value.length, low, high, ' items');
    if (bounds.length > 0) return bounds;
    let found = FINE;
    for (let i = 0; i < value.length; i += 1) {
      const issues = item(value[i]);
      if (issues.length > 0) found = [...found, ...under(i, issues)];
    }
    return found;
  };
}

/** An object whose values are all of one kind; `high`: how many. */
export function record(item: Check, key: Check = anything, high: number = Infinity): Check {
  return (value) => {
    if (!isObject(value)) return wrongType('record', value);
    const entries = Object.entries(value);
    if (entries.length > high) return tooBig('record', high, ' items');
    return entries.flatMap(([name, one]) => [...under(name, key(name)), ...under(name, item(one))]);
  };
}

/** Fields by name. One that is absent or `null` says nothing, unless it is among `required`; others may be there. */
export function object(fields: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  const checks = Object.entries(fields);
  return (value) => {
    if (!isObject(value)) return wrongType('object', value);
    let found = FINE;
    for (const [name, check] of checks) {
      const field = value[name];
      if ((field === undefined || field === null) && !required.includes(name)) continue;
      const issues = check(field);
      if (issues.length > 0) found = [...found, ...under(name, issues)];
    }
    return found;
  };
}

const depth = (issues: readonly Issue[]): number => issues[0]?.path.length ?? 0;

/** Any of these. Where none is it, what the one says that came furthest. */
export function either(...checks: readonly Check[]): Check {
  return (value) => {
    const errors: (readonly Issue[])[] = [];
    for (const check of checks) {
      const issues = check(value);
      if (issues.length === 0) return issues;
      errors.push(issues);
    }
    const [furthest = FINE] = errors.toSorted((a, b) => depth(b) - depth(a));
    return depth(furthest) > 0 ? furthest : [{ code: 'invalid_union', errors, path: [], message: 'Invalid input' }];
  };
}

/** The check for the `type` (or the like) of an object; `otherwise` for those that are not known, which may be anything by default. */
export function byTag(tag: string, checks: Readonly<Record<string, Check>>, otherwise: Check = anything): Check {
  const tagged = object({ [tag]: text() }, [tag]);
  return (value) => {
    const issues = tagged(value);
    if (issues.length > 0 || !isObject(value)) return issues;
    const name = String(value[tag]);
    return ((Object.hasOwn(checks, name) ? checks[name] : undefined) ?? otherwise)(value);
  };
}
