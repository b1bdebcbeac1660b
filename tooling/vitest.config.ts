import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const conditions = ['@waypost/source', 'module', 'node', 'development', 'import', 'default'];

/** Packages that promise to run without Node, and prove it by running their suite a second time in an edge runtime. */
const edge = ['core', 'fetch', 'ai-sdk'];

interface Folder {
  name: string;
  dir: string;
  include: string[];
}

function folders(parent: string, include: string[]): Folder[] {
  if (!existsSync(`${root}${parent}`)) return [];
  return readdirSync(`${root}${parent}`)
    .filter((name) => existsSync(`${root}${parent}/${name}/package.json`))
    .map((name) => ({ name, dir: `${root}${parent}/${name}`, include }));
}

function project(folder: Folder, environment: 'node' | 'edge-runtime'): TestProjectInlineConfiguration {
  return {
    root: folder.dir,
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name: environment === 'node' ? folder.name : `edge:${folder.name}`,
      environment,
      include: folder.include,
      // `*.node.test.ts` files need Node itself (a spawned process, the file system) and say so by their name.
      exclude: ['**/node_modules/**', '**/dist/**', ...(environment === 'node' ? [] : ['**/*.node.test.ts'])],
      testTimeout: 20_000,
    },
  };
}

const packages = folders('packages', ['test/**/*.test.ts']);
const suites = folders('tests', ['**/*.test.ts']);

export default defineConfig({
  root,
  test: {
    projects: [
      ...packages.map((folder) => project(folder, 'node')),
      ...suites.map((folder) => project(folder, 'node')),
      ...packages.filter((folder) => edge.includes(folder.name)).map((folder) => project(folder, 'edge-runtime')),
    ],
  },
});
