import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import type { RequestLayer } from '../../src/request/layers.js';
import { resolveRequest, resolveWithin } from '../../src/request/resolve-request.js';

const messages = [{ role: 'user', content: 'Hi' }];
const outer: readonly RequestLayer[] = [
  { name: 'client', policy: { zdr: true, only: ['azure', 'openai'] }, body: { user: 'u', reasoning: { effort: 'low' } }, models: ['c/d'] },
  { name: 'model', policy: { sort: 'price' } },
];

describe('resolveWithin', () => {
  const calls: readonly (readonly RequestLayer[])[] = [
    [],
    [{ name: 'call', provider: { only: ['azure'], zdr: false } }],
    [{ name: 'call', body: { user: 'other', temperature: 0 }, models: ['e/f'] }],
    [{ name: 'extraBody', path: 'extraBody', body: { provider: { sort: 'latency' } } }, { name: 'call', acknowledge: ['preset-override'] }],
  ];

  it('gives what resolving all layers anew would, however often the same outer layers come', () => {
    for (const layers of [...calls, ...calls]) {
      expect(resolveWithin(outer, layers, { model: 'a/b', messages })).toEqual(resolveRequest([...outer, ...layers], { model: 'a/b', messages }));
    }
  });

  it('hands out nothing that a caller could change for the next call', () => {
    const first = resolveWithin(outer, [], { model: 'a/b', messages });
    Object.assign(first.windows[0]?.body ?? {}, { provider: { zdr: false }, user: 'changed' });
    Object.assign(first.provider ?? {}, { zdr: false });
    const { windows } = resolveWithin(outer, [], { model: 'a/b', messages });
    expect(windows[0]?.body).toMatchObject({ provider: { zdr: true }, user: 'u' });
  });

  it('tells what is wrong or odd about the outer layers with every call', () => {
    const wrong: readonly RequestLayer[] = [{ name: 'client', body: { stream: true } }];
    const odd: readonly RequestLayer[] = [{ name: 'client', provider: { only: ['a-new-provider'] } }];
    for (let call = 0; call < 2; call++) {
      expect(() => resolveWithin(wrong, [], { model: 'a/b', messages })).toThrow(InvalidOptionsError);
      expect(resolveWithin(odd, [], { model: 'a/b', messages }).warnings).toHaveLength(1);
    }
  });
});
