import { describe, expect, test } from 'vitest';
import { openChat, type ChatStreamCall } from '../../src/client/open-chat.js';
import type { ClientOptions } from '../../src/client/options.js';
import { PolicyViolationError } from '../../src/errors/policy-violation-error.js';
import { StreamError } from '../../src/errors/stream-error.js';
import type { Receipt } from '../../src/receipt/receipt.js';
import { DONE, event, fakeBody, type FakeBody, finish, rejection, settle, text } from '../transport/kit.js';
import { body, failure, PROMPT, serve } from './kit.js';

const chunk = (content: string, more: Record<string, unknown> = {}) => text(content, { model: 'openai/gpt-5.1', provider: 'Azure', ...more });
const usage = (cost: Record<string, number> = {}) => ({ ...finish(), usage: { prompt_tokens: 1_000_000, completion_tokens: 10, total_tokens: 1_000_010, cost: 3, cost_details: cost } });

function setup(options: ClientOptions = {}, first?: () => Response) {
  const stream: FakeBody = fakeBody();
  const receipts: Receipt[] = [];
  const server = serve((call) => (first && call === 0 ? first() : stream.response), {
    hooks: { onReceipt: (receipt) => receipts.push(receipt) },
    effects: { sleep: () => Promise.resolve() },
    ...options,
  });
  return { ...server, stream, receipts, open: () => openChat(server.config, { body }) };
}

/** The contents that came before the end, or before the error. */
async function readAll(call: ChatStreamCall): Promise<{ said: string; error?: unknown }> {
  let said = '';
  try {
    for (let chunks = await call.read(); chunks; chunks = await call.read()) for (const { choices } of chunks) said += choices?.[0]?.delta?.content ?? '';
  } catch (error) {
    return { said, error };
  }
  return { said };
}

describe('openChat', () => {
  test('sends the body with stream, retries before the first content, and ends with the receipt', async () => {
    const { open, stream, sent, receipts } = setup({}, () => failure(503));
    stream.push(event(chunk('Hel')), event(chunk('lo')) + event(usage()) + DONE);
    stream.end();
    const call = await open();
    expect(sent).toHaveLength(2);
    expect([sent[1]?.body['stream'], sent[1]?.headers.get('accept'), call.request]).toEqual([true, 'text/event-stream', body]);
    expect(receipts).toEqual([]);
    expect(await readAll(call)).toEqual({ said: 'Hello' });
    expect(await call.read()).toBeUndefined();
    expect(receipts).toEqual([call.receipt()]);
    expect(call.receipt()).toMatchObject({
      id: 'gen-1', served: { provider: 'Azure', providerSlug: 'azure' }, finishReason: 'stop', cost: { total: 3, partial: true }, timing: { firstTokenMs: 0 },
      attempts: [{ outcome: 'error', reason: 'overloaded', waitedMs: expect.any(Number) }, { outcome: 'ok', status: 200, generationId: 'gen-1', provider: 'Azure' }],
    });
  });

  test('a receipt may be asked for on the way', async () => {
    const { open, stream } = setup();
    stream.push(event(chunk('Hel')));
    const call = await open();
    expect(call.receipt()).toMatchObject({ id: 'gen-1', cost: { partial: true } });
    await call.cancel();
  });

  test('a break has what had arrived, and the receipt', async () => {
    const { open, stream, receipts } = setup();
    stream.push(event(chunk('Hel')));
    const call = await open();
    stream.fail(new TypeError('terminated'));
    const { said, error } = await readAll(call);
    if (!StreamError.isInstance(error)) throw error;
    expect([said, error.reason, error.partial?.choices[0]?.message.content, error.receipt?.served?.provider]).toEqual(['Hel', 'truncated', 'Hel', 'Azure']);
    expect(receipts).toEqual([error.receipt]);
    expect(JSON.stringify(error.receipt)).not.toContain(PROMPT);
  });

  test('leaving it closes the connection and settles once', async () => {
    const { open, stream, receipts } = setup();
    stream.push(event(chunk('Hel')));
    const call = await open();
    await call.cancel();
    await call.cancel();
    await settle();
    expect(stream.cancelled()).toBe(true);
    expect(receipts).toHaveLength(1);
    expect(await call.read()).toBeUndefined();
    expect(receipts).toHaveLength(1);
  });
});

describe('verify', () => {
  test('a wrong provider ends the stream before any content, and nothing is sent again', async () => {
    const { open, stream, sent, receipts } = setup({ provider: { only: ['openai'] }, verify: 'throw', retry: 3, models: ['a/1', 'a/2', 'a/3', 'a/4'] });
    stream.push(event(chunk('')), event(chunk('never seen')));
    const error = await rejection(open());
    if (!PolicyViolationError.isInstance(error)) throw error;
    expect([error.verdict.overall, error.generationId, error.isRetryable]).toEqual(['violated', 'gen-1', false]);
    expect(error.receipt).toMatchObject({ id: 'gen-1', served: { provider: 'Azure' }, verdict: { overall: 'violated' } });
    expect([sent.length, stream.cancelled(), receipts.length]).toEqual([1, true, 1]);
  });

  test('strict: what no stream can prove is refused early too', async () => {
    const { open, stream } = setup({ provider: { zdr: true }, verify: 'strict' });
    stream.push(event(chunk('never seen')));
    const error = await rejection(open());
    expect(PolicyViolationError.isInstance(error) && Object.keys(error.verdict.guardrails)).toEqual(['zdr']);
  });

  test.each([
    ['throw', { upstream_inference_prompt_cost: 3 }, 'violated'],
    ['throw', {}, 'kept'],
    ['strict', {}, 'unverifiable'],
    ['strict', { upstream_inference_prompt_cost: 1 }, 'kept'],
  ] as const)('%s: what only the end tells is judged at the end: %j', async (verify, cost, outcome) => {
    const { open, stream, receipts } = setup({ provider: { maxPrice: { prompt: 1 } }, verify });
    stream.push(event(chunk('all of it')), event(usage(cost)) + DONE);
    stream.end();
    const { said, error } = await readAll(await open());
    expect(said).toBe('all of it');
    expect(receipts).toHaveLength(1);
    if (outcome === 'kept') return expect(error).toBeUndefined();
    if (!PolicyViolationError.isInstance(error)) throw error;
    expect([error.verdict.overall, error.receipt?.usage?.totalTokens]).toEqual([outcome, 1_000_010]);
  });
});
