import { expect, it } from 'vitest';
import * as testing from '../src/index.js';
import * as forVitest from '../src/vitest.js';

it('exports these names', () => {
  expect(Object.keys(testing).toSorted()).toEqual([
    'CHAT_PARAMETERS', 'RouteMismatchError', 'ScenarioError', 'createGateway', 'defaultCatalogue', 'defineEndpoint', 'disconnect', 'fail', 'faults', 'hang', 'loadCatalogue', 'manualClock',
    'ok', 'planRoute', 'realClock', 'reply', 'respond', 'wires',
  ]);
  expect(Object.keys(forVitest).toSorted()).toEqual(['matchers', 'useGateway']);
});
