import { type BrowserContext, chromium, type Page } from 'playwright-core';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

interface View {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

/** A page that is open, and what went wrong in it. */
interface Opened {
  readonly page: Page;
  /** Errors of the page and of its console, so far. */
  readonly complaints: readonly string[];
  /** Addresses that the page asked for, so far. */
  readonly asked: readonly string[];
}

export interface Browser {
  open(url: string, view?: View): Promise<Opened>;
  /** Closes the pages. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the Chromium at a path; each page has a profile of its own. */
export async function startBrowser(executablePath: string): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  let contexts: BrowserContext[] = [];

  async function clear(): Promise<void> {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
  }

  return {
    clear,
    async open(url, { width = 1280, height = 900, ...media } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, ...media });
      contexts.push(context);
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
      const page = await context.newPage();
      const complaints: string[] = [];
      const asked: string[] = [];
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('request', (request) => asked.push(request.url()));
      page.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(url);
      return { page, complaints, asked };
    },
    async close() {
      await clear();
      await browser.close();
    },
  };
}
