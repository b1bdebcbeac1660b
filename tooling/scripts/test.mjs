/**
 * Everything that must hold before a change lands, in the order in which a failure is most useful to know.
 * Stops at the first step that fails (`--keep-going` runs them all), and always ends with one line: how many tests ran.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { pnpm, run } from './run.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'waypost-test-'));
const keepGoing = process.argv.includes('--keep-going');
const counted = { passed: 0, failed: 0, skipped: 0 };

/** @param {string} name of a script of the root manifest */
const script = (name) => () => run([...pnpm(), 'run', name], { cwd: root });

/** A vitest run whose tests are counted from its JSON report; a run that leaves no report has failed. */
const vitest = (name, ...args) => async () => {
  const report = join(reports, `${name}.json`);
  const bin = join(root, 'node_modules', '.bin', 'vitest');
  const code = await run([bin, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args], { cwd: root });
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'));
    counted.passed += numPassedTests;
    counted.failed += numFailedTests;
    counted.skipped += numPendingTests + numTodoTests;
  } catch (error) {
    console.error(`vitest left no report: ${error.message}`);
    return code || 1;
  }
  return code;
};

/** Before suites that want one run side by side, so that only one installs it. They say themselves what it means that there is none. */
const browser = async () => {
  await ensureChromium();
  return 0;
};

const steps = [
  ['lint', script('lint')],
  ['typecheck', script('typecheck')],
  ['build', script('build')],
  ['a browser', browser],
  ['tests', vitest('tests', '--project', '!size')],
  ['size', vitest('size', '--project', 'size')],
  ['speed against a plain fetch loop', script('bench')],
  ['packed packages', script('check:packages')],
  ['unused code and dependencies', script('knip')],
  ['examples against the gateway', script('examples')],
];

const failures = [];
try {
  for (const [name, step] of steps) {
    console.log(`\n── ${name}`);
    const started = Date.now();
    const code = await step();
    console.log(`── ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (code === 0) continue;
    failures.push(name);
    if (!keepGoing) break;
  }
} finally {
  rmSync(reports, { recursive: true, force: true });
}

console.log();
for (const name of failures) console.log(`failed: ${name}`);
const skipped = counted.skipped === 0 ? '' : `, ${counted.skipped} skipped`;
console.log(`${counted.passed} passed, ${counted.failed} failed${skipped}`);
process.exitCode = failures.length === 0 ? 0 : 1;
