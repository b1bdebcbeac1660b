import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

interface Manifest {
  exports: Record<string, { '@waypost/source'?: string } | string>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** The entries are the package's own `exports`: a new public entry is added there and nowhere else. */
function entries(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const target of Object.values(manifest.exports)) {
    const source = typeof target === 'string' ? undefined : target['@waypost/source'];
    if (source !== undefined) found[source.replace(/^\.\/src\//, '').replace(/\.ts$/, '')] = source;
  }
  return found;
}

export default defineConfig({
  entry: entries(),
  format: 'esm',
  target: 'es2023',
  // The packages run on edge runtimes too; `node:` imports (testing only) stay external either way.
  platform: 'neutral',
  splitting: true,
  treeshake: true,
  // esbuild embeds the sources in the maps, so `src/` need not be published for them to resolve.
  sourcemap: true,
  clean: true,
  // TypeScript 7 has no compiler API: `tsc -p tsconfig.build.json` writes the declarations.
  dts: false,
});
