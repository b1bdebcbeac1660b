import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** A browser with one page open. */
export interface Browser {
  readonly page: Page;
  /** Errors of the page and of its console, so far. */
  readonly complaints: readonly string[];
  /** Addresses that the page asked for, so far. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Starts the Chromium at a path, with an empty profile of its own, and opens a page. */
export async function openBrowser(executablePath: string, url: string): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'waypost-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, args: FLAGS, viewport: { width: 900, height: 1000 },
  });
  const complaints: string[] = [];
  const asked: string[] = [];
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(url);
  return {
    page, complaints, asked,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
