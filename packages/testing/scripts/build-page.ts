import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const page = (name: string): string => fileURLToPath(new URL(`../page/${name}`, import.meta.url));

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [page(entry)], bundle: true, minify: true, write: false, format: 'iife', target: 'es2023', charset: 'utf8', legalComments: 'none',
  });
  const text = outputFiles[0]?.text.trim() ?? '';
  // Either would end the element that the text stands in.
  if (/<\/(script|style)/i.test(text)) throw new Error(`${entry} holds a closing tag.`);
  return text;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The module `src/page/page.generated.ts`: the page as one file, and the policy that lets nothing but its own script and style run. */
export async function buildPage(): Promise<string> {
  const [html, style, script] = await Promise.all([readFile(page('page.html'), 'utf8'), bundle('page.css'), bundle('main.ts')]);
  // by functions: in a replacement that is text, a dollar sign would mean something
  const whole = html.replace('<style></style>', () => `<style>${style}</style>`).replace('<script></script>', () => `<script>${script}</script>`);
  const policy = [
    `default-src 'none'`, `script-src ${hashOf(script)}`, `style-src ${hashOf(style)}`, `connect-src 'self'`, 'img-src data:', `base-uri 'none'`, `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
  return [
    '// Made from the files in page/ by `pnpm run generate`; not to be edited.', '',
    '/** The page, whole. */', `export const PAGE: string = ${JSON.stringify(whole)};`, '',
    '/** Its content security policy, with the hashes of its script and its style. */', `export const PAGE_POLICY: string = ${JSON.stringify(policy)};`, '',
  ].join('\n');
}
