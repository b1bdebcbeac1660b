import { describe, expect, it } from 'vitest';
import { createReasoningMerger, mergeReasoningDetails } from '../../src/stream/reasoning-details.js';
import type { ReasoningDetail } from '../../src/wire/reasoning.js';

const text = (rest: object): ReasoningDetail => ({ type: 'reasoning.text', format: 'anthropic-claude-v1', index: 0, ...rest });
const summary = (rest: object): ReasoningDetail => ({ type: 'reasoning.summary', format: 'openai-responses-v1', index: 0, ...rest });
const encrypted = (rest: object): ReasoningDetail => ({ type: 'reasoning.encrypted', format: 'openai-responses-v1', index: 0, ...rest });

describe('mergeReasoningDetails', () => {
  it('joins texts of one index, and a signature that comes alone at the end', () => {
    expect(mergeReasoningDetails([text({ text: '' }), text({ text: 'a' }), text({ text: 'b' }), text({ signature: 's' })])).toEqual([text({ text: 'ab', signature: 's' })]);
  });

  it('joins summaries, and keeps the encrypted block of the same index apart', () => {
    expect(mergeReasoningDetails([summary({ summary: 'a' }), summary({ summary: 'b' }), encrypted({ id: 'rs_1', data: 'x' })])).toEqual([
      summary({ summary: 'ab' }),
      encrypted({ id: 'rs_1', data: 'x' }),
    ]);
  });

  it('begins a new summary after an encrypted block with an id, which ends an item of the thinking', () => {
    const pieces = [summary({ summary: 'a' }), encrypted({ id: 'rs_1', data: 'x' }), summary({ summary: 'b' }), summary({ summary: 'c' }), encrypted({ id: 'rs_2', data: 'y' })];
    expect(mergeReasoningDetails(pieces)).toEqual([summary({ summary: 'a' }), encrypted({ id: 'rs_1', data: 'x' }), summary({ summary: 'bc' }), encrypted({ id: 'rs_2', data: 'y' })]);
  });

  it('keeps different indices apart, also when they take turns', () => {
    expect(mergeReasoningDetails([text({ text: 'a' }), text({ index: 1, text: 'x' }), text({ text: 'b' }), text({ index: 1, text: 'y' })])).toEqual([
      text({ text: 'ab' }),
      text({ index: 1, text: 'xy' }),
    ]);
  });

  it('joins a text across details of other types', () => {
    expect(mergeReasoningDetails([text({ text: 'a' }), encrypted({ data: 'x' }), text({ text: 'b' })])).toEqual([text({ text: 'ab' }), encrypted({ data: 'x' })]);
  });

  it('begins a new block for a text after a signature', () => {
    expect(
      mergeReasoningDetails([text({ text: 'a' }), text({ signature: 's' }), text({ text: '' }), text({ text: 'b' }), text({ text: 'c', signature: 't' }), text({ text: 'd', signature: 'u' })]),
    ).toEqual([text({ text: 'a', signature: 's' }), text({ text: 'bc', signature: 't' }), text({ text: 'd', signature: 'u' })]);
  });

  it('keeps a second, different signature as a block of its own, and drops a repeated one', () => {
    expect(mergeReasoningDetails([text({ text: 'a' }), text({ signature: 's' }), text({ signature: 's' }), text({ signature: 't' })])).toEqual([
      text({ text: 'a', signature: 's' }),
      text({ signature: 't' }),
    ]);
  });

  it('keeps a signature without any text', () => {
    expect(mergeReasoningDetails([text({ signature: 's' })])).toEqual([text({ signature: 's' })]);
    expect(mergeReasoningDetails([text({ text: 'a' }), text({ index: 3, signature: 's' })])).toEqual([text({ text: 'a' }), text({ index: 3, signature: 's' })]);
  });

  it('takes an empty text after a signature for the beginning of a block, if it goes on', () => {
    const signed = [text({ text: 'a' }), text({ signature: 's' })];
    expect(mergeReasoningDetails([...signed, text({ text: '', id: 'x' }), text({ text: 'b' })])).toEqual([text({ text: 'a', signature: 's' }), text({ text: 'b', id: 'x' })]);
    expect(mergeReasoningDetails([...signed, text({ text: '' })])).toEqual([text({ text: 'a', signature: 's' })]);
    expect(mergeReasoningDetails([text({ signature: 's' }), text({ text: '' }), text({ text: 'b' })])).toEqual([text({ signature: 's' }), text({ text: 'b' })]);
  });

  it('keeps differing ids and formats apart, and fills in what comes late', () => {
    expect(mergeReasoningDetails([summary({ summary: 'a', id: 'rs_1' }), summary({ summary: 'b', id: 'rs_2' }), summary({ summary: 'c' })])).toEqual([
      summary({ summary: 'a', id: 'rs_1' }),
      summary({ summary: 'bc', id: 'rs_2' }),
    ]);
    expect(mergeReasoningDetails([text({ text: 'a' }), text({ text: 'b', format: 'xai-responses-v1' })])).toHaveLength(2);
    expect(mergeReasoningDetails([text({ text: 'a', format: null }), text({ text: 'b', id: 'x', extra: 1 })])).toEqual([text({ text: 'ab', id: 'x', extra: 1 })]);
  });

  it('without an index joins only what stands side by side', () => {
    const bare = (part: object): ReasoningDetail => ({ type: 'reasoning.text', ...part });
    expect(mergeReasoningDetails([bare({ text: 'a' }), bare({ text: 'b', index: null }), encrypted({ data: 'x' }), bare({ text: 'c' })])).toEqual([
      bare({ text: 'ab', index: null }),
      encrypted({ data: 'x' }),
      bare({ text: 'c' }),
    ]);
  });

  it('never joins encrypted blocks, server tool calls and unknown types', () => {
    const whole: ReasoningDetail[] = [
      encrypted({ data: 'x' }),
      encrypted({ data: 'x' }),
      { type: 'reasoning.server_tool_call', index: 0, tool_name: 'web_search', arguments: { q: 1 }, result: null },
      { type: 'reasoning.server_tool_call', index: 0, tool_name: 'web_search', arguments: { q: 2 }, result: [] },
      { type: 'reasoning.later', index: 0, text: 'a', list: [1] },
      { type: 'reasoning.later', index: 0, text: 'b' },
    ];
    expect(mergeReasoningDetails(whole)).toEqual(whole);
  });

  it('does not merge what is merged already', () => {
    const merged = mergeReasoningDetails([summary({ summary: 'a' }), summary({ summary: 'b' }), encrypted({ id: 'rs_1', data: 'x' }), text({ text: 'a' }), text({ signature: 's' }), text({ text: 'b' })]);
    expect(mergeReasoningDetails(merged)).toEqual(merged);
  });

  it('skips what is no detail', () => {
    expect(mergeReasoningDetails(JSON.parse('[null, 5, {"type":"reasoning.text","text":"a"}]') as ReasoningDetail[])).toEqual([{ type: 'reasoning.text', text: 'a' }]);
  });

  it('leaves the pieces and earlier results as they were', () => {
    const first = text({ text: 'a' });
    const merger = createReasoningMerger();
    merger.add([first]);
    const before = merger.blocks();
    merger.add([text({ text: 'b' })]);
    expect(first).toEqual(text({ text: 'a' }));
    expect(before).toEqual([text({ text: 'a' })]);
    expect(merger.blocks()).toEqual([text({ text: 'ab' })]);
  });

  it('keeps the prototype of a block out of reach', () => {
    const [block] = mergeReasoningDetails(
      JSON.parse('[{"type":"reasoning.text","index":0,"text":"a"},{"type":"reasoning.text","index":0,"text":"b","__proto__":{"polluted":1}}]') as ReasoningDetail[],
    );
    expect(Object.getPrototypeOf(block)).toBe(Object.prototype);
    expect(block).toEqual({ type: 'reasoning.text', index: 0, text: 'ab' });
  });
});
