import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pnpm, runQuietly } from './run.mjs';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));

/** The folders of all packages that are published. @returns {string[]} */
export function publishable() {
  return readdirSync(packages)
    .map((name) => join(packages, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .filter((folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).private !== true);
}

/**
 * Packs what is built of a package as a release would.
 * @param {string} folder of the package
 * @param {string} destination folder; the tarball gets one of its own in there
 * @returns {Promise<string | undefined>} path of the tarball; undefined where packing failed, which has said why
 */
export async function pack(folder, destination) {
  const own = join(destination, basename(folder));
  mkdirSync(own, { recursive: true });
  if ((await runQuietly([...pnpm(), 'pack', '--pack-destination', own], { cwd: folder })) !== 0) return undefined;
  const tarball = readdirSync(own).find((name) => name.endsWith('.tgz'));
  return tarball && join(own, tarball);
}
