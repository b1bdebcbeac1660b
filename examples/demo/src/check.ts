/** Runs the demo as a reader would, and looks at what it prints. `--live` is run too: without a key, and against a local gateway. */
import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createGateway, defaultCatalogue, defineEndpoint } from '@waypost/testing';

interface Outcome {
  readonly code: number | null;
  readonly said: string;
}

function start(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcessByStdio<null, Readable, Readable> {
  const { OPENROUTER_API_KEY: _key, OPENROUTER_BASE_URL: _url, FORCE_COLOR: _colour, ...rest } = process.env;
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  return spawn(process.execPath, [...process.execArgv, main, ...args], { env: { ...rest, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The page of a demo that stays open, which is then ended. */
async function pageOf(): Promise<string> {
  const child = start(['--page'], {});
  let said = '';
  try {
    for await (const bytes of child.stdout) {
      said += String(bytes);
      if (said.includes('until Ctrl+C')) break;
    }
    assert.ok(said.includes('All of it held.'), said);
    const page = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
    assert.ok(page, said);
    return await (await fetch(page)).text();
  } finally {
    child.kill();
  }
}

/** The demo with these arguments; no key and no colour but what `env` says. */
function demo(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = start(args, env);
    const said: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said: Buffer.concat(said).toString('utf8') }));
  });
}

const ESCAPE = '\u001B[';

const plain = await demo([]);
assert.equal(plain.code, 0, plain.said);
assert.ok(plain.said.includes('All of it held.'), plain.said);
assert.equal(plain.said.match(/^\d\. /gm)?.length, 6, 'six sections');
assert.ok((plain.said.match(/✓/g)?.length ?? 0) >= 16, 'every section expects something');
assert.ok(!plain.said.includes('✗'), plain.said);
assert.ok(!plain.said.includes(ESCAPE), 'no colour where there is no terminal');
assert.ok(!plain.said.includes('sk-or-'), 'no key');

const coloured = await demo([], { FORCE_COLOR: '1' });
assert.equal(coloured.code, 0, coloured.said);
assert.ok(coloured.said.includes(ESCAPE), 'colour where it is wanted');

const keyless = await demo(['--live']);
assert.equal(keyless.code, 1, keyless.said);
assert.match(keyless.said, /set OPENROUTER_API_KEY/);

const mistyped = await demo(['--lvie']);
assert.equal(mistyped.code, 2, mistyped.said);

const both = await demo(['--live', '--page']);
assert.equal(both.code, 2, both.said);

assert.match(await pageOf(), /<title>Waypost gateway<\/title>/);

const [atlas] = defaultCatalogue.models;
assert.ok(atlas);
const llama = { ...atlas, id: 'meta-llama/llama-3.1-8b-instruct', endpoints: [defineEndpoint({ tag: 'deepinfra', pricing: { prompt: '0.00000002', completion: '0.00000003' } })] };
const nemo = { ...llama, id: 'mistralai/mistral-nemo' };
const gateway = createGateway({ catalogue: { ...defaultCatalogue, models: [llama, nemo] } });
const server = await gateway.listen();
try {
  const live = await demo(['--live'], { OPENROUTER_API_KEY: 'sk-or-v1-check', OPENROUTER_BASE_URL: server.url });
  assert.equal(live.code, 0, live.said);
  assert.ok(live.said.indexOf('cost at most $0.05 in') < live.said.indexOf('DeepInfra'), 'the price is said before it is sent');
  assert.ok(!live.said.includes('sk-or-v1-check'), 'no key');
  assert.equal(gateway.requests.length, 1);
  assert.deepEqual(gateway.requests[0]?.body, {
    model: llama.id,
    models: [nemo.id],
    max_tokens: 80,
    messages: [{ role: 'user', content: 'In two sentences: what is a waypost?' }],
    provider: { data_collection: 'deny', max_price: { prompt: 0.05, completion: 0.08 } },
    stream: true,
  });
} finally {
  await server.close();
}
process.stdout.write('demo: ok\n');
