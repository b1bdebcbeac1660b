import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { createGateway } from '@waypost/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { catalogue } from './catalogue.js';
import { type Example, writeExamples } from './examples.js';
import { root } from './pages.js';

const examples = writeExamples();
const title = ({ page, line }: Example): string => `${page}:${line}`;

/** What must come in this order, with other things between. */
function isWithin(expected: readonly string[], said: readonly string[]): boolean {
  let at = 0;
  for (const line of said) if (at < expected.length && line === expected[at]) at += 1;
  return at === expected.length;
}

it('finds examples', () => {
  expect(examples.length).toBeGreaterThan(20);
});

it('compiles them all', { timeout: 60_000 }, () => {
  const config = fileURLToPath(new URL('tsconfig.examples.json', import.meta.url));
  const { status, stdout } = spawnSync(`${root}node_modules/.bin/tsc`, ['-p', config, '--pretty', 'false'], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

describe('runs against the gateway', () => {
  const said: string[] = [];

  beforeEach(() => {
    said.length = 0;
    const gateway = createGateway({ catalogue });
    vi.stubGlobal('AI_SDK_LOG_WARNINGS', false);
    vi.stubEnv('OPENROUTER_API_KEY', 'sk-or-v1-docs');
    vi.stubEnv('OPENROUTER_BASE_URL', '');
    vi.stubGlobal('fetch', (input: string | URL | Request, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (!/(^|\.)openrouter\.ai$/.test(url.hostname)) throw new Error(`an example of the documentation asks ${url.hostname}`);
      return gateway.fetch(input, init);
    });
    vi.spyOn(console, 'log').mockImplementation((...values: unknown[]) => void said.push(format(...values)));
    vi.spyOn(console, 'error').mockImplementation((...values: unknown[]) => void said.push(format(...values)));
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
  });

  it.each(examples.filter(({ runs }) => runs).map((example) => [title(example), example] as const))('%s', async (_title, { file, printed }) => {
    await import(/* @vite-ignore */ file);
    // Where it is not so, the two lists say more than `false`.
    expect(isWithin(printed, said) ? printed : said).toEqual(printed);
  });
});
