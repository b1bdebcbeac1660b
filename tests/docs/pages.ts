import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** A page of the documentation. */
export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

function markdownBelow(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

/** Everything that a reader is shown, in the order of the paths. */
export function readPages(): Page[] {
  const packages = readdirSync(`${root}packages`).map((name) => `packages/${name}/README.md`);
  const top = readdirSync(root).filter((name) => name.endsWith('.md'));
  return [...top, 'examples/README.md', ...packages.filter((path) => existsSync(root + path)), ...markdownBelow('docs')]
    .sort()
    .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }));
}

/** A fenced block of code. */
export interface Block {
  readonly page: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
  /** What stands behind the fence: `ts`, `sh` … */
  readonly info: string;
  readonly code: string;
}

/** The fenced blocks of a page. */
export function blocksOf({ path, text }: Page): Block[] {
  const blocks: Block[] = [];
  let open: { info: string; line: number; code: string[] } | undefined;
  text.split('\n').forEach((line, i) => {
    const fence = /^\s*```(.*)$/.exec(line)?.[1];
    if (fence === undefined) open?.code.push(line);
    else if (open === undefined) open = { info: fence.trim(), line: i + 2, code: [] };
    else {
      blocks.push({ page: path, line: open.line, info: open.info, code: open.code.join('\n') });
      open = undefined;
    }
  });
  if (open !== undefined) throw new Error(`${path}:${open.line - 1}: the block is never closed`);
  return blocks;
}

/** A page without its blocks of code, in which nothing is a link or a heading. */
export const proseOf = (text: string): string => text.replaceAll(/^\s*```[\s\S]*?^\s*```/gm, '');
