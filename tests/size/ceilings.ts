/** One thing a user imports, and the most it may weigh in their bundle. */
export interface Ceiling {
  readonly name: string;
  /** Body of a module that uses the entry the way a reader of the documentation would. */
  readonly code: string;
  /** What the user has already, being a peer of the adapter. */
  readonly external: readonly string[];
  /** Largest size in bytes, minified and gzipped. Lower it when the measured size falls; raising it needs a reason. */
  readonly maxBytes: number;
  /** What was aimed at before there was code, in bytes. Printed beside the size, so that a gap stays in sight. */
  readonly budgetBytes: number;
}

// Some budgets are not met: see docs/decisions/0009-size.md.
export const ceilings: readonly Ceiling[] = [
  {
    name: 'core: preferences alone',
    code: `import { preferences } from '@waypost/core'; console.log(preferences({ sort: 'throughput' }));`,
    external: [],
    maxBytes: 3.75 * 1024,
    budgetBytes: 4 * 1024,
  },
  {
    name: 'core: a planned route',
    code: `import { planRoute } from '@waypost/core/routing'; console.log(planRoute({ model: 'a/b' }, []));`,
    external: [],
    maxBytes: 10 * 1024,
    budgetBytes: 10 * 1024,
  },
  {
    // With lint, which is about a third of it.
    name: 'core: an explained route',
    code: `import { explain, format } from '@waypost/core/routing'; console.log(format(explain({ model: 'a/b' }, [])));`,
    external: [],
    maxBytes: 20 * 1024,
    budgetBytes: 20 * 1024,
  },
  {
    name: 'fetch: one chat call',
    code: `import { createOpenRouter } from '@waypost/fetch';
const openrouter = createOpenRouter({ apiKey: 'k' });
console.log(await openrouter.chat({ model: 'a/b', messages: [{ role: 'user', content: 'hi' }] }));`,
    external: [],
    maxBytes: 35 * 1024,
    budgetBytes: 9 * 1024,
  },
  {
    name: 'fetch: a chat call and responses',
    code: `import { createOpenRouter } from '@waypost/fetch';
import { respond, streamRespond } from '@waypost/fetch/responses';
const openrouter = createOpenRouter({ apiKey: 'k' });
console.log(await respond(openrouter, { model: 'a/b', input: 'hi' }), await streamRespond(openrouter, { model: 'a/b', input: 'hi' }).final());`,
    external: [],
    maxBytes: 38.25 * 1024,
    budgetBytes: 12 * 1024,
  },
  {
    name: 'fetch: a loop of tools',
    code: `import { createOpenRouter } from '@waypost/fetch';
import { runTools } from '@waypost/fetch/tools';
const openrouter = createOpenRouter({ apiKey: 'k' });
const tools = { add: { parameters: { type: 'object' }, execute: (input) => input } };
console.log(await runTools(openrouter, { model: 'a/b', messages: [{ role: 'user', content: 'hi' }] }, { tools }));`,
    external: [],
    maxBytes: 39 * 1024,
    budgetBytes: 13 * 1024,
  },
  {
    name: 'fetch: an object by a schema',
    code: `import { createOpenRouter } from '@waypost/fetch';
import { generateObject } from '@waypost/fetch/structured';
const openrouter = createOpenRouter({ apiKey: 'k' });
console.log(await generateObject(openrouter, { model: 'a/b', messages: [{ role: 'user', content: 'hi' }] }, { schema: { type: 'object' } }));`,
    external: [],
    maxBytes: 38.5 * 1024,
    budgetBytes: 13 * 1024,
  },
  {
    name: 'fetch: a policy fetch',
    code: `import { createPolicyFetch } from '@waypost/fetch/policy-fetch';
console.log(createPolicyFetch({ provider: { zdr: true } }));`,
    external: [],
    maxBytes: 27.75 * 1024,
    budgetBytes: 15 * 1024,
  },
  {
    name: 'fetch: a proxy',
    code: `import { createProxyHandler } from '@waypost/fetch/proxy';
console.log(createProxyHandler({ provider: { zdr: true } }));`,
    external: [],
    maxBytes: 28.5 * 1024,
    budgetBytes: 15 * 1024,
  },
  {
    name: 'fetch: fromSSE in a page',
    code: `import { fromSSE } from '@waypost/fetch/from-sse';
for await (const text of fromSSE(await fetch('/chat')).textStream) console.log(text);`,
    external: [],
    maxBytes: 14.5 * 1024,
    budgetBytes: 15 * 1024,
  },
  {
    name: 'fetch: a picture',
    code: `import { createOpenRouter } from '@waypost/fetch';
import { images } from '@waypost/fetch/media';
console.log(await images(createOpenRouter({ apiKey: 'k' }), { model: 'a/b', prompt: 'hi' }));`,
    external: [],
    maxBytes: 35.5 * 1024,
    budgetBytes: 15 * 1024,
  },
  {
    name: 'fetch: all media',
    code: `import { createOpenRouter } from '@waypost/fetch';
import { images, rerank, speak, transcribe, videos } from '@waypost/fetch/media';
console.log(createOpenRouter({ apiKey: 'k' }), images, rerank, speak, transcribe, videos);`,
    external: [],
    maxBytes: 38.5 * 1024,
    budgetBytes: 15 * 1024,
  },
  {
    name: 'fetch: completions',
    code: `import { createOpenRouter } from '@waypost/fetch';
import { complete, streamComplete } from '@waypost/fetch/completions';
console.log(createOpenRouter({ apiKey: 'k' }), complete, streamComplete);`,
    external: [],
    maxBytes: 35.5 * 1024,
    budgetBytes: 15 * 1024,
  },
  {
    // A provider is one object with every kind of model, so that a bundle with one of them has all.
    name: 'ai-sdk: a chat model',
    code: `import { createOpenRouter } from '@waypost/ai-sdk';
console.log(createOpenRouter({ apiKey: 'k' })('a/b'));`,
    external: ['ai', 'ai/*'],
    maxBytes: 46.75 * 1024,
    budgetBytes: 15 * 1024,
  },
  {
    name: 'langchain: a chat model',
    code: `import { ChatOpenRouter } from '@waypost/langchain';
console.log(new ChatOpenRouter({ apiKey: 'k', model: 'a/b' }));`,
    external: ['@langchain/core', '@langchain/core/*'],
    maxBytes: 38.75 * 1024,
    budgetBytes: 15 * 1024,
  },
  {
    name: 'langchain: embeddings',
    code: `import { OpenRouterEmbeddings } from '@waypost/langchain';
console.log(await new OpenRouterEmbeddings('a/b', { apiKey: 'k' }).embedQuery('hi'));`,
    external: ['@langchain/core', '@langchain/core/*'],
    maxBytes: 24.25 * 1024,
    budgetBytes: 15 * 1024,
  },
  {
    name: 'langchain: rerank',
    code: `import { OpenRouterRerank } from '@waypost/langchain';
console.log(await new OpenRouterRerank('a/b', { apiKey: 'k' }).rerank(['hi'], 'ho'));`,
    external: ['@langchain/core', '@langchain/core/*'],
    maxBytes: 24.25 * 1024,
    budgetBytes: 15 * 1024,
  },
  {
    name: 'core/catalog: filter and rank',
    code: `import { balanced, filterModels, rankModels } from '@waypost/core/catalog';
console.log(rankModels(filterModels([], { supports: ['tools'] }), balanced({ price: 1, coding: 1 })));`,
    external: [],
    maxBytes: 5 * 1024,
    budgetBytes: 6 * 1024,
  },
];
