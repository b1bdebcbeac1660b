import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeArguments, createToolCallTracker, toolCallId } from '../../src/stream/tool-calls.js';
import type { ToolCallDelta } from '../../src/wire/chunk.js';

const track = (...deltas: ToolCallDelta[]): { id: string; name: string; arguments: string }[] => {
  const tracker = createToolCallTracker();
  for (const delta of deltas) tracker.track(delta);
  return tracker.calls.map(({ id, name, arguments: args, position }, place) => {
    expect(position).toBe(place);
    return { id, name, arguments: args };
  });
};

const one = [{ id: 'call_1', name: 'weather', arguments: '{"a":1}' }];
const two = [...one, { id: 'call_2', name: 'time', arguments: '{"b":2}' }];

describe('one call', () => {
  it.each<[string, ToolCallDelta[]]>([
    ['whole in one delta', [{ index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"a":1}' } }]],
    ['without an id on later deltas', [{ index: 0, id: 'call_1', function: { name: 'weather', arguments: '' } }, { index: 0, function: { arguments: '{"a"' } }, { index: 0, function: { arguments: ':1}' } }]],
    ['with an empty id and type', [{ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{' } }, { index: 0, id: '', type: '', function: { arguments: '"a":1}' } }]],
    ['with a null id, type, name', [{ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{' } }, { index: 0, id: null, type: null, function: { name: null, arguments: '"a":1}' } }]],
    ['with null arguments', [{ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{"a":1}' } }, { index: 0, id: '', function: { arguments: null } }]],
    ['with a null function', [{ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{"a":1}' } }, { index: 0, function: null }, { index: 0 }]],
    ['with id and name repeated', [{ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{"a"' } }, { index: 0, id: 'call_1', function: { name: 'weather', arguments: ':1}' } }]],
    ['with the name repeated', [{ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{"a"' } }, { index: 0, function: { name: 'weather', arguments: ':1}' } }]],
    ['with a late name', [{ index: 0, id: 'call_1' }, { index: 0, function: { arguments: '{"a"' } }, { index: 0, function: { name: 'weather', arguments: ':1}' } }]],
    ['with a late id', [{ index: 0, function: { name: 'weather', arguments: '{"a"' } }, { index: 0, id: 'call_1', function: { arguments: ':1}' } }]],
    ['with a late id and the name repeated', [{ index: 0, function: { name: 'weather', arguments: '{"a"' } }, { index: 0, id: 'call_1', function: { name: 'weather', arguments: ':1}' } }]],
    ['without an index', [{ id: 'call_1', function: { name: 'weather', arguments: '{"a"' } }, { function: { arguments: ':1}' } }]],
    ['with an index that only comes later', [{ id: 'call_1', function: { name: 'weather', arguments: '{"a"' } }, { index: 0, function: { arguments: ':1}' } }]],
    ['with an index only at first', [{ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{"a"' } }, { function: { arguments: ':1}' } }]],
    ['with a null index', [{ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{"a"' } }, JSON.parse('{"index":null,"function":{"arguments":":1}"}}')]],
    ['with arguments parsed already', [JSON.parse('{"index":0,"id":"call_1","function":{"name":"weather","arguments":{"a":1}}}')]],
  ])('%s', (_name, deltas) => {
    expect(track(...deltas)).toEqual(one);
  });
});

describe('several calls', () => {
  const a = (rest: ToolCallDelta): ToolCallDelta => ({ id: 'call_1', ...rest });
  const b = (rest: ToolCallDelta): ToolCallDelta => ({ id: 'call_2', ...rest });
  it.each<[string, ToolCallDelta[]]>([
    ['one after another', [a({ index: 0, function: { name: 'weather', arguments: '{"a":1}' } }), b({ index: 1, function: { name: 'time', arguments: '' } }), { index: 1, function: { arguments: '{"b":2}' } }]],
    ['interleaved by index', [a({ index: 0, function: { name: 'weather', arguments: '{"a"' } }), b({ index: 1, function: { name: 'time', arguments: '{"b"' } }), { index: 0, function: { arguments: ':1}' } }, { index: 1, function: { arguments: ':2}' } }]],
    ['sharing index 0, told apart by id', [a({ index: 0, function: { name: 'weather', arguments: '{"a":1}' } }), b({ index: 0, function: { name: 'time', arguments: '{"b"' } }), { index: 0, id: '', function: { arguments: ':2}' } }]],
    ['sharing index 0, interleaved by id', [a({ index: 0, function: { name: 'weather', arguments: '{"a"' } }), b({ index: 0, function: { name: 'time', arguments: '{"b"' } }), a({ index: 0, function: { arguments: ':1}' } }), b({ index: 0, function: { arguments: ':2}' } })]],
    ['without any index', [a({ function: { name: 'weather', arguments: '{"a":1}' } }), b({ function: { name: 'time', arguments: '{"b"' } }), { function: { arguments: ':2}' } }]],
    ['at negative and huge indices', [a({ index: -1, function: { name: 'weather', arguments: '{"a"' } }), b({ index: 4_294_967_295, function: { name: 'time', arguments: '{"b"' } }), { index: -1, function: { arguments: ':1}' } }, { index: 4_294_967_295, function: { arguments: ':2}' } }]],
    ['with the id repeated instead of the index', [a({ index: 0, function: { name: 'weather', arguments: '{"a"' } }), b({ index: 1, function: { name: 'time', arguments: '{"b":2}' } }), a({ function: { name: 'weather', arguments: ':1}' } })]],
    ['with another index on every delta, but the same id', [a({ index: 0, function: { name: 'weather', arguments: '{"a"' } }), a({ index: 1, function: { arguments: ':1}' } }), b({ index: 2, function: { name: 'time', arguments: '{"b"' } }), b({ index: 3, function: { arguments: ':2}' } })]],
    ['in one packet of deltas with a late name', [a({ index: 0 }), b({ index: 1 }), { index: 0, function: { name: 'weather', arguments: '{"a":1}' } }, { index: 1, function: { name: 'time', arguments: '{"b":2}' } }]],
  ])('%s', (_name, deltas) => {
    expect(track(...deltas)).toEqual(two);
  });

  it('keeps calls apart that have neither ids nor indices of their own', () => {
    const whole = (name: string, args: string): ToolCallDelta => ({ index: 0, function: { name, arguments: args } });
    expect(track(whole('weather', '{"a":1}'), whole('time', '{}'), whole('time', '{"b":2}'))).toEqual([
      { id: '', name: 'weather', arguments: '{"a":1}' },
      { id: '', name: 'time', arguments: '{}' },
      { id: '', name: 'time', arguments: '{"b":2}' },
    ]);
  });

  it('keeps calls of different functions apart also when the first has no arguments', () => {
    expect(track({ index: 0, function: { name: 'now' } }, { index: 0, function: { name: 'time', arguments: '{}' } })).toEqual([
      { id: '', name: 'now', arguments: '' },
      { id: '', name: 'time', arguments: '{}' },
    ]);
  });

  it('keeps parallel calls apart to which a server gave the same id', () => {
    expect(track({ index: 0, id: 'x', function: { name: 'f', arguments: '{}' } }, { index: 1, id: 'x', function: { name: 'f', arguments: '[]' } })).toEqual([
      { id: 'x', name: 'f', arguments: '{}' },
      { id: 'x', name: 'f', arguments: '[]' },
    ]);
  });

  it('returns the same growing object for one call', () => {
    const tracker = createToolCallTracker();
    const first = tracker.track({ index: 7, id: 'call_1', function: { name: 'f', arguments: '{' } });
    expect(tracker.track({ index: 7, function: { arguments: '}' } })).toBe(first);
    expect(first).toMatchObject({ id: 'call_1', name: 'f', arguments: '{}', position: 0 });
  });

  it('puts any interleaving of calls with an index of their own together', () => {
    const call = fc.record({ args: fc.array(fc.string({ maxLength: 5 }), { maxLength: 5 }), late: fc.boolean() });
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 5 }), fc.infiniteStream(call), fc.infiniteStream(fc.nat()), (indices, calls, order) => {
        const queues = indices.map((index, place) => {
          const { args, late }: { args: string[]; late: boolean } = calls.next().value;
          const head: ToolCallDelta = { index, id: `call_${place}`, function: late ? {} : { name: `f${place}` } };
          const tail: ToolCallDelta[] = late ? [{ index, function: { name: `f${place}` } }] : [];
          return { deltas: [head, ...tail, ...args.map((piece): ToolCallDelta => ({ index, function: { arguments: piece } }))], text: args.join(''), place };
        });
        const tracker = createToolCallTracker();
        const left = queues.map(({ deltas }) => [...deltas]);
        while (left.some((deltas) => deltas.length > 0)) {
          const open = left.filter((deltas) => deltas.length > 0);
          const delta = open[order.next().value % open.length]?.shift();
          if (delta) tracker.track(delta);
        }
        const found = new Map(tracker.calls.map((tracked) => [tracked.id, tracked]));
        expect(tracker.calls).toHaveLength(queues.length);
        for (const { text, place } of queues) expect(found.get(`call_${place}`)).toMatchObject({ name: `f${place}`, arguments: text });
      }),
    );
  });
});

describe('completeArguments', () => {
  it.each([
    ['', '{}'],
    [' \n', '{}'],
    ['null', '{}'],
    [null, '{}'],
    ['{}', '{}'],
    [' {"a": 1}\n', ' {"a": 1}\n'],
    ['{"a":', undefined],
    ['{"a":1', undefined],
    ['{"a":1}{"b":2}', undefined],
    ['nul', undefined],
  ])('%j → %j', (text, complete) => {
    expect(completeArguments({ arguments: text })).toBe(complete);
  });

  it('takes no arguments at all for an empty object', () => {
    expect(completeArguments({})).toBe('{}');
  });

  it('refuses every proper prefix of an object', () => {
    const text = JSON.stringify({ a: [1, { b: '}' }], c: null });
    for (let length = 1; length < text.length; length++) expect(completeArguments({ arguments: text.slice(0, length) })).toBeUndefined();
  });
});

describe('toolCallId', () => {
  it('is the id of the server where there is one', () => {
    expect(toolCallId({ id: 'call_1', position: 0 }, 'gen-1')).toBe('call_1');
  });

  it('is made of the generation and the position otherwise', () => {
    expect(toolCallId({ id: '', position: 2 }, 'gen-1')).toBe('call_gen-1_2');
    expect(toolCallId({ id: '', position: 2 })).toBe('call_2');
  });

  it('is at most 40 characters that every provider takes, and keeps the end of the generation, which differs', () => {
    const made = toolCallId({ id: '', position: 12345 }, 'gen-1790000000-AbCdEfGhIjKlMnOpQrSt é/');
    expect(made).toMatch(/^[\w-]{1,40}$/);
    expect(made).toContain('AbCdEfGhIjKlMnOpQrSt_12345');
  });
});
