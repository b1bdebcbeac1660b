import { expect, it } from 'vitest';
import * as fromSSE from '../src/from-sse.js';
import * as fetchClient from '../src/index.js';
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
      "usd",
    ]
  `);
});

it.each([
  ['from-sse', fromSSE, ['fromSSE']],
  ['structured', structured, ['StructuredOutputError', 'generateObject']],
  ['tools', tools, ['ToolCallError', 'progressOf', 'runTools', 'tool']],
])('the entry %s exports these values', (_, entry, names) => {
  expect(Object.keys(entry).sort()).toEqual(names);
});
