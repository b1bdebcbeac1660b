/** `pnpm start [--live] [--port <number>]` serves the chat on this machine. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createGateway, fail, ok } from '@waypost/testing';
import { createApp } from './app.js';
import { buildPage } from './build-page.js';
import { localModel, realModel } from './connection.js';
import { scriptedModel } from './scripted.js';
import { serve } from './serve.js';
import { createTools } from './tools.js';

const { values: { live, port } } = parseArgs({ options: { live: { type: 'boolean', default: false }, port: { type: 'string', default: '3000' } } });

/** A gateway whose first provider refuses every fourth request, so that there is a fallback to be seen. */
const gateway = createGateway({
  scenario: { reply: scriptedModel, endpoints: { 'amazon-bedrock': ({ attempt }) => (attempt % 4 === 0 ? fail(429) : ok()) } },
});
const local = { apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch };

const app = createApp({
  model: live ? realModel() : localModel(local),
  // The gateway answers at once; a reader likes to see what happens.
  tools: createTools(live ? undefined : (signal) => sleep(600, undefined, { signal })),
  page: await buildPage(),
});
const { url } = await serve(app.fetch, Number(port));
console.log(`${url} (${live ? 'the real API, with your key' : 'a gateway in this process: no key, no network'})`);
