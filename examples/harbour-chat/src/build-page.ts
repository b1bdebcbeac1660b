import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface PageFile {
  /** Media type. */
  readonly type: string;
  readonly content: string;
}

const source = (name: string): string => fileURLToPath(new URL(`../page/${name}`, import.meta.url));

/** Bundles the page, in memory: its files by the path at which they are served. */
export async function buildPage(): Promise<ReadonlyMap<string, PageFile>> {
  const { outputFiles } = await build({
    entryPoints: { page: source('main.tsx'), style: source('style.css') },
    bundle: true,
    write: false,
    outdir: 'page',
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  const bundled = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', content: await readFile(source('index.html'), 'utf8') }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', content: bundled('page.js') }],
    ['/style.css', { type: 'text/css; charset=utf-8', content: bundled('style.css') }],
  ]);
}
