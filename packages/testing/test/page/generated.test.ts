import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { buildPage } from '../../scripts/build-page.ts';
import { PAGE, PAGE_POLICY } from '../../src/page/page.generated.js';

it('the page is what its sources say: `pnpm --filter @waypost/testing run generate` makes it', async () => {
  const file = await readFile(new URL('../../src/page/page.generated.ts', import.meta.url), 'utf8');
  expect(file === await buildPage()).toBe(true);
});

it('has one script and one style, of which the policy knows the hashes', () => {
  for (const [name, directive] of [['script', 'script-src'], ['style', 'style-src']] as const) {
    const found = [...PAGE.matchAll(new RegExp(`<${name}[^>]*>([^]*?)</${name}>`, 'g'))];
    expect(found).toHaveLength(1);
    expect(PAGE_POLICY).toContain(`${directive} 'sha256-${createHash('sha256').update(found[0]?.[1] ?? '').digest('base64')}'`);
  }
});
