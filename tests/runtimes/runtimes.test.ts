import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureChromium, MISSING } from '../../tooling/scripts/chromium.mjs';
import { inCI } from '../../tooling/scripts/run.mjs';
import { commands, inProcess, versionOf } from './hosts/command.js';
import { inChromium } from './hosts/chromium.js';
import { inWorkerd } from './hosts/workerd.js';
import { install, type Installed } from './install.js';
import { adapterScenarios, scenarios } from './scenarios.js';
import { smoke } from './smoke.js';

/** Some of these start a browser, on machines that have much else to do. */
const TIMEOUT = 120_000;

let installed: Installed;
let chromium: string | undefined;

beforeAll(async () => {
  installed = await install();
}, TIMEOUT);
// Chromium may have to be installed
beforeAll(async () => {
  chromium = await ensureChromium();
}, 300_000);
afterAll(() => installed?.remove());

describe('core and fetch, from their tarballs', () => {
  it.each(commands)('$name', async (command) => {
    expect((await versionOf(command)).startsWith(command.version)).toBe(true);
    expect(await smoke(scenarios, inProcess(command, installed.folder))).toEqual([]);
  }, TIMEOUT);

  it('workerd', async () => {
    expect(await smoke(scenarios, inWorkerd(installed.folder))).toEqual([]);
  }, TIMEOUT);

  it('Chromium', async ({ skip }) => {
    if (chromium === undefined) {
      if (inCI()) throw new Error(MISSING);
      return skip(MISSING);
    }
    expect(await smoke(scenarios, inChromium(chromium, installed), { browser: true })).toEqual([]);
  }, TIMEOUT);
});

describe('the adapters, from their tarballs', () => {
  it.each(commands)('$name', async (command) => {
    expect(await smoke(adapterScenarios, inProcess(command, installed.folder, true))).toEqual([]);
  }, TIMEOUT);
});
