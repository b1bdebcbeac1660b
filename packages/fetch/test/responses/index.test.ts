import { expect, it } from 'vitest';
import * as responses from '../../src/responses/index.js';

it('exports these values', () => {
  expect(Object.keys(responses).sort()).toMatchInlineSnapshot(`
    [
      "respond",
      "streamRespond",
    ]
  `);
});
