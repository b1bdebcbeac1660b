import { createGateway, fail, type Gateway, type GatewayOptions, reply, type Scenario } from '@waypost/testing';
import { onTestFinished } from 'vitest';

export const KEY = 'sk-or-v1-of-the-client';
export const MODEL = 'acme/atlas';

/** A gateway that listens until the test is over. */
export async function serve(scenario: Scenario = {}, options: GatewayOptions = {}): Promise<{ readonly gateway: Gateway; readonly url: string }> {
  const gateway = createGateway({ scenario, ...options });
  const server = await gateway.listen();
  onTestFinished(() => server.close());
  return { gateway, url: server.url };
}

/** Calls the tool first, and answers once it has the result. */
export const asksTheTide: Scenario = {
  reply: ({ request: { messages } }) => (messages.some(({ role }) => role === 'tool') ? reply.text('High water is at nine.') : reply.toolCall('tide', { harbour: 'Whitby' })),
};

export const TIDE_SCHEMA = { type: 'object', properties: { harbour: { type: 'string' } }, required: ['harbour'] };

export const spoken: Scenario = { reply: reply.text('To the left, then down.') };

/** A word, then the provider fails. */
export const breaksOff: Scenario = { reply: reply.text('To the left.'), wire: { error: { after: 1 } } };

export type Failing = 'no such key' | 'no route' | 'rate limit' | 'provider error';

/** Failures that come before any output. `only`: what the request must ask for to bring it about. */
export const failures: Readonly<Record<Failing, { readonly status: number; readonly message: string; readonly scenario?: Scenario; readonly options?: GatewayOptions; readonly only?: string[] }>> = {
  'no such key': { status: 401, message: 'User not found.', options: { apiKeys: ['sk-or-v1-another'] } },
  'no route': { status: 404, message: 'No allowed providers are available for the selected model.', only: ['nobody'] },
  'rate limit': { status: 429, message: 'Provider returned error', scenario: { models: { [MODEL]: fail(429, { raw: 'slow down', retryAfter: 7 }) } } },
  'provider error': { status: 502, message: 'Provider returned error', scenario: { models: { [MODEL]: fail(502, { raw: 'the host is down' }) } } },
};

export const failing: readonly Failing[] = ['no such key', 'no route', 'rate limit', 'provider error'];

/** What a promise rejects with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it did not reject with an error');
}

/** Everything that comes, and what it ends with where that is an error. */
export async function drain<T>(stream: AsyncIterable<T>): Promise<{ readonly items: readonly T[]; readonly error?: unknown }> {
  const items: T[] = [];
  try {
    for await (const item of stream) items.push(item);
  } catch (error) {
    return { items, error };
  }
  return { items };
}
