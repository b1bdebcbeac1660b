import { expect, it } from 'vitest';
import * as testing from '../src/index.js';

it('exports these names', () => {
  expect(Object.keys(testing).toSorted()).toEqual([
    'CHAT_PARAMETERS', 'createGateway', 'defaultCatalogue', 'defineEndpoint', 'disconnect', 'fail', 'faults', 'hang', 'loadCatalogue', 'ok', 'planRoute', 'reply', 'respond',
  ]);
});
