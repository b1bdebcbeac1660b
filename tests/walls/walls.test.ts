import { describe, expect, it } from 'vitest';
import { lint } from './lint.js';

const restricted = 'eslint(no-restricted-imports)';
const use = (specifier: string): string => `import { x } from '${specifier}';\nexport const y: unknown = x;\n`;

describe('imports that lint refuses', () => {
  it.each([
    ['core', 'node:fs'],
    ['core', 'valibot'],
    ['core', '@waypost/testing'],
    ['core', '../../fetch/src/index.js'],
    ['fetch', 'node:http'],
    ['fetch', 'undici'],
    ['fetch', '@waypost/ai-sdk'],
    ['fetch', '@opentelemetry/api'],
    ['fetch', '@waypost/core/src/index.js'],
    ['fetch', '@waypost/core/policy/fold'],
    ['fetch', '../../core/src/index.js'],
    ['ai-sdk', 'node:crypto'],
    ['ai-sdk', 'ai'],
    ['ai-sdk', '@waypost/langchain'],
    ['ai-sdk', '../../core'],
    ['langchain', '@waypost/fetch'],
    ['langchain', 'node:process'],
    ['langchain', '@waypost/core/dist/index.js'],
    ['testing', '@waypost/fetch'],
    ['testing', 'express'],
    ['testing', 'vitest'],
  ])('%s: %s', async (name, specifier) => {
    expect(await lint({ [`packages/${name}/src/bad.ts`]: use(specifier) })).toContain(restricted);
  });

  it('a re-export is an import too', async () => {
    expect(await lint({ 'packages/ai-sdk/src/bad.ts': `export * from '@waypost/fetch';\n` })).toContain(restricted);
  });

  it('a test of one package does not reach into another', async () => {
    expect(await lint({ 'packages/core/test/bad.test.ts': use('@waypost/testing') })).toContain(restricted);
    expect(await lint({ 'packages/fetch/test/bad.test.ts': use('@waypost/langchain') })).toContain(restricted);
  });
});

describe('imports that lint allows', () => {
  it.each([
    ['core', './other.js'],
    ['core', '../wire/chat.js'],
    ['fetch', '@waypost/core'],
    ['fetch', '@waypost/core/routing'],
    ['ai-sdk', '@ai-sdk/provider'],
    ['langchain', '@langchain/core/messages'],
    ['testing', 'hono/streaming'],
    ['testing', '@hono/node-server'],
    ['testing', 'zod'],
    ['testing', 'node:http'],
  ])('%s: %s', async (name, specifier) => {
    expect(await lint({ [`packages/${name}/src/good/good.ts`]: use(specifier) })).toEqual([]);
  });
});

it('one entry of the fetch client may import OpenTelemetry, but not its SDK', async () => {
  expect(await lint({ 'packages/fetch/src/otel.ts': use('@opentelemetry/api') })).toEqual([]);
  expect(await lint({ 'packages/fetch/src/otel.ts': use('@opentelemetry/sdk-trace-base') })).toContain(restricted);
});

it('one file of the gateway may import vitest', async () => {
  expect(await lint({ 'packages/testing/src/vitest/use-gateway.ts': use('vitest') })).toEqual([]);
  expect(await lint({ 'packages/testing/src/vitest/use-gateway.ts': use('@vitest/expect') })).toContain(restricted);
});

describe('what package sources never hold', () => {
  it.each([
    ['any', 'export const x: any = 1;\n', 'typescript(no-explicit-any)'],
    ['console', `console.log('x');\nexport const x: number = 1;\n`, 'eslint(no-console)'],
    ['a silenced type error', '// @ts-ignore\nexport const x: number = 1;\n', 'typescript(ban-ts-comment)'],
    ['a value import of a type', `import { T } from './t.js';\nexport const x: T = 1;\n`, 'typescript(consistent-type-imports)'],
    ['a default export', 'export default 1;\n', 'import(no-default-export)'],
  ])('%s', async (_name, source, rule) => {
    expect(await lint({ 'packages/core/src/bad.ts': source })).toContain(rule);
  });

  it('a cycle', async () => {
    const codes = await lint({
      'packages/core/src/a.ts': `import { b } from './b.js';\nexport const a: unknown = b;\n`,
      'packages/core/src/b.ts': `import { a } from './a.js';\nexport const b: unknown = a;\n`,
    });
    expect(codes).toContain('import(no-cycle)');
  });
});
