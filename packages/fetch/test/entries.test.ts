import { describe, expect, expectTypeOf, it } from 'vitest';
import * as policyFetch from '../src/policy-fetch.js';
import * as proxy from '../src/proxy.js';

it('the entries export these values', () => {
  expect([policyFetch, proxy].map((entry) => Object.keys(entry))).toEqual([['createPolicyFetch'], ['createProxyHandler']]);
});

describe('types', () => {
  it('a policy fetch is a fetch', () => {
    expectTypeOf<policyFetch.Fetch>().toExtend<(input: string | URL | Request, init?: RequestInit) => Promise<Response>>();
    expectTypeOf(policyFetch.createPolicyFetch).toBeCallableWith({ provider: { zdr: true, dataCollection: 'deny' }, fetch: globalThis.fetch });
    expectTypeOf<policyFetch.Fetch>().toExtend<typeof globalThis.fetch>();
    // @ts-expect-error a wrong preference does not compile
    const wrong: policyFetch.PolicyFetchOptions = { provider: { data_collection: 'denyy' } };
    // @ts-expect-error the SDK repeats by itself
    const retry: policyFetch.PolicyFetchOptions = { retry: 2 };
    expect([wrong, retry]).toHaveLength(2);
  });

  it('a proxy takes and gives what the web does', () => {
    expectTypeOf<proxy.ProxyHandler>().toEqualTypeOf<(request: Request) => Promise<Response>>();
    expectTypeOf(proxy.createProxyHandler).toBeCallableWith({ paths: ['/chat/completions', '/models'], authorize: async () => null });
    // @ts-expect-error not everything can be open
    const open: proxy.ProxyOptions = { paths: ['/keys'] };
    expect(open).toBeDefined();
  });
});
