import { StreamError } from '@waypost/fetch';
import { fromSSE } from '@waypost/fetch/from-sse';
import { fail, faults, reply, type Scenario } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { collect, KEY, rejection, served } from './kit.js';

const REQUEST = { model: 'acme/atlas', messages: [{ role: 'user' as const, content: 'Which way?' }] };
const TEXT = 'Keep the chapel to your left.';

/** What a page reads, and what went over the wire to it. */
function page(scenario: Scenario): { stream: ReturnType<typeof fromSSE>; bytes: Promise<string> } {
  const { openrouter } = served({ scenario }, { retry: false, provider: { only: ['azure'] } });
  const response = openrouter.stream(REQUEST).toResponse();
  return { bytes: response.clone().text(), stream: fromSSE(response) };
}

describe('a stream of the gateway, sent on', () => {
  it('is the same at the other end, and says who served', async () => {
    const { stream, bytes } = page({ reply: reply.text(TEXT), wire: { textSize: 4 } });
    expect((await collect(stream.textStream)).join('')).toBe(TEXT);
    expect(stream.receipt).toMatchObject({ served: { model: 'acme/atlas', providerSlug: 'azure' }, verdict: { overall: 'kept', guardrails: {} }, finishReason: 'stop' });
    expect(stream.receipt?.cost.total).toBeGreaterThan(0);
    const sent = await bytes;
    for (const kept of [KEY, 'openrouter_metadata', 'attempts', 'allow_fallbacks']) expect(sent).not.toContain(kept);
  });

  it('brings tool calls whole', async () => {
    const { stream } = page({ reply: reply.toolCall('steer', { to: 'left' }) });
    expect((await stream.final()).toolCalls).toMatchObject([{ name: 'steer', input: { to: 'left' } }]);
  });

  it('that is cut tells so, with what had arrived', async () => {
    const { stream } = page({ reply: reply.text(TEXT), wire: { textSize: 5, cut: 3 } });
    const error = await rejection(stream.final());
    expect(error).toMatchObject({ name: 'StreamError', reason: 'truncated', receipt: { served: { provider: 'Azure' } } });
    expect(StreamError.isInstance(error) && error.partial?.choices[0]?.message.content).toBe('Keep the chapel');
  });

  it.each([
    ['no credits', { gateway: faults.noCredits() }, { name: 'APIError', status: 402, reason: 'credits' }],
    ['moderation', { gateway: faults.moderation() }, { name: 'APIError', status: 403 }],
    ['a page in place of an answer', { gateway: faults.htmlTimeout() }, { name: 'APIError', status: 524, reason: 'timeout', isRetryable: true }],
    ['a provider that is limited', { endpoints: { azure: fail(429, { retryAfter: 7 }) } }, { name: 'APIError', status: 429, reason: 'rate-limit', retryAfterMs: 7000 }],
  ] as [string, Scenario, object][])('that never began rejects with the error of the server: %s', async (_, scenario, expected) => {
    expect(await rejection(page(scenario).stream)).toMatchObject(expected);
  });
});
