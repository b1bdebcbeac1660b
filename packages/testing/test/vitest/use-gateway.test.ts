import { afterAll, describe, expect, it } from 'vitest';
import { fail } from '../../src/index.js';
import { useGateway } from '../../src/vitest.js';
import { chat } from '../helpers.js';

const HELLO = { model: 'acme/atlas', messages: [{ role: 'user', content: 'Hello' }] };

async function ask({ apiKey, baseURL, fetch }: ReturnType<typeof useGateway>['client'], body: object = HELLO): Promise<number> {
  const response = await fetch(`${baseURL}/chat/completions`, {
    method: 'POST', headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  await response.text();
  return response.status;
}

describe('in process', () => {
  const gateway = useGateway({ apiKeys: ['sk-or-v1-known'], scenario: { endpoints: { azure: [fail(503), fail(502)] } } });
  const azure = { ...HELLO, provider: { only: ['azure'] } };

  it('has a client that the gateway knows', async () => {
    expect(await ask(gateway.client, azure)).toBe(503);
    expect(await ask(gateway.client, azure)).toBe(502);
    gateway.setScenario({ endpoints: { azure: fail(500) } });
    expect(await ask(gateway.client, azure)).toBe(500);
    expect(gateway.requests).toHaveLength(3);
  });

  it('has forgotten all that by the next test', async () => {
    expect(gateway.requests).toHaveLength(0);
    expect(await ask(gateway.client, azure)).toBe(503);
  });
});

describe('listening', () => {
  let url = '';
  // hooks run in reverse order after the tests: this one after the gateway has stopped
  afterAll(async () => {
    await expect(fetch(`${url}/models`)).rejects.toThrow(TypeError);
  });
  const gateway = useGateway({ listen: true });

  it('is there over a socket', async () => {
    url = gateway.client.baseURL;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/);
    expect(await ask(gateway.client)).toBe(200);
    expect(gateway.expectRoute({ model: 'acme/atlas' }).number).toBe(1);
  });

  it('answers in process as well', async () => {
    expect((await chat(gateway)).status).toBe(200);
  });
});

describe('before it listens', () => {
  const gateway = useGateway({ listen: true });
  // this runs while tests are collected
  expect(() => gateway.client).toThrow('The gateway does not listen yet');

  it('has no client, and then it has', () => {
    expect(gateway.client.fetch).toBe(globalThis.fetch);
  });
});
