import { expect, it } from 'vitest';
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

it('exports these values from its further entries', () => {
  expect({ structured: Object.keys(structured).sort(), tools: Object.keys(tools).sort() }).toMatchInlineSnapshot(`
    {
      "structured": [
        "StructuredOutputError",
        "generateObject",
      ],
      "tools": [
        "ToolCallError",
        "progressOf",
        "runTools",
        "tool",
      ],
    }
  `);
});
