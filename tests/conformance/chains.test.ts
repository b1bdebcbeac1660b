import { fail, faults, ok, reply } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { agree } from './support/agree.js';

const LONG = ['cinder/spark', 'borealis/aurora', 'acme/atlas-mini', 'cinder/easel'];
const models = (bodies: readonly { body: unknown }[]): unknown[] => bodies.map(({ body }) => {
  const { model, models: rest } = body as { model?: string; models?: string[] };
  return [model, ...(rest ?? [])];
});

describe.each([false, true])('streaming: %s', (stream) => {
  it('sends a chain that the server can take as it is written', async () => {
    const runs = await agree({ stream, call: { models: ['acme/atlas-mini', 'borealis/aurora'] } }, { scenario: { models: { 'acme/atlas': fail(503) } } });
    for (const { requests, receipt } of runs) {
      expect(models(requests)).toEqual([['acme/atlas', 'acme/atlas-mini', 'borealis/aurora']]);
      expect(receipt).toMatchObject({ served: { model: 'acme/atlas-mini' }, fallbackUsed: true, requested: ['acme/atlas', 'acme/atlas-mini', 'borealis/aurora'] });
    }
  });

  it('passes a longer chain on, window by window, until one serves', async () => {
    const runs = await agree(
      { stream, client: { models: LONG, provider: { data_collection: 'deny' } } },
      { scenario: { models: { 'acme/atlas': fail(503), 'cinder/spark': fail(503), 'borealis/aurora': fail(429, { retryAfter: 3 }) } } },
    );
    for (const { requests, receipt } of runs) {
      expect(models(requests)).toEqual([['acme/atlas', 'cinder/spark', 'borealis/aurora'], ['acme/atlas-mini', 'cinder/easel']]);
      expect(requests.map(({ body }) => (body as { provider?: unknown }).provider)).toEqual([{ data_collection: 'deny' }, { data_collection: 'deny' }]);
      expect(receipt).toMatchObject({ served: { model: 'acme/atlas-mini' }, fallbackUsed: true });
      expect(receipt?.attempts?.map(({ outcome, models: tried }) => [outcome, tried.length])).toEqual([['error', 3], ['ok', 2]]);
    }
  });

  it('sends an entry with limits of its own alone, its price under the policy', async () => {
    const runs = await agree(
      { stream, client: { provider: { max_price: { prompt: 3 } } }, call: { models: [{ model: 'borealis/aurora', maxPrice: { prompt: 9, completion: 16 } }] } },
      { scenario: { models: { 'acme/atlas': fail(503) } } },
    );
    for (const { requests } of runs) {
      expect(models(requests)).toEqual([['acme/atlas'], ['borealis/aurora']]);
      expect(requests.map(({ body }) => (body as { provider?: unknown }).provider)).toEqual([{ max_price: { prompt: 3 } }, { max_price: { prompt: 3, completion: 16 } }]);
    }
  });

  it('tells every window in the error when all fail', async () => {
    const runs = await agree({ stream, client: { models: LONG } }, { scenario: { gateway: fail(503, { message: 'overloaded' }) } });
    for (const { requests, ours } of runs) {
      expect(requests).toHaveLength(2);
      expect(ours?.previousErrors).toHaveLength(1);
      expect(ours?.receipt?.attempts?.map(({ outcome, reason }) => [outcome, reason])).toEqual([['error', ours?.receipt?.attempts?.[0]?.reason], ['error', ours?.receipt?.attempts?.[0]?.reason]]);
    }
  });

  it('does not pass on what would fail again', async () => {
    const runs = await agree({ stream, client: { models: LONG } }, { scenario: { gateway: faults.noCredits() } });
    for (const { requests, ours } of runs) {
      expect(requests).toHaveLength(1);
      expect(ours).toMatchObject({ reason: 'credits', isRetryable: false });
    }
  });

  it('passes on a failure that comes in a body of status 200', async () => {
    const runs = await agree({ stream, client: { models: LONG } }, { scenario: { gateway: [faults.errorOnly(502), ok(reply.text('Second window'))] } });
    for (const { requests, text } of runs) {
      expect(requests).toHaveLength(2);
      expect(text).not.toBe('');
    }
  });
});
