/**
 * `node ensure-chromium.mjs <command> …` runs a command that needs a browser, with its path in CHROMIUM_PATH. Where there is none it is
 * installed, if that can be done without asking: as root, or with a sudo that wants no password, on a system with apt-get. Else it is a
 * failure in CI, and elsewhere a command that is skipped, with a word on what to install.
 */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { run, runQuietly } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

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

const command = process.argv.slice(2);
let browser = find();
if (browser === undefined && (await install())) browser = find();

if (browser !== undefined) {
  process.exitCode = await run(command, { env: { CHROMIUM_PATH: browser } });
} else {
  const { CI } = process.env;
  const failed = CI !== undefined && CI !== '' && CI !== 'false';
  const missing = 'there is no Chromium: install it (Debian: apt-get install --no-install-recommends chromium), or set CHROMIUM_PATH to a Chromium or Chrome';
  if (failed) console.error(missing);
  else console.log(`skipped: ${missing}`);
  process.exitCode = failed ? 1 : 0;
}
