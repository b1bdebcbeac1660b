import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pack } from '../../tooling/scripts/pack.mjs';

const exec = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..');

/** What the packed packages need beside them; the workspace's own copies, so that no registry is asked. */
const PEERS = ['@ai-sdk/provider', '@langchain/core', '@opentelemetry/api', 'ai'];

/** The one peer that an entry of core or fetch imports, for a page, where nobody else finds it. */
const TRACING = ['@opentelemetry/api', 'node_modules/@opentelemetry/api/dist/index.mjs'] as const;

/** A folder outside the workspace with the packed packages installed, and the suite beside them. */
export interface Installed {
  readonly folder: string;
  /** Files of core's and fetch's entries and of what they import, by import specifier, relative to the folder. */
  readonly files: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

interface PackedManifest {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}

/** The files of a package's public entries, as the installed manifest tells them. */
async function entriesOf(folder: string, name: string): Promise<[specifier: string, file: string][]> {
  const manifest = JSON.parse(await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as PackedManifest;
  return Object.entries(manifest.exports).flatMap(([entry, target]) =>
    typeof target === 'string' ? [] : [[join(name, entry), join('node_modules', name, target.default)]],
  );
}

/** A module that imports entries, as literally as a user does, and gives them by specifier. */
function moduleOf(specifiers: readonly string[]): string {
  const imports = specifiers.map((specifier, i) => `import * as entry${i} from '${specifier}';\n`);
  return `${imports.join('')}export const entries = { ${specifiers.map((specifier, i) => `'${specifier}': entry${i}`).join(', ')} };\n`;
}

async function packAll(names: readonly string[], destination: string): Promise<string[]> {
  return Promise.all(
    names.map(async (name) => {
      const tarball = await pack(join(root, 'packages', name), destination);
      if (tarball === undefined) throw new Error(`${name} could not be packed`);
      const { stdout } = await exec('tar', ['-tzf', tarball]);
      if (!stdout.includes('package/dist/index.js')) throw new Error(`the packed ${name} has no dist: run \`npx -y pnpm@12.21.0 run build\` first`);
      return tarball;
    }),
  );
}

export async function install(): Promise<Installed> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'waypost-runtimes-')));
  const [core = '', fetch = '', ...adapters] = await packAll(['core', 'fetch', 'ai-sdk', 'langchain'], join(folder, 'tarballs'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'runtimes-consumer', version: '1.0.0', private: true, type: 'module' }));
  // no registry: a dependency that is not among the tarballs fails here
  await exec('npm', ['install', '--offline', '--no-audit', '--no-fund', core, fetch], { cwd: folder });
  const { dependencies } = JSON.parse((await exec('npm', ['ls', '--all', '--json'], { cwd: folder })).stdout) as { dependencies: object };
  if (Object.keys(dependencies).toSorted().join() !== '@waypost/core,@waypost/fetch') throw new Error(`more was installed: ${Object.keys(dependencies).join()}`);

  const modules = join(folder, 'node_modules');
  for (const [i, name] of ['@waypost/ai-sdk', '@waypost/langchain'].entries()) {
    await mkdir(join(modules, name), { recursive: true });
    await exec('tar', ['-xzf', adapters[i] ?? '', '--strip-components=1', '-C', join(modules, name)]);
  }
  for (const name of PEERS) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(await realpath(join(here, 'node_modules', name)), join(modules, name));
  }

  await cp(join(here, 'suite'), folder, { recursive: true });
  const own = [...(await entriesOf(folder, '@waypost/core')), ...(await entriesOf(folder, '@waypost/fetch'))];
  const adapted = [...(await entriesOf(folder, '@waypost/ai-sdk')), ...(await entriesOf(folder, '@waypost/langchain'))];
  await writeFile(join(folder, 'entries.mjs'), moduleOf(own.map(([specifier]) => specifier)));
  await writeFile(join(folder, 'adapter-entries.mjs'), moduleOf(adapted.map(([specifier]) => specifier)));
  return { folder, files: Object.fromEntries([...own, TRACING]), remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
