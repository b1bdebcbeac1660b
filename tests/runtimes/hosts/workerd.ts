import { join } from 'node:path';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import type { Host, Result } from '../smoke.js';

/** Bundles the suite as a worker's tool does, and runs it in workerd, without its compatibility with Node. */
export function inWorkerd(folder: string): Host {
  return async (config) => {
    const { outputFiles: [bundle] } = await build({
      entryPoints: [join(folder, 'worker.mjs')], bundle: true, write: false, format: 'esm', target: 'es2023', platform: 'neutral',
      conditions: ['workerd', 'worker', 'browser'], logLevel: 'error',
    });
    const miniflare = new Miniflare({ modules: true, script: bundle?.text ?? '', compatibilityDate: '2026-07-01', cf: false });
    try {
      const response = await miniflare.dispatchFetch('http://worker.local/', { method: 'POST', body: JSON.stringify(config) });
      return (await response.json()) as Result[];
    } finally {
      await miniflare.dispose();
    }
  };
}
