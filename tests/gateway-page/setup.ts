import { afterAll, afterEach, beforeAll, type TestContext } from 'vitest';
import { ensureChromium, MISSING } from '../../tooling/scripts/chromium.mjs';
import { inCI } from '../../tooling/scripts/run.mjs';
import { type Browser, startBrowser } from './browser.js';
import { createStage, type Stage } from './stage.js';

interface Kit {
  /** The browser; without one the test is skipped, or in CI failed. */
  browser(context: Pick<TestContext, 'skip'>): Browser;
  /** A gateway that ends with the test. */
  stage(timed?: boolean): Promise<Stage>;
}

/** One browser for the tests of a file, and a gateway for each. */
export function useBrowser(): Kit {
  let browser: Browser | undefined;
  const stages: Stage[] = [];

  // Chromium may have to be installed
  beforeAll(async () => {
    const path = await ensureChromium();
    if (path !== undefined) browser = await startBrowser(path);
  }, 300_000);
  afterEach(async () => {
    await browser?.clear();
    await Promise.all(stages.splice(0).map((stage) => stage.close()));
  });
  afterAll(() => browser?.close());

  return {
    browser({ skip }) {
      if (browser !== undefined) return browser;
      if (inCI()) throw new Error(MISSING);
      return skip(MISSING);
    },
    async stage(timed) {
      const stage = await createStage(timed);
      stages.push(stage);
      return stage;
    },
  };
}
