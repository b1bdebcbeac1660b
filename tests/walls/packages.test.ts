import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Manifest {
  name: string;
  type: string;
  sideEffects: boolean;
  files: string[];
  engines: { node: string };
  exports: Record<string, string | Record<string, string>>;
  publishConfig: { exports: Record<string, string | Record<string, string>> };
  dependencies?: Record<string, string>;
}

const packages = fileURLToPath(new URL('../../packages', import.meta.url));
const names = readdirSync(packages);

function manifest(name: string): Manifest {
  return JSON.parse(readFileSync(`${packages}/${name}/package.json`, 'utf8')) as Manifest;
}

function sources(name: string): [path: string, text: string][] {
  const src = `${packages}/${name}/src`;
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [`${name}/src/${path}`, readFileSync(`${src}/${path}`, 'utf8')]);
}

describe.each(names)('%s', (name) => {
  const { exports, publishConfig, ...rest } = manifest(name);

  it('publishes the entries that the workspace resolves, without the source condition', () => {
    const published = Object.fromEntries(
      Object.entries(exports).map(([entry, target]) => {
        if (typeof target === 'string') return [entry, target];
        const { '@waypost/source': _source, ...built } = target;
        return [entry, built];
      }),
    );
    expect(publishConfig.exports).toEqual(published);
  });

  it('builds each entry from the source of the same name', () => {
    for (const target of Object.values(exports)) {
      if (typeof target === 'string') continue;
      const stem = target['@waypost/source']?.replace(/^\.\/src\/(.*)\.ts$/, '$1');
      expect(target).toMatchObject({ types: `./dist/${stem}.d.ts`, default: `./dist/${stem}.js` });
    }
  });

  it('is ESM, free of side effects, and says which Node it needs', () => {
    expect(rest).toMatchObject({ type: 'module', sideEffects: false, files: ['dist'], engines: { node: '>=22.12' } });
  });

  it('holds no double cast', () => {
    const found = sources(name).filter(([, text]) => /\bas\s+(unknown|any|never)\s+as\b/.test(text));
    expect(found.map(([path]) => path)).toEqual([]);
  });
});

it('core depends on nothing', () => {
  expect(manifest('core').dependencies).toBeUndefined();
});
