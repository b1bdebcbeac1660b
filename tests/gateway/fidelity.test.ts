import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareWith, type Finding } from './fidelity/compare.js';
import { explanations, fits } from './fidelity/explanations.js';
import { folder, pageFile, present } from './fidelity/folder.js';
import { type Compared, isOlder } from './fidelity/newer.js';
import { BEGIN, END, fidelityTables, withTables } from './fidelity/page.js';
import { differencesOf, shapeOf } from './fidelity/shape.js';
import { type Survey, survey } from './fidelity/survey.js';

const required = Boolean(process.env['WAYPOST_REQUIRE_CASSETTES']);

if (!present) it.skipIf(!required)('the recorded traffic lies beside this checkout (where it does not, nothing is compared)', () => expect(present).toBe(true));

describe('shapes', () => {
  const differences = (recorded: unknown, made: unknown): object => differencesOf(shapeOf([recorded]), shapeOf([made]));

  it('are the same whatever the values are', () => {
    expect(differences({ id: 'a', choices: [{ index: 0 }, { index: 1 }] }, { id: 'b', choices: [{ index: 7 }] })).toEqual([]);
  });

  it('tell what one lacks, adds, and has as another type', () => {
    expect(differences({ id: 'a', tier: null, usage: { cost: 1 } }, { id: 1, tier: null, error: { code: 1 } })).toEqual([
      { path: 'error', how: 'adds' }, { path: 'id', how: 'string → number' }, { path: 'usage', how: 'lacks' },
    ]);
  });

  it('end where users and models write', () => {
    expect(differences({ tools: [{ parameters: { a: 1 } }] }, { tools: [{ parameters: { b: 1 } }] })).toEqual([]);
  });
});

describe('errors', () => {
  const differences = (recorded: object, made: object): object => compareWith({ kind: 'errors', response: { status: 400, headers: {}, body: { error: recorded } } }, { status: 400, body: { error: made } }).findings;

  it('are the same in code and words, whatever the numbers are', () => {
    expect(differences({ code: 400, message: 'at most 10 of 20' }, { code: 400, message: 'at most 7 of 8' })).toEqual([]);
    expect(differences({ code: 400, message: 'too long' }, { code: 402, message: 'too short' })).toEqual([
      { part: '400', path: 'error.code', how: 'another code' }, { part: '400', path: 'error.message', how: 'other words' },
    ]);
  });
});

describe('a change over time', () => {
  const lacking: Finding = { part: 'usage', path: 'usage.cost', how: 'adds' };
  const of = (month: string, part: string, recorded: unknown, ...findings: readonly Finding[]): Compared => ({ month, findings, parts: new Map([[part, shapeOf([recorded])]]) });
  const older = of('2025-05', 'usage', { usage: { tokens: 1 } }, lacking);

  it('is shown by a newer recording that has what the gateway has', () => {
    expect(isOlder(lacking, [older, of('2025-06', 'usage', { usage: { tokens: 1, cost: 1 } })])).toBe(true);
  });

  it.each<[string, Compared]>([
    ['has no such part', of('2025-06', 'text', { usage: { cost: 1 } })],
    ['has nothing that the path could be in', of('2025-06', 'usage', { choices: [] })],
    ['does not have it either', of('2025-06', 'usage', { usage: { tokens: 1 } })],
    ['differs there in another way', of('2025-06', 'usage', { usage: { cost: '1' } }, { ...lacking, how: 'string → number' })],
    ['differs above', of('2025-06', 'usage', { usage: { cost: 1 } }, { ...lacking, path: 'usage', how: 'object → null' })],
    ['is of the same month', of('2025-05', 'usage', { usage: { cost: 1 } })],
    ['has no date', of('', 'usage', { usage: { cost: 1 } })],
  ])('is not shown by one that %s', (_name, other) => {
    expect(isOlder(lacking, [older, other])).toBe(false);
  });

  it('is not shown where one that differs has no date, or is newer', () => {
    const agreeing = of('2025-06', 'usage', { usage: { cost: 1 } });
    expect(isOlder(lacking, [older, agreeing, { ...older, month: '' }])).toBe(false);
    expect(isOlder(lacking, [older, agreeing, { ...older, month: '2025-07' }])).toBe(false);
  });

  it('is never shown of a status', () => {
    const status: Finding = { part: 'status', path: '', how: '404 → 400' };
    expect(isOlder(status, [of('2025-05', 'body', {}, status), of('2025-06', 'body', {})])).toBe(false);
  });

  it('is shown of a key that went away, and of a whole part', () => {
    const gone: Finding = { part: 'body', path: 'data[].old', how: 'lacks' };
    const before = of('2025-05', 'body', { data: [{ old: 1 }] }, gone);
    expect(isOlder(gone, [before, of('2025-06', 'body', { data: [{ id: 1 }] })])).toBe(true);
    expect(isOlder(gone, [before, of('2025-06', 'body', { data: [] })])).toBe(false);
    const part: Finding = { part: 'idle', path: '', how: 'lacks' };
    expect(isOlder(part, [of('2025-05', 'idle', {}, part), of('2025-06', 'text', {})])).toBe(true);
    expect(isOlder(part, [of('2025-05', 'idle', {}, part), { month: '2025-06', findings: [], parts: new Map() }])).toBe(false);
  });
});

describe('an explanation', () => {
  it('is of what it names', () => {
    const hows = [...new Set(explanations.flatMap(({ how }) => how))];
    const kinds = [...new Set(explanations.flatMap(({ of }) => of))];
    const tops = [...new Set(explanations.flatMap(({ paths }) => paths.map((path) => path.replace(/[^.]*$/, ''))))];
    for (const kind of kinds) {
      for (const how of hows) {
        for (const top of tops) {
          const found: Finding = { part: 'body', path: `${top}brand_new`, how };
          expect(explanations.filter((one) => fits(one, kind, found, ['2025-01']))).toEqual([]);
        }
      }
    }
  });

  it('is of no recording that is newer, of no more than there were, and of no other part', () => {
    const one = { of: ['models'], parts: ['body'], paths: ['data[].name'], how: ['lacks'], until: '2025-06', most: 2, why: 'because' };
    const found: Finding = { part: 'body', path: 'data[].name', how: 'lacks' };
    expect(fits(one, 'models', found, ['2025-06', '2025-01'])).toBe(true);
    expect(fits(one, 'models', found, ['2025-07'])).toBe(false);
    expect(fits(one, 'models', found, ['2025-01', '2025-01', '2025-01'])).toBe(false);
    expect(fits(one, 'endpoints', found, ['2025-01'])).toBe(false);
    expect(fits(one, 'models', { ...found, part: 'text' }, ['2025-01'])).toBe(false);
    expect(fits(one, 'models', { ...found, how: 'adds' }, ['2025-01'])).toBe(false);
  });
});

describe.skipIf(!present)('beside recorded traffic', () => {
  let surveys: readonly Survey[];
  beforeAll(async () => {
    surveys = await survey(folder);
  }, 60_000);

  it('every difference of status, keys, types and words is explained', () => {
    expect(surveys.flatMap(({ kind, rows }) => rows.filter(({ why }) => why === undefined).map((row) => ({ kind, ...row })))).toEqual([]);
  });

  it('every path of every explanation is one that differs', () => {
    const used = new Set(surveys.flatMap(({ kind, rows }) => rows.map(({ path, how, why }) => `${kind} ${path} ${how} ${why}`)));
    const named = explanations.flatMap(({ of, paths, how, why }) => paths.map((path) => ({ path, why, keys: of.flatMap((kind) => how.map((one) => `${kind} ${path} ${one} ${why}`)) })));
    expect(named.filter(({ keys }) => keys.every((key) => !used.has(key)))).toEqual([]);
  });

  it('the status of errors that no provider caused comes out of the gateway itself', () => {
    const errors = surveys.find(({ kind }) => kind === 'errors');
    expect(errors?.status).toBe(Number(errors?.recordings) - Number(errors?.scripted));
    expect(errors?.status).toBeGreaterThanOrEqual(19);
  });

  it('no status differs', () => {
    expect(surveys.flatMap(({ rows }) => rows.filter(({ parts }) => parts.includes('status')))).toEqual([]);
  });

  it('docs/gateway.md says so', () => {
    const page = readFileSync(pageFile, 'utf8');
    expect(withTables(page, fidelityTables(surveys)), 'out of date: `npx -y pnpm@12.21.0 run docs:gateway` writes it').toBe(page);
  });
});

it('docs/gateway.md has its generated part', () => {
  const page = readFileSync(pageFile, 'utf8');
  expect([page.includes(BEGIN), page.includes(END)]).toEqual([true, true]);
});
