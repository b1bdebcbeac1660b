import { disconnect, fail, faults, type Outcome, respond, type Scenario } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import type { Plan } from './drivers/driver.js';
import { agree } from './support/agree.js';

interface ErrorCase {
  readonly name: string;
  readonly gateway?: Outcome;
  readonly scenario?: Scenario;
  readonly plan?: Plan;
  readonly is: object;
}

const errors: readonly ErrorCase[] = [
  { name: '400 in the shape of a validator', gateway: faults.zod(), is: { name: 'APIError', status: 400, reason: 'invalid-request', isRetryable: false } },
  { name: '401', gateway: fail(401, { message: 'User not found.' }), is: { name: 'APIError', status: 401, reason: 'authentication', isRetryable: false } },
  { name: '402, out of credits', gateway: faults.noCredits(), is: { status: 402, reason: 'credits', isRetryable: false } },
  { name: '402, in flight', gateway: faults.inFlight(2), is: { status: 402, isRetryable: true, retryAfterMs: 2000 } },
  { name: '403, moderation', gateway: faults.moderation(), is: { status: 403, reason: 'moderation', isRetryable: false } },
  { name: '403, budget', gateway: faults.budget(), is: { status: 403, isRetryable: false } },
  { name: '404, no route', plan: { client: { provider: { max_price: { prompt: 0.02 } } } }, is: { name: 'NoRouteError', code: 'no_route', status: 404, isRetryable: false } },
  { name: '429 of the free tier', gateway: faults.freeTier(1_790_000_030_000), is: { status: 429, reason: 'rate-limit', isRetryable: true } },
  { name: '500', gateway: faults.internal(), is: { status: 500, reason: 'server', isRetryable: true } },
  { name: '524 as a page of HTML', gateway: faults.htmlTimeout(), is: { name: 'APIError', status: 524, isRetryable: true } },
  { name: '200 with an error alone', gateway: faults.errorOnly(502, 'Provider returned error'), is: { name: 'APIError', status: 502, isRetryable: true } },
  { name: '200 that is not JSON', gateway: faults.notJson(), is: {} },
  { name: '200 with a page of HTML', gateway: respond(200, '<!DOCTYPE html><html><body>Welcome to the captive portal</body></html>', { headers: { 'content-type': 'text/html' } }), is: {} },
  { name: 'a broken connection', gateway: disconnect(), is: { name: 'NetworkError', code: 'network_error', isRetryable: true } },
  { name: 'every provider failing', scenario: { models: { 'acme/atlas': fail(503) } }, is: { name: 'APIError', status: 503, isRetryable: true } },
];

describe.each([false, true])('streaming: %s', (stream) => {
  it.each(errors)('is the same typed error, receipt and all: $name', async ({ gateway, scenario, plan, is }) => {
    const runs = await agree({ ...plan, stream }, { scenario: { ...scenario, ...(gateway && { gateway }) } });
    for (const { ours, requests, text, told } of runs) {
      expect(ours).toMatchObject(is);
      expect(requests).toHaveLength(1);
      expect(text).toBe('');
      expect(ours?.receipt?.attempts).toMatchObject([{ outcome: 'error', models: ['acme/atlas'] }]);
      expect(told.receipts).toEqual([ours?.receipt]);
      expect(ours?.message.length).toBeLessThan(400);
    }
  });
});

describe('a policy that was not kept', () => {
  // Azure is not in the list; a gateway that disobeys says it served anyway.
  const wrong = respond(200, {
    id: 'gen-1', object: 'chat.completion', created: 1_790_000_000, model: 'acme/atlas', provider: 'OpenAI',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Served elsewhere' } }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, cost: 0.1 },
  });
  const wrongStream = respond(200, `data: ${JSON.stringify({
    id: 'gen-1', object: 'chat.completion.chunk', created: 1_790_000_000, model: 'acme/atlas', provider: 'OpenAI',
    choices: [{ index: 0, delta: { role: 'assistant', content: 'Served elsewhere' }, finish_reason: 'stop' }],
  })}\n\ndata: [DONE]\n\n`, { headers: { 'content-type': 'text/event-stream' } });

  describe.each([false, true])('streaming: %s', (stream) => {
    const scenario = { gateway: stream ? wrongStream : wrong };
    const client = { provider: { only: ['azure'] } };

    it('is told in the receipt', async () => {
      for (const { receipt, error } of await agree({ stream, client }, { scenario })) {
        expect(error).toBeUndefined();
        expect(receipt?.verdict).toMatchObject({ overall: 'violated', guardrails: { only: { verdict: 'violated' } } });
      }
    });

    it('is an error with verify: throw, before any content, and not worth a retry', async () => {
      for (const { ours, text } of await agree({ stream, client: { ...client, verify: 'throw' }, call: { verify: false } }, { scenario })) {
        expect(ours).toMatchObject({ name: 'PolicyViolationError', code: 'policy_violation', verdict: { overall: 'violated' } });
        expect(ours?.receipt?.verdict.overall).toBe('violated');
        expect(text).toBe('');
      }
    });

    it('is an error with verify: strict where it cannot be verified', async () => {
      for (const { ours, text } of await agree({ stream, client: { provider: { zdr: true } }, call: { verify: 'strict' } })) {
        expect(ours).toMatchObject({ name: 'PolicyViolationError', verdict: { overall: 'unverifiable' } });
        expect(text).toBe('');
      }
    });
  });
});
