import { spawn } from 'node:child_process';

/** Whether what is missing on this machine is a failure, and no reason to skip. */
export function inCI() {
  const { CI } = process.env;
  return CI !== undefined && CI !== '' && CI !== 'false';
}

/**
 * How to start pnpm from a script: the one that started us, whatever it is called on this machine, else the pinned one.
 * @returns {[command: string, ...args: string[]]}
 */
export function pnpm() {
  const started = process.env['npm_execpath'];
  if (started === undefined || !/pnpm/.test(started)) return ['npx', '-y', 'pnpm@12.21.0'];
  return /\.[cm]?js$/.test(started) ? [process.execPath, started] : [started];
}

/**
 * Runs a command with its output going straight through.
 * @param {string[]} command
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<number>} its exit code; 1 when it was ended by a signal or could not be started
 */
export function run([file, ...args], { cwd, env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => {
      console.error(`${file}: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a command and keeps what it says to itself unless it fails.
 * @param {string[]} command
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<number>} its exit code
 */
export function runQuietly([file, ...args], { cwd } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    child.stdout.on('data', (bytes) => said.push(bytes));
    child.stderr.on('data', (bytes) => said.push(bytes));
    child.on('error', (error) => said.push(Buffer.from(`${file}: ${error.message}\n`)));
    child.on('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });
}
