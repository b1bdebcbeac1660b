import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Ceiling } from './ceilings.js';

/** Size in bytes of what a bundler would ship for `code`: from the sources, minified, gzipped, peers left out. */
export async function measure({ code, external }: Pick<Ceiling, 'code' | 'external'>): Promise<number> {
  const bundle = await build({
    stdin: { contents: code, loader: 'js', resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['@waypost/source', 'import', 'default'],
    external: [...external],
    // A bundle that only resolves with a warning is not what a user ships.
    logLevel: 'error',
  });
  const [file] = bundle.outputFiles;
  if (file === undefined) throw new Error('esbuild wrote no file');
  return gzipSync(file.contents, { level: 9 }).byteLength;
}
