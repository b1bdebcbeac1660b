import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const packages = new URL('../../packages/', import.meta.url);

interface Entry {
  /** As it is imported. */
  readonly name: string;
  readonly source: URL;
}

/** Every entry that a package offers, by its manifest. */
function entriesOf(folder: string): Entry[] {
  const manifest = new URL(`${folder}/package.json`, packages);
  if (!existsSync(manifest)) return [];
  // It is ours, and the build reads it the same way.
  const { name, exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { name: string; exports: Record<string, string | { '@waypost/source': string }> };
  return Object.entries(exports).flatMap(([path, target]) => (typeof target === 'string' ? [] : [{ name: name + path.slice(1), source: new URL(target['@waypost/source'], manifest) }]));
}

/** Names of types, which do not exist when a program runs, by the entry's own words. */
function typesOf({ source }: Entry): string[] {
  const found = [...readFileSync(source, 'utf8').matchAll(/export (type )?(?:\{([^}]*)\}|\*(?: as \w+)? from '([^']*)')/g)].flatMap(([whole, type, names, from]) => {
    if (from !== undefined) return [whole.replace('export ', '')];
    return (names ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '' && (type || one.startsWith('type '))).map((one) => one.replace(/^type /, ''));
  });
  return found.sort();
}

const entries = readdirSync(packages).flatMap(entriesOf).map((entry) => [entry.name, entry] as const);

// A change of the file is a change of the public interface: it belongs into a changeset.
describe('the public interface', () => {
  it.each(entries)('of %s', async (name, entry) => {
    const module = (await import(/* @vite-ignore */ entry.source.href)) as object;
    const listed = [`# ${name}`, '', '## Values', ...Object.keys(module).sort(), '', '## Types', ...typesOf(entry), ''].join('\n');
    await expect(listed).toMatchFileSnapshot(`exports/${name.replace('@waypost/', '').replaceAll('/', '.')}.md`);
  });
});
