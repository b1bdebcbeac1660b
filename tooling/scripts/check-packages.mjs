/** Packs every publishable package as a release would, and checks the tarballs: `publint --strict` and `attw --profile esm-only`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack, publishable } from './pack.mjs';
import { runQuietly } from './run.mjs';

const bin = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'waypost-pack-'));
const packages = publishable();
const failed = [];

try {
  for (const cwd of packages) {
    const path = await pack(cwd, folder);
    if (path === undefined) {
      failed.push(`pnpm pack in ${cwd}`);
      continue;
    }
    const tarball = basename(path);
    const publint = await runQuietly([join(bin, 'publint'), 'run', '--strict', path]);
    const attw = await runQuietly([join(bin, 'attw'), '--profile', 'esm-only', path]);
    if (publint !== 0) failed.push(`publint ${tarball}`);
    if (attw !== 0) failed.push(`attw ${tarball}`);
    if (publint === 0 && attw === 0) console.log(`${tarball}: publint and attw are content`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (packages.length === 0) failed.push('no publishable package was found');
for (const line of failed) console.error(`failed: ${line}`);
process.exitCode = failed.length === 0 ? 0 : 1;
