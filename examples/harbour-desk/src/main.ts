/** `pnpm start [--live]` serves the page on a port of this machine. */
import { serve } from '@hono/node-server';
import { createGateway, reply } from '@waypost/testing';
import { createWorker } from './worker.js';

const answer = reply.text('From the east pier, behind the old customs house.');
const live = process.argv.includes('--live');
const worker = live
  ? createWorker('meta-llama/llama-3.3-70b-instruct')
  : createWorker('acme/atlas', { apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: createGateway({ scenario: { reply: answer } }).fetch });

serve({ fetch: worker.fetch, hostname: '127.0.0.1', port: Number(process.env['PORT'] ?? 8787) }, ({ port }) => console.log(`http://127.0.0.1:${port}`));
