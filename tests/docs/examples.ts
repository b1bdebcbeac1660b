import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Block, blocksOf, readPages } from './pages.js';

const folder = fileURLToPath(new URL('.examples/', import.meta.url));

/** A TypeScript example of the documentation, as a module of its own. */
export interface Example extends Block {
  readonly file: string;
  /** Marked `no-run`: it shows a shape, and is only compiled. */
  readonly runs: boolean;
  /** What `console.log` prints, as the comments behind the calls say: `// → …`. */
  readonly printed: readonly string[];
}

const LANGUAGES = /^(tsx?|typescript|js|jsx|javascript|mjs|mts)\b/;

/** Writes each example into a file whose lines are those of the page, so that an error names the right one. */
export function writeExamples(): Example[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return readPages().flatMap(blocksOf).filter(({ info }) => LANGUAGES.test(info)).map((block) => {
    const { page, line, info, code } = block;
    if (info !== 'ts' && info !== 'ts no-run') throw new Error(`${page}:${line - 1}: an example is marked "ts" or "ts no-run", not "${info}"`);
    const file = `${folder}${page.replaceAll(/[^\w]+/g, '-')}-${line}.ts`;
    writeFileSync(file, `${'\n'.repeat(line - 1)}${code}\nexport {};\n`);
    const printed = [...code.matchAll(/^\s*console\.log\(.*\);? \/\/ → (.*)$/gm)].map(([, said = '']) => said.trim());
    return { ...block, file, runs: info === 'ts', printed };
  });
}
