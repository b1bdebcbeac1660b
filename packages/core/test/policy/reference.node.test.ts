import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'waypost-docs-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function generate(...args: string[]): { status: number | null; stderr: string } {
  const node = ['--conditions=@waypost/source', '--import', './tooling/scripts/ts-resolve.mjs', 'tooling/scripts/generate-docs.mjs'];
  return spawnSync(process.execPath, [...node, ...args], { cwd: root, encoding: 'utf8' });
}

describe('the reference of the preferences', () => {
  it('is what the sources generate', () => {
    expect(generate('--check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('is noticed when it is missing or out of date', () => {
    expect(generate('--check', '--out', scratch)).toMatchObject({ status: 1, stderr: expect.stringContaining('is missing') });
    expect(generate('--out', scratch).status).toBe(0);
    expect(generate('--check', '--out', scratch).status).toBe(0);
    appendFileSync(join(scratch, 'reference', 'preferences.md'), 'edited by hand\n');
    expect(generate('--check', '--out', scratch)).toMatchObject({ status: 1, stderr: expect.stringContaining('is out of date') });
  });
});

describe('the guide to older guides', () => {
  it('names only warnings that exist', () => {
    const guide = readFileSync(join(root, 'docs/guides/what-older-guides-get-wrong.md'), 'utf8');
    const folder = join(root, 'packages/core/src/policy');
    const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    const codes = [...guide.matchAll(/warning `([a-z-]+)`/g)].map((match) => match[1]);
    expect(codes.length).toBeGreaterThan(15);
    for (const code of codes) expect(sources).toContain(`'${code}'`);
  });
});
