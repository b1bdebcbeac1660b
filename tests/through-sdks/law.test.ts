import { foldPolicies, PolicyConflictError } from '@waypost/core';
import { createPolicyFetch, type Fetch } from '@waypost/fetch/policy-fetch';
import { createProxyHandler } from '@waypost/fetch/proxy';
import fc from 'fast-check';
import OpenAI, { BadRequestError } from 'openai';
import { expect, it } from 'vitest';
import { KEY, MESSAGES } from './connection.js';
import { admits, endpoints, type Said, said, serves } from './universe.js';

interface Case {
  readonly policy: Said;
  readonly asked: Said;
  readonly allowed: string[] | null;
  readonly model: string;
  readonly models: string[] | null;
  readonly stream: boolean;
}

const MODELS = ['a/x', 'a/y', 'b/x', 'a/x:nitro', 'b/x:floor'];
const cases: fc.Arbitrary<Case> = fc.record({
  policy: said,
  asked: said,
  allowed: fc.option(fc.constantFrom(['a/*'], ['*/x'], ['b/x']), { freq: 2 }),
  model: fc.constantFrom(...MODELS),
  models: fc.option(fc.uniqueArray(fc.constantFrom(...MODELS), { maxLength: 5 }), { freq: 2 }),
  stream: fc.boolean(),
});

type Body = { readonly model?: string; readonly models?: string[]; readonly provider?: Said };

const bodyIn = (init: RequestInit | undefined): Body => JSON.parse(typeof init?.body === 'string' ? init.body : '');
const answerTo = (): Response => Response.json({ id: 'gen-1', model: 'a/x', choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }] });
const isAllowed = (allowed: string[] | null, id: string): boolean => {
  const bare = id.replace(/:.*/, '');
  return allowed === null || allowed.some((glob) => glob === '*' || glob === bare || (glob === 'a/*' && bare.startsWith('a/')) || (glob === '*/x' && bare.endsWith('/x')));
};

/** What goes out admits no endpoint and names no model that the policy, or the request itself, refuses. */
function expectBounded(body: Body, { policy, asked, allowed }: Case): void {
  const chain = [body.model ?? '', ...(body.models ?? [])];
  for (const id of chain) expect(isAllowed(allowed, id)).toBe(true);
  const tiers = chain.some((id) => id.includes(':'));
  for (const endpoint of endpoints) {
    if (serves(body.provider ?? {}, endpoint, tiers)) expect([endpoint, admits(policy, endpoint), admits(asked, endpoint)]).toEqual([endpoint, true, true]);
  }
  // and folding the policy in once more changes nothing of the limits
  const { max_price: price } = body.provider ?? {};
  if (policy.max_price) expect(foldPolicies({ max_price: policy.max_price }, { ...(price && { max_price: price }) }).max_price).toEqual(price);
}

it('whatever openai sends, and whatever the policy: nothing goes out that the policy refuses', async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const bodies: Body[] = [];
      let fetch: Fetch;
      try {
        fetch = createPolicyFetch({
          provider: one.policy,
          allowedModels: one.allowed,
          fetch: async (_, init) => {
            bodies.push(bodyIn(init));
            return answerTo();
          },
        });
      } catch (error) {
        // a policy that admits nothing by itself
        expect(PolicyConflictError.isInstance(error)).toBe(true);
        return;
      }
      const openai = new OpenAI({ apiKey: KEY, baseURL: 'https://openrouter.ai/api/v1', fetch, maxRetries: 0 });
      const beside: object = { provider: one.asked, ...(one.models && { models: one.models }) };
      try {
        await openai.chat.completions.create({ model: one.model, messages: MESSAGES, stream: one.stream, ...beside });
      } catch (error) {
        if (!(error instanceof BadRequestError)) throw error;
        expect(bodies).toEqual([]);
      }
      sent += bodies.length;
      for (const body of bodies) expectBounded(body, one);
    }),
    { numRuns: 400 },
  );
  expect(sent).toBeGreaterThan(50);
});

it('nor through the proxy, which goes on in the same way', async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const bodies: Body[] = [];
      const proxy = createProxyHandler({
        apiKey: KEY,
        provider: one.policy,
        authorize: () => ({ user: 'u1', allowedModels: one.allowed }),
        fetch: async (_, init) => {
          bodies.push(bodyIn(init));
          return answerTo();
        },
      });
      const body = JSON.stringify({ model: one.model, messages: MESSAGES, stream: one.stream, provider: one.asked, ...(one.models && { models: one.models }) });
      const { status } = await proxy(new Request('https://site.example/chat/completions', { method: 'POST', headers: { 'content-type': 'application/json' }, body }));
      expect([status, bodies.length > 0]).toEqual(bodies.length > 0 ? [200, true] : [400, false]);
      sent += bodies.length;
      for (const out of bodies) expectBounded(out, one);
    }),
    { numRuns: 200 },
  );
  expect(sent).toBeGreaterThan(25);
});
