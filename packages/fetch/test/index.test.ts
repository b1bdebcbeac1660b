import { expect, it } from 'vitest';
import * as fetchClient from '../src/index.js';

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
