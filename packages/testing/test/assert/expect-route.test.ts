import { describe, expect, expectTypeOf, it } from 'vitest';
import { createGateway, type ExpectedRoute, fail, type Gateway, type RecordedRequest, RouteMismatchError } from '../../src/index.js';
import { BASE, chat } from '../helpers.js';

async function failedOver(): Promise<Gateway> {
  const gateway = createGateway({ scenario: { endpoints: { azure: fail(503) } } });
  await chat(gateway, { provider: { order: ['azure', 'openai'] }, messages: [{ role: 'user', content: 'the secret plan' }] });
  return gateway;
}

function thrownBy(act: () => unknown): RouteMismatchError {
  try {
    act();
  } catch (error) {
    if (error instanceof RouteMismatchError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('expectRoute', () => {
  it.each<ExpectedRoute>([
    {},
    { model: 'acme/atlas', provider: 'openai', tag: 'openai', status: 200, failedStep: null },
    { attempts: ['azure', 'openai'] },
    { attempts: [{ provider: 'azure', status: 503 }, { tag: 'openai', status: 200 }] },
  ])('passes what is so, and gives the record: %j', async (expected) => {
    const gateway = await failedOver();
    expect(gateway.expectRoute(expected)).toBe(gateway.requests[0]);
  });

  it.each<[ExpectedRoute, string]>([
    [{ provider: 'azure' }, 'provider: expected azure, got openai'],
    [{ model: 'acme/other' }, 'model: expected acme/other, got acme/atlas'],
    [{ attempts: ['azure'] }, 'attempt 2: expected none, got acme/atlas at openai: 200'],
    [{ attempts: ['azure', 'openai', 'groq'] }, 'attempt 3: expected groq, got none'],
    [{ attempts: [{ tag: 'azure', status: 429 }, 'openai'] }, 'attempt 1: expected azure: 429, got acme/atlas at azure: 503'],
    [{ failedStep: 'Filter by Max Price' }, 'failedStep: expected Filter by Max Price, got none'],
    [{ status: 503 }, 'status: expected 503, got 200'],
  ])('says what is not: %j', async (expected, difference) => {
    const gateway = await failedOver();
    expect(thrownBy(() => gateway.expectRoute(expected)).differences).toEqual([difference]);
  });

  it('shows what happened instead, without prompts or keys', async () => {
    const gateway = await failedOver();
    const { message } = thrownBy(() => gateway.expectRoute({ tag: 'azure' }));
    expect(message).toContain('attempts: acme/atlas at azure: 503, acme/atlas at openai: 200');
    expect(message).toContain('order:    azure 100%, openai');
    expect(message).toContain('served:   acme/atlas at openai');
    expect(message).not.toMatch(/secret/);
    await chat(gateway, { provider: { only: ['azure'], max_price: { prompt: 0.1 } } });
    const refused = thrownBy(() => gateway.expectRoute({ provider: 'azure' })).message;
    expect(refused).toMatch(/Filter by Allowed Providers \(1\) → .*Filter by Max Price \(0\)/);
    expect(refused).toMatch(/served: {3}by none/);
  });

  it('looks at the last POST, or at the one that is asked for', async () => {
    const gateway = await failedOver();
    await chat(gateway, { provider: { only: ['azure'] }, model: 'a/b' });
    await gateway.fetch(`${BASE}/models`);
    expect(gateway.expectRoute({ status: 400 }).number).toBe(2);
    expect(gateway.expectRoute({ provider: 'openai' }, 1).number).toBe(1);
    expect(() => gateway.expectRoute({}, 9)).toThrow('request 9 was asked about, but the gateway has had 3 requests');
    expect(() => createGateway().expectRoute({})).toThrow('no request has come to the gateway');
  });

  it('is typed', () => {
    expectTypeOf<Gateway['expectRoute']>().returns.toEqualTypeOf<RecordedRequest>();
    // @ts-expect-error there is no such thing to expect
    const wrong: ExpectedRoute = { providers: ['azure'] };
    expect(wrong).toBeDefined();
  });
});
