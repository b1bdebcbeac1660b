import { APICallError, Experimental_DecisionUnsupportedQuestionTypeError as UnsupportedQuestion, InvalidArgumentError, LoadSettingError, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { InvalidOptionsError, PolicyConflictError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { json, serve } from './support/fake-server.js';

const QUESTIONS = {
  team: { type: 'choice', instructions: 'Who takes it?', criteria: { billing: 'Money', other: null } },
  mood: { type: 'score', instructions: { task: 'How angry?' }, criteria: ['calm', 'cross', 'furious'] },
  late: { type: 'boolean', instructions: 'Is it late?', criteria: { true: 'Late', false: 'In time' } },
} as const;
const WIRE = { ...QUESTIONS, late: { ...QUESTIONS.late, type: 'noul' } };
const ANSWER = {
  id: 'gen-dec-1', model: 'dune/verdict-20260901', provider: 'Nebius',
  answers: {
    team: { type: 'choice', choice: 'billing', probabilities: { billing: 0.9, other: 0.1 }, confidence: 0.8 },
    mood: { type: 'score', score: 1.2, probabilities: { 0: 0.1, 1: 0.6, 2: 0.3 }, legend: { 0: 'calm', 1: 'cross', 2: 'furious' } },
    late: { type: 'noul', noul: 0.75 },
  },
  usage: { input_tokens: 20, output_tokens: 6, cost: 0.000001 },
};
const state = [{ type: 'text', text: 'My order never came.' }] as const;
const decision = (type: string, more: object = {}): object => ({ ...ANSWER, answers: { late: { type, ...more } } });
const late = { questions: { late: QUESTIONS.late }, state };
const thrown = (promise: PromiseLike<unknown>): PromiseLike<unknown> => promise.then(() => undefined, (error: unknown) => error);

describe('a decision model', () => {
  it('asks, and gives the answers under their ids', async () => {
    const { openrouter, sent } = serve(json(ANSWER), { provider: { zdr: true } });
    const model = openrouter.decisionModel('dune/verdict', { provider: { only: ['nebius'] } });
    expect(model).toMatchObject({ specificationVersion: 'v4', provider: 'openrouter', modelId: 'dune/verdict', supportedQuestionTypes: ['choice', 'score', 'boolean'] });
    const result = await model.doDecide({ state, questions: QUESTIONS });
    expect(sent[0]?.url).toBe('https://openrouter.ai/api/alpha/decisions');
    expect(sent[0]?.body).toEqual({ model: 'dune/verdict', state: 'My order never came.', questions: WIRE, provider: { zdr: true, only: ['nebius'] } });
    expect(result).toEqual({
      answers: {
        team: { type: 'choice', choice: 'billing', probabilities: { billing: 0.9, other: 0.1 } },
        mood: { type: 'score', score: 1.2, probabilities: { 0: 0.1, 1: 0.6, 2: 0.3 } },
        late: { type: 'boolean', probability: 0.75 },
      },
      rounding: { probabilityDecimals: 2, scoreDecimals: 2 },
      usage: { inputTokens: 20, outputTokens: 6 },
      warnings: [],
      providerMetadata: { openrouter: expect.objectContaining({
        provider: 'Nebius', generationId: 'gen-dec-1', usage: expect.objectContaining({ cost: 0.000001 }),
        answers: { team: { confidence: 0.8 }, mood: { legend: ANSWER.answers.mood.legend }, late: {} },
        receipt: expect.objectContaining({ verdict: expect.objectContaining({ guardrails: expect.objectContaining({ only: expect.objectContaining({ verdict: 'kept' }) }) }) }),
      }) },
      response: { id: 'gen-dec-1', modelId: 'dune/verdict-20260901', headers: expect.objectContaining({ 'content-type': 'application/json' }), body: ANSWER },
    });
  });

  it('goes by two names', () => {
    const { openrouter } = serve([]);
    expect(openrouter.evaluationModel('dune/verdict')).toMatchObject({ modelId: 'dune/verdict', supportedQuestionTypes: ['choice', 'score', 'boolean'] });
  });

  it('sends several parts of a state as a list', async () => {
    const { openrouter, sent } = serve(json(decision('noul', { noul: 1 })));
    const model = openrouter.decisionModel('dune/verdict');
    await model.doDecide({ ...late, state: [...state, { type: 'json', value: { order: 7 } }] });
    await model.doDecide({ ...late, state: [{ type: 'json', value: { order: 7 } }] });
    expect(sent.map(({ body }) => body['state'])).toEqual([['My order never came.', { order: 7 }], { order: 7 }]);
  });

  it('sends the state as it is given where the earlier contract is used', async () => {
    const { openrouter, sent } = serve(json(ANSWER));
    const model = openrouter.evaluationModel('dune/verdict');
    const one = await model.doEvaluate({ state: [{ role: 'user', content: 'Hm' }], questions: QUESTIONS });
    const two = await model.doEvaluate({ state: 'Hm', questions: QUESTIONS });
    expect(sent.map(({ body }) => body['state'])).toEqual([[{ role: 'user', content: 'Hm' }], 'Hm']);
    expect(one.answers).toEqual(two.answers);
    expect(one.answers['late']).toEqual({ type: 'boolean', probability: 0.75 });
  });

  it('sends a question of yes or no without criteria where it has none', async () => {
    const { openrouter, sent } = serve(json(decision('noul', { noul: 0 })));
    const model = openrouter.decisionModel('dune/verdict');
    await model.doDecide({ state, questions: { late: { type: 'boolean', instructions: 'Is it late?', criteria: { true: null } } } });
    await model.doDecide({ state, questions: { late: { type: 'boolean', instructions: null, criteria: { true: 'a', false: 'b' } } } });
    expect(sent.map(({ body }) => body['questions'])).toEqual([{ late: { type: 'noul', instructions: 'Is it late?' } }, { late: { type: 'noul', criteria: { true: 'a', false: 'b' } } }]);
  });

  it('puts its own fields over raw ones, and those of the call over all', async () => {
    const { openrouter, sent } = serve(json(ANSWER), { user: 'u-0', extraBody: { user: 'u-1', debug: 1, state: 'other', questions: {} } });
    const settings = { user: 'u-2', session_id: 's-2', trace: { trace_id: 't-2' }, extraBody: { user: 'u-3', trace: { trace_id: 't-3' } } };
    await openrouter.decisionModel('dune/verdict', settings).doDecide({ state, questions: QUESTIONS, providerOptions: { openrouter: { trace: { trace_id: 't-4' } } } });
    expect(sent[0]?.body).toEqual({ model: 'dune/verdict', state: 'My order never came.', questions: WIRE, user: 'u-2', session_id: 's-2', trace: { trace_id: 't-4' }, debug: 1 });
    await openrouter.decisionModel('dune/verdict').doDecide({ state, questions: QUESTIONS });
    expect(sent[1]?.body).toMatchObject({ user: 'u-1' });
  });

  it('warns of what the API has no field for', async () => {
    const { openrouter, sent } = serve(json(ANSWER));
    const { warnings } = await openrouter.decisionModel('dune/verdict').doDecide({ state, questions: QUESTIONS, maxOutputTokens: 9, reasoning: 'low' });
    expect(warnings).toEqual([{ type: 'unsupported', feature: 'maxOutputTokens' }, { type: 'unsupported', feature: 'reasoning' }]);
    expect(Object.keys(sent[0]?.body ?? {})).toEqual(['model', 'state', 'questions']);
  });

  it('leaves out what the answer does not tell', async () => {
    const { openrouter } = serve(json({ answers: { team: { type: 'choice', choice: 'other' } } }, 200, { 'x-generation-id': 'gen-dec-2', 'x-provider-name': 'Together' }));
    const result = await openrouter.decisionModel('dune/verdict').doDecide({ state, questions: { team: QUESTIONS.team } });
    expect(result).not.toHaveProperty('usage');
    expect(result.answers).toEqual({ team: { type: 'choice', choice: 'other' } });
    expect(result).toMatchObject({ response: { id: 'gen-dec-2' }, providerMetadata: { openrouter: { provider: 'Together', answers: { team: {} } } } });
  });
});

describe('nothing is asked', () => {
  it.each([
    ['a level without a description', { mood: { type: 'score', instructions: 'x', criteria: ['a', null] } }, InvalidArgumentError, 'questions.mood.criteria[1]'],
    ['one outcome of two', { late: { type: 'boolean', instructions: 'x', criteria: { true: 'a' } } }, InvalidArgumentError, 'questions.late.criteria'],
    ['the other outcome', { late: { type: 'boolean', instructions: 'x', criteria: { false: 'a' } } }, InvalidArgumentError, 'questions.late.criteria'],
    ['a box', { where: { type: 'box', instructions: 'x' } }, UnsupportedQuestion, undefined],
  ] as const)('where the questions have %s', async (_, questions, kind, argument) => {
    const { openrouter, sent } = serve(json(ANSWER));
    const model = openrouter.decisionModel('dune/verdict');
    for (const error of [await thrown(model.doDecide({ state, questions })), await thrown(model.doEvaluate({ state: 'x', questions }))]) {
      expect(kind.isInstance(error)).toBe(true);
      expect(error).toMatchObject(argument === undefined ? { questionId: 'where', questionType: 'box' } : { argument });
    }
    expect(sent).toEqual([]);
  });

  it('where the state has a file', async () => {
    const { openrouter, sent } = serve(json(ANSWER));
    const file = { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AAAA' } } as const;
    expect(UnsupportedFunctionalityError.isInstance(await thrown(openrouter.decisionModel('dune/verdict').doDecide({ ...late, state: [...state, file] })))).toBe(true);
    expect(sent).toEqual([]);
  });

  it('where guardrails contradict, or do not allow the model', async () => {
    const { openrouter, sent } = serve(json(ANSWER), { provider: { only: ['nebius'] }, allowedModels: ['dune/*'] });
    const other = { openrouter: { provider: { only: ['together'] } } };
    expect(await thrown(openrouter.decisionModel('dune/verdict').doDecide({ ...late, providerOptions: other }))).toBeInstanceOf(PolicyConflictError);
    expect(await thrown(openrouter.decisionModel('acme/verdict').doDecide(late))).toMatchObject({ name: 'PolicyConflictError', field: 'allowedModels' });
    expect(sent).toEqual([]);
  });
});

describe('an answer is an error', () => {
  it.each([
    ['without answers', { id: 'gen-dec-1' }],
    ['with an answer that is none', { ...ANSWER, answers: { late: 0.5 } }],
    ['of an unknown type', decision('oracle', { oracle: 1 })],
    ['without its number', decision('noul', { noul: '0.5' })],
    ['with probabilities that are none', decision('choice', { choice: 'a', probabilities: { a: 'most' } })],
    ['to another type of question', decision('score', { score: 1 })],
    ['that lacks one', { ...ANSWER, answers: {} }],
  ])('%s', async (_, answer) => {
    const { openrouter } = serve(json(answer));
    const error = await thrown(openrouter.decisionModel('dune/verdict').doDecide(late));
    expect(error).toBeInstanceOf(APICallError);
    expect(error).toMatchObject({ isRetryable: false, cause: { receipt: { id: 'gen-dec-1' } } });
    expect(JSON.stringify(error)).not.toContain('My order');
  });

  it('no more than asked for: other answers are left out', async () => {
    const { openrouter } = serve(json(ANSWER));
    expect(Object.keys((await openrouter.decisionModel('dune/verdict').doDecide(late)).answers)).toEqual(['late']);
  });

  it('when the server says so, and may be retried', async () => {
    const { openrouter } = serve(json({ error: { code: 503, message: 'overloaded' } }, 503));
    expect(await thrown(openrouter.decisionModel('dune/verdict').doDecide(late))).toMatchObject({ name: 'AI_APICallError', statusCode: 503, isRetryable: true });
  });
});

describe('where decisions go', () => {
  it.each([
    [{ baseURL: 'https://example.com/api/v1/' }, 'https://example.com/api/alpha/decisions'],
    [{ region: 'eu' }, 'https://eu.openrouter.ai/api/alpha/decisions'],
    [{ baseURL: 'https://example.com/openrouter', decisionsBaseURL: 'https://decisions.example/x/' }, 'https://decisions.example/x/decisions'],
    [{ decisionsBaseURL: 'https://decisions.example/api/v1' }, 'https://decisions.example/api/v1/decisions'],
  ] as const)('%j', async (settings, url) => {
    const { openrouter, sent } = serve(json(ANSWER), settings);
    await openrouter.decisionModel('dune/verdict').doDecide(late);
    expect(sent[0]?.url).toBe(url);
  });

  it('is told when the model is made, where it cannot be known', () => {
    const { openrouter } = serve([], { baseURL: 'https://example.com/openrouter' });
    expect(() => openrouter.decisionModel('dune/verdict')).toThrow(LoadSettingError);
    expect(() => openrouter.evaluationModel('dune/verdict')).toThrow('decisionsBaseURL');
    expect(() => serve([], { decisionsBaseURL: 'ftp://example.com' }).openrouter.decisionModel('dune/verdict')).toThrow(InvalidOptionsError);
  });

  it('is not outside a region', async () => {
    const { openrouter, sent } = serve(json(ANSWER), { decisionsBaseURL: 'https://decisions.example' });
    expect(await thrown(openrouter.decisionModel('dune/verdict', { region: 'eu' }).doDecide(late))).toBeInstanceOf(PolicyConflictError);
    expect(await thrown(openrouter.decisionModel('dune/verdict').doDecide({ ...late, providerOptions: { openrouter: { region: 'eu' } } }))).toBeInstanceOf(PolicyConflictError);
    expect(sent).toEqual([]);
  });
});
