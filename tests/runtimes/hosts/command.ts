import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Host, Result } from '../smoke.js';

const exec = promisify(execFile);
const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const root = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** A runtime with a command line. */
export interface Command {
  readonly name: string;
  /** What its version begins with. */
  readonly version: string;
  readonly file: string;
  /** Arguments before the script's name. */
  readonly args: readonly string[];
  /** More of them for the adapters, whose frameworks ask for more. */
  readonly adapterArgs?: readonly string[];
}

export const commands: readonly Command[] = [
  { name: 'Node 22', version: 'v22.', file: join(modules, 'node-22', 'bin', 'node'), args: [] },
  { name: 'Node 24', version: 'v24.', file: join(root, 'node', 'bin', 'node'), args: [] },
  { name: 'Bun', version: '1.4.', file: join(modules, 'bun', 'bin', 'bun.exe'), args: ['run'] },
  {
    name: 'Deno', version: 'deno 2.9.', file: join(modules, 'deno', 'deno'),
    // nothing but the network and the environment
    args: ['run', '--no-prompt', '--cached-only', '--node-modules-dir=manual', '--allow-net=127.0.0.1', '--allow-env'],
    adapterArgs: ['--allow-sys=hostname'],
  },
];

/** An environment without the settings of whoever runs the tests. */
const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' };

/** What the runtime says of its version. Rejects where it is not there. */
export async function versionOf({ file }: Command): Promise<string> {
  return (await exec(file, ['--version'], { env })).stdout.trim();
}

/** Runs the suite, or that of the adapters, in a process of its own, which must end by itself. */
export function inProcess({ file, args, adapterArgs = [] }: Command, folder: string, adapters = false): Host {
  const all = adapters ? [...args, ...adapterArgs, 'main-adapters.mjs'] : [...args, 'main.mjs'];
  return async (config) => {
    const { stdout } = await exec(file, [...all, JSON.stringify(config)], { cwd: folder, env: { ...env, DENO_DIR: join(folder, 'deno-cache') }, timeout: 30_000 });
    return JSON.parse(stdout) as Result[];
  };
}
