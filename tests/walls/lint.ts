import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Diagnostic {
  code: string;
  filename: string;
}

/** Lints `files` (path in the repository → source) with the repository's own rules, in a folder of its own; the rules that fail. */
export async function lint(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'waypost-walls-'));
  try {
    await copyFile(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    for (const [path, source] of Object.entries(files)) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), source);
    }
    const output = await oxlint(folder);
    const { diagnostics } = JSON.parse(output) as { diagnostics: Diagnostic[] };
    return diagnostics.map((diagnostic) => diagnostic.code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function oxlint(cwd: string): Promise<string> {
  const bin = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [bin, '--config', '.oxlintrc.json', '--format', 'json', '.'], { cwd }, (error, stdout, stderr) => {
      // Findings make it exit with 1; anything that is not its JSON is a failure of the run itself.
      if (stdout.trimStart().startsWith('{')) resolve(stdout);
      else reject(error ?? new Error(stderr));
    });
  });
}
