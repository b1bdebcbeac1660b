import { expect, it } from 'vitest';
import * as completions from '../src/completions.js';
import * as fromSSE from '../src/from-sse.js';
import * as fetchClient from '../src/index.js';
import * as media from '../src/media/index.js';
import * as structured from '../src/structured.js';
import * as tools from '../src/tools.js';

it('exports these values', () => {
  expect(Object.keys(fetchClient).sort()).toMatchInlineSnapshot(`
    [
      "APIError",
      "InvalidOptionsError",
      "NetworkError",
      "NoRouteError",
      "OpenRouterError",
      "PolicyConflictError",
      "PolicyViolationError",
      "StreamError",
      "TimeoutError",
      "createOpenRouter",
      "preferences",
      "presets",
      "usd",
    ]
  `);
});

it.each([
  ['completions', completions, ['complete', 'streamComplete']],
  ['from-sse', fromSSE, ['fromSSE']],
  ['media', media, ['VideoTimeoutError', 'images', 'rerank', 'speak', 'transcribe', 'videos']],
  ['structured', structured, ['StructuredOutputError', 'generateObject']],
  ['tools', tools, ['ToolCallError', 'progressOf', 'runTools', 'tool']],
])('the entry %s exports these values', (_, entry, names) => {
  expect(Object.keys(entry).sort()).toEqual(names);
});
