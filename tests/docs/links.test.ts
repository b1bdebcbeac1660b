import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { blocksOf, type Page, proseOf, readPages, root } from './pages.js';

const pages = readPages();

/** Anchors of the headings of a page, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  return [...proseOf(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replaceAll(/[`*]|\[|\]\([^)]*\)/g, '').replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}

/** What is wrong with a link, if anything. */
function broken(page: Page, target: string): string | undefined {
  if (target.startsWith('https://')) return URL.canParse(target) ? undefined : 'is not a URL';
  if (/^[a-z]+:/.test(target)) return 'is neither a path nor https';
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page.path : normalize(join(dirname(page.path), path));
  if (file.startsWith('..') || !existsSync(root + file)) return 'leads nowhere';
  if (anchor === undefined) return undefined;
  return anchorsOf(readFileSync(root + file, 'utf8')).includes(anchor) ? undefined : 'names a heading that is not there';
}

it.each(pages.map((page) => [page.path, page] as const))('%s: every link leads somewhere', (_path, page) => {
  const targets = [...proseOf(page.text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const told = targets.flatMap((target) => {
    const why = broken(page, target);
    return why === undefined ? [] : [`${target} ${why}`];
  });
  expect(told).toEqual([]);
});

it('names commands and scripts that exist', () => {
  const manifest: { packageManager: string; scripts: Record<string, string> } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const commands = pages.flatMap(blocksOf).filter(({ info }) => info === 'sh').flatMap(({ code }) => [...code.matchAll(/npx -y (\S+)(?: --?\S+)* (run )?(\S+)/g)]);
  expect(commands.length).toBeGreaterThan(2);
  const wrong = commands.filter(([, pnpm, run, script = '']) => pnpm !== manifest.packageManager || ((run !== undefined || script === 'test') && !(script in manifest.scripts)));
  expect(wrong.map(([command]) => command)).toEqual([]);
});
