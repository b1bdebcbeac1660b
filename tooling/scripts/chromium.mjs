import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { runQuietly } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** What to say where there is none. */
export const MISSING =
  'there is no Chromium: install it (Debian: apt-get install --no-install-recommends chromium), or set CHROMIUM_PATH to a Chromium or Chrome';

/** @param {string[]} command */
const works = ([file, ...args]) => spawnSync(file, args, { stdio: 'ignore', timeout: 30_000 }).status === 0;

/** A file on the path may be no more than a stub that asks for something to be installed, so each has to say its version. */
function find() {
  const { CHROMIUM_PATH: stated, PATH: path = '' } = process.env;
  if (stated) return stated;
  const folders = path.split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => works([file, '--version']));
}

/** Installs Debian's package. @returns {Promise<boolean>} whether it could be tried */
async function install() {
  const root = process.getuid?.() === 0;
  if (!works(['apt-get', '--version']) || !(root || works(['sudo', '-n', 'true']))) return false;
  console.log('no Chromium was found: installing it with apt-get');
  const aptGet = [...(root ? [] : ['sudo', '-n']), 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=120'];
  await runQuietly([...aptGet, 'update']);
  await runQuietly([...aptGet, 'install', '-y', '--no-install-recommends', 'chromium']);
  return true;
}

/**
 * A Chromium. Where there is none it is installed, if that can be done without asking: as root, or with a sudo that wants no password,
 * on a system with apt-get.
 * @returns {Promise<string | undefined>} its path
 */
export async function ensureChromium() {
  const found = find();
  return found === undefined && (await install()) ? find() : found;
}
