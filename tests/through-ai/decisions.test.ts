import { createOpenRouter, type OpenRouterProvider, type OpenRouterProviderSettings } from '@waypost/ai-sdk';
import { createGateway, type Gateway, ok, reply, respond, type Scenario } from '@waypost/testing';
import { experimental_decide as decide, experimental_evaluate as evaluate } from 'ai';
import { afterEach, describe, expect, it } from 'vitest';

globalThis.AI_SDK_LOG_WARNINGS = false;

function open(scenario: Scenario = {}, settings: OpenRouterProviderSettings = {}): { gateway: Gateway; openrouter: OpenRouterProvider } {
  const gateway = createGateway({ scenario });
  return { gateway, openrouter: createOpenRouter({ apiKey: 'sk-or-v1-test', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch, ...settings }) };
}

const state = 'The parcel came late and the box was wet.';
const questions = {
  late: { type: 'boolean', instructions: 'Was it late?' },
  wet: { type: 'boolean', instructions: 'Was it wet?', criteria: { true: 'the box was wet', false: 'the box was dry' } },
  team: { type: 'choice', instructions: 'Who takes it?', criteria: { delivery: 'a parcel came late', billing: 'a wrong sum', other: null } },
  mood: { type: 'score', instructions: 'How angry?', criteria: ['calm', 'cross', 'furious'] },
} as const;

afterEach(() => {
  globalThis.AI_SDK_DEFAULT_PROVIDER = undefined;
});

describe('experimental_decide', () => {
  it('answers every kind of question', async () => {
    const { gateway, openrouter } = open();
    const { answers, usage, rounding, warnings, providerMetadata, response } = await decide({ model: openrouter.decisionModel('dune/verdict'), state, questions });
    expect(gateway.requests[0]).toMatchObject({ path: '/api/alpha/decisions', body: { model: 'dune/verdict', state, questions: { late: { type: 'noul' }, wet: { type: 'noul' }, mood: { criteria: ['calm', 'cross', 'furious'] } } } });
    expect(answers.team.choice).toBe('delivery');
    expect(Object.keys(answers.team.probabilities ?? {})).toEqual(['delivery', 'billing', 'other']);
    expect(answers.wet.probability).toBeGreaterThan(0.5);
    expect(answers.mood.score).toBeLessThanOrEqual(2);
    expect(rounding).toEqual({ probabilityDecimals: 2, scoreDecimals: 2 });
    expect(usage.totalTokens).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
    expect(response.modelId).toBe('dune/verdict-20260901');
    const { served, cost } = gateway.requests[0] ?? {};
    expect(providerMetadata?.['openrouter']).toMatchObject({
      usage: { cost: Number(cost) }, answers: { late: {}, team: { confidence: expect.any(Number) }, mood: { legend: { 0: 'calm' } } },
      generationId: served?.generationId, receipt: { served: { providerSlug: served?.provider }, cost: { total: Number(cost) } },
    });
  });

  it('takes states in parts, and as data', async () => {
    const { gateway, openrouter } = open();
    const model = openrouter.decisionModel('dune/verdict');
    await decide({ model, state: [{ type: 'text', text: 'Order:' }, { type: 'json', value: { number: 7 } }], questions });
    await decide({ model, state: { number: 7 }, questions });
    expect(gateway.requests.map(({ body }) => body)).toMatchObject([{ state: ['Order:', { number: 7 }] }, { state: { number: 7 } }]);
  });

  it('has the policy enforced: only who keeps nothing may serve', async () => {
    const { gateway, openrouter } = open({}, { provider: { zdr: true } });
    const { providerMetadata } = await decide({
      model: openrouter.decisionModel('dune/verdict', { provider: { zdr: false, only: ['nebius', 'together'] } }), state, questions,
    });
    expect(gateway.requests[0]).toMatchObject({ body: { provider: { zdr: true, only: ['nebius', 'together'] } }, served: { provider: 'nebius' } });
    expect(providerMetadata?.['openrouter']).toMatchObject({ receipt: { verdict: { guardrails: { only: { verdict: 'kept' } } } } });
  });

  it('says why nobody may serve', async () => {
    const { openrouter } = open({}, { provider: { zdr: true, ignore: ['nebius'] } });
    await expect(decide({ model: openrouter.decisionModel('dune/verdict'), state, questions })).rejects.toMatchObject({ name: 'AI_APICallError', statusCode: 404, cause: { name: 'NoRouteError' } });
  });

  it('is repeated while the server is busy', async () => {
    const busy = respond(429, { error: { code: 429, message: 'Slow down', metadata: { retry_after_seconds: 0.001 } } });
    const { gateway, openrouter } = open({ gateway: [busy, ok()] });
    await decide({ model: openrouter.decisionModel('dune/verdict'), state, questions });
    expect(gateway.requests.map(({ status }) => status)).toEqual([429, 200]);
  });

  it('gives scripted answers as they are', async () => {
    const { openrouter } = open({ reply: reply.decisions({ late: { type: 'noul', noul: 0.97 } }) });
    const { answers } = await decide({ model: openrouter.decisionModel('dune/verdict'), state, questions: { late: questions.late } });
    expect(answers).toEqual({ late: { type: 'boolean', probability: 0.97 } });
  });

  it('fails where an answer is to another type of question', async () => {
    const { openrouter } = open({ reply: reply.decisions({ late: { type: 'score', score: 1 } }) });
    await expect(decide({ model: openrouter.decisionModel('dune/verdict'), state, questions })).rejects.toMatchObject({ name: 'AI_APICallError', message: expect.stringContaining('"late"') });
  });

  it('refuses a box before anything is sent', async () => {
    const { gateway, openrouter } = open();
    const box = { where: { type: 'box', instructions: 'Where is it?' } } as const;
    await expect(decide({ model: openrouter.decisionModel('dune/verdict'), state, questions: box })).rejects.toMatchObject({ name: 'AI_DecisionUnsupportedQuestionTypeError' });
    expect(gateway.requests).toEqual([]);
  });

  it('finds the model by its id at the default provider', async () => {
    const { gateway, openrouter } = open();
    globalThis.AI_SDK_DEFAULT_PROVIDER = openrouter;
    await decide({ model: 'dune/verdict', state, questions });
    expect(gateway.requests).toHaveLength(1);
  });
});

describe('experimental_evaluate', () => {
  it('is the same, with an evaluation model', async () => {
    const { openrouter } = open();
    const model = openrouter.evaluationModel('dune/verdict');
    const { answers } = await evaluate({ model, state, questions });
    expect(answers).toEqual((await decide({ model, state, questions })).answers);
    expect((await model.doEvaluate({ state, questions })).answers).toEqual(answers);
  });
});
