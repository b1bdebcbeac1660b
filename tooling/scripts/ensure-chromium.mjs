/**
 * `node ensure-chromium.mjs <command> …` runs a command that needs a browser, with its path in CHROMIUM_PATH. Where there is none, and
 * none can be installed, that is a failure in CI, and elsewhere a command that is skipped, with a word on what to install.
 */
import { ensureChromium, MISSING } from './chromium.mjs';
import { inCI, run } from './run.mjs';

const command = process.argv.slice(2);
const browser = await ensureChromium();

if (browser !== undefined) {
  process.exitCode = await run(command, { env: { CHROMIUM_PATH: browser } });
} else {
  if (inCI()) console.error(MISSING);
  else console.log(`skipped: ${MISSING}`);
  process.exitCode = inCI() ? 1 : 0;
}
