/** JSON types by path: `choices[].delta.content` → `string`, `null`. */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>;

/** What users and models write, in which any key may stand. */
const FREE = /(?:^|\.)(?:parameters|schema|metadata\.raw|json_schema|top_logprobs)$|^tools\[\]\.|^text\.format\.|^data(?:\[\])?\.(?:endpoints\[\]\.)?pricing\.overrides/;

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function collect(value: unknown, path: string, into: Map<string, Set<string>>): void {
  if (FREE.test(path)) return;
  if (path !== '') {
    const types = into.get(path) ?? new Set<string>();
    types.add(typeOf(value));
    into.set(path, types);
  }
  if (Array.isArray(value)) for (const entry of value) collect(entry, `${path}[]`, into);
  else if (typeof value === 'object' && value !== null) for (const [key, entry] of Object.entries(value)) collect(entry, path === '' ? key : `${path}.${key}`, into);
}

/** The shape of all these values together. */
export function shapeOf(values: readonly unknown[]): Shape {
  const shape = new Map<string, Set<string>>();
  for (const value of values) collect(value, '', shape);
  return shape;
}

/** How two shapes differ at a path. */
export interface Difference {
  readonly path: string;
  /** `lacks`: the gateway does not have it; `adds`: the recording does not; else the types, of the recording and of the gateway. */
  readonly how: string;
}

const written = (types: ReadonlySet<string>): string => [...types].toSorted().join(' or ');

function isBelow(path: string, parents: ReadonlySet<string>): boolean {
  return [...parents].some((parent) => path.startsWith(`${parent}.`) || path.startsWith(`${parent}[]`));
}

/** Where the gateway's shape is another than the recorded one. Of a key that only one has, what is below it is not told. */
export function differencesOf(recorded: Shape, made: Shape): readonly Difference[] {
  const found: Difference[] = [];
  const told = new Set<string>();
  for (const path of [...new Set([...recorded.keys(), ...made.keys()])].toSorted()) {
    const [wanted, given] = [recorded.get(path), made.get(path)];
    if (isBelow(path, told)) continue;
    if (wanted === undefined || given === undefined) {
      told.add(path);
      found.push({ path, how: wanted === undefined ? 'adds' : 'lacks' });
    } else if (written(wanted) !== written(given)) {
      if (wanted.has('object') !== given.has('object') || wanted.has('array') !== given.has('array')) told.add(path);
      found.push({ path, how: `${written(wanted)} → ${written(given)}` });
    }
  }
  return found;
}
