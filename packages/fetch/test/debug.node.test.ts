import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { curlOf } from '../src/debug.js';

/** What a shell makes of a command: the words that curl would get. */
const words = (command: string): string[] =>
  execFileSync('/bin/sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], { encoding: 'utf8', env: { OPENROUTER_API_KEY: 'the-key', PATH: '/nowhere' } }).split('\0').slice(0, -1);

it('a shell reads any content as it is', () => {
  fc.assert(
    // arguments of a command cannot hold NUL, and JSON and headers do not
    fc.property(fc.string({ unit: 'binary' }).filter((text) => !/[\0\ud800-\udfff]/.test(text)), (text) => {
      expect(words(curlOf('https://a.test/x', { method: 'POST', headers: {}, body: text }, true))).toEqual(['-g', '-X', 'POST', 'https://a.test/x', '--data-raw', text]);
    }),
    { numRuns: 60, examples: [["'; touch /tmp/x; '"], ['$(id) `id` ${HOME} !! \\ " \' \n #'], ['@/etc/passwd'], ['-o x']] },
  );
});

it('puts the key where the variable stands, and only there', () => {
  const headers = { authorization: 'Bearer sk-or-v1-abc', 'x-note': '$OPENROUTER_API_KEY' };
  expect(words(curlOf('https://a.test/$OPENROUTER_API_KEY', { headers }, false))).toEqual([
    '-g', '-X', 'GET', 'https://a.test/$OPENROUTER_API_KEY', '-H', 'authorization: Bearer the-key', '-H', 'x-note: $OPENROUTER_API_KEY',
  ]);
});
