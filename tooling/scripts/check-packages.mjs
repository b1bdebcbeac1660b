/** Packs every publishable package as a release would, and checks the tarballs: `publint --strict` and `attw --profile esm-only`. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pnpm, runQuietly } from './run.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const folder = mkdtempSync(join(tmpdir(), 'waypost-pack-'));
const failed = [];

const publishable = readdirSync(join(root, 'packages'))
  .map((name) => join(root, 'packages', name))
  .filter((cwd) => existsSync(join(cwd, 'package.json')))
  .filter((cwd) => JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')).private !== true);

try {
  for (const cwd of publishable) {
    const destination = join(folder, cwd.slice(cwd.lastIndexOf('/') + 1));
    if ((await runQuietly([...pnpm(), 'pack', '--pack-destination', destination], { cwd })) !== 0) {
      failed.push(`pnpm pack in ${cwd}`);
      continue;
    }
    for (const tarball of readdirSync(destination)) {
      const path = join(destination, tarball);
      const publint = await runQuietly([join(bin, 'publint'), 'run', '--strict', path]);
      const attw = await runQuietly([join(bin, 'attw'), '--profile', 'esm-only', path]);
      if (publint !== 0) failed.push(`publint ${tarball}`);
      if (attw !== 0) failed.push(`attw ${tarball}`);
      if (publint === 0 && attw === 0) console.log(`${tarball}: publint and attw are content`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (publishable.length === 0) failed.push('no publishable package was found');
for (const line of failed) console.error(`failed: ${line}`);
process.exitCode = failed.length === 0 ? 0 : 1;
