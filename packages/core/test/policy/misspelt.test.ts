import { expect, test } from 'vitest';
import { misspelt } from '../../src/policy/misspelt.js';

test.each([
  ['Provider', 'provider'],
  ['provder', 'provider'],
  ['provider ', 'provider'],
  // its first letter is not a Latin one
  ['рrovider', 'provider'],
  ['allowed_models', 'allowedModels'],
  ['REGION', 'region'],
  ['aknowledge', 'acknowledge'],
  ['verfy', 'verify'],
])('%s is meant to be %s, however often it comes', (name, meant) => {
  expect([misspelt(name), misspelt(name)]).toEqual([meant, meant]);
});

test.each(['provider', 'allowedModels', 'region', 'acknowledge', 'verify', 'model', 'models', 'messages', 'reasoning', 'session_id', 'verbosity', 'version', 'prompt', 'duration', 'resolution'])('%s is what it is', (name) => {
  expect(misspelt(name)).toBeUndefined();
});

test('many names do not fill the memory, and change nothing', () => {
  for (let i = 0; i < 1000; i++) misspelt(`field_${i}`);
  expect([misspelt('provder'), misspelt('field_1')]).toEqual(['provider', undefined]);
});
