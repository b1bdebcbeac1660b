import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { explanations } from './fidelity/explanations.js';
import { folder, pageFile, present } from './fidelity/folder.js';
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

describe.skipIf(!present)('beside recorded traffic', () => {
  let surveys: readonly Survey[];
  beforeAll(async () => {
    surveys = await survey(folder);
  }, 60_000);

  it('every difference of status, keys and types is explained', () => {
    expect(surveys.flatMap(({ kind, rows }) => rows.filter(({ why }) => why === undefined).map((row) => ({ kind, ...row })))).toEqual([]);
  });

  it('every explanation explains something', () => {
    const used = new Set(surveys.flatMap(({ rows }) => rows.map(({ why }) => why)));
    expect(explanations.filter(({ why }) => !used.has(why))).toEqual([]);
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
