import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import type { Installed } from '../install.js';
import type { Host, Result } from '../smoke.js';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A page that finds the packages through an import map, without any bundler. */
function pageOf(files: Installed['files']): string {
  const imports = Object.fromEntries(Object.entries(files).map(([specifier, file]) => [specifier, `/${file}`]));
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="importmap">${JSON.stringify({ imports })}</script>`;
}

/** Serves the page at `/`, and the modules in the folder. */
async function serve(folder: string, page: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === '/') response.setHeader('content-type', 'text/html').end(page);
    else {
      readFile(join(folder, path)).then(
        (bytes) => response.setHeader('content-type', 'text/javascript').end(bytes),
        () => response.writeHead(404).end(),
      );
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

/** Runs the suite in a page, whose origin is another one than the gateway's. */
export function inChromium(executablePath: string, { folder, files }: Installed): Host {
  return async (config) => {
    const server = await serve(folder, pageOf(files));
    const browser = await chromium.launch({ executablePath, args: FLAGS });
    const refused: string[] = [];
    try {
      const page = await browser.newPage();
      page.on('console', (message) => {
        // of headers that a page must not send, and of preflights that failed; a status of 400 is one of the checks
        if (/refused|CORS/i.test(message.text())) refused.push(message.text());
      });
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const results = await page.evaluate<Result[]>(`import('/page.mjs').then(({ runAll }) => runAll(${JSON.stringify(config)}))`);
      return [...results, ...refused.map((error) => ({ name: 'what the browser says', error }))];
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
    }
  };
}
