import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway, reply } from '../../src/index.js';

type Answers = Readonly<Record<string, { readonly type: string; readonly probabilities?: Readonly<Record<string, number>>; readonly [key: string]: unknown }>>;

const QUESTIONS = {
  mood: { type: 'choice', instructions: 'How is it?', criteria: { merry: 'sun and songs', grim: 'rain and silence', other: null } },
  wet: { type: 'score', criteria: ['dry as dust', 'some drops', 'rain and more rain'] },
  cold: { type: 'noul', criteria: { true: 'cold wind', false: 'warm sun' } },
  late: { type: 'noul', instructions: 'Is it late?' },
};

function decide(body: object, gateway: Gateway = createGateway()): Promise<Response> {
  return gateway.fetch('http://gateway.local/api/alpha/decisions', {
    method: 'POST', headers: { authorization: 'Bearer k' },
    body: JSON.stringify({ model: 'dune/verdict', state: 'Rain, silence, a cold wind.', questions: QUESTIONS, ...body }),
  });
}

async function answers(body: object, gateway?: Gateway): Promise<Answers> {
  return ((await (await decide(body, gateway)).json()) as { answers: Answers }).answers;
}

describe('POST /api/alpha/decisions', () => {
  it('decides by the words of the state', async () => {
    const { mood, wet, cold, late } = await answers({});
    expect(mood).toMatchObject({ type: 'choice', choice: 'grim', confidence: mood?.probabilities?.grim });
    expect(wet).toMatchObject({ type: 'score', legend: { 0: 'dry as dust', 1: 'some drops', 2: 'rain and more rain' } });
    const { probabilities: levels = {} } = wet ?? {};
    expect(wet?.score).toBeCloseTo((levels[1] ?? 0) + 2 * (levels[2] ?? 0), 2);
    expect(cold).toEqual({ type: 'noul', noul: 0.92 });
    expect(late).toEqual({ type: 'noul', noul: expect.any(Number) });
    expect((await answers({})).late).toEqual(late);
    expect((await answers({ state: { weather: ['sun', 'songs'] } })).mood?.choice).toBe('merry');
  });

  it('gives probabilities that add up to one, however many there are', async () => {
    const criteria = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`option${i}`, null]));
    const { many } = await answers({ questions: { many: { type: 'choice', criteria } } });
    const shares = Object.values(many?.probabilities ?? {});
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
  });

  it('names the dated model, and who decided, in the body and in the headers', async () => {
    const gateway = createGateway();
    const response = await decide({ provider: { zdr: true } }, gateway);
    const body = (await response.json()) as { id: string; usage: { input_tokens: number; cost: number } };
    expect(body).toMatchObject({ model: 'dune/verdict-20260901', provider: 'Nebius', id: expect.stringMatching(/^gen-dec-1790000000-\w{20}$/) });
    expect(body.usage.cost).toBeCloseTo(body.usage.input_tokens * 0.000_000_06, 12);
    expect([response.headers.get('x-generation-id'), response.headers.get('x-provider-name')]).toEqual([body.id, 'Nebius']);
  });

  it('answers as scripted, and by words where nothing is scripted', async () => {
    const gateway = createGateway({ scenario: { reply: reply.decisions({ late: { type: 'noul', noul: 0.5 } }) } });
    expect(await answers({}, gateway)).toMatchObject({ late: { noul: 0.5 }, mood: { choice: 'grim' } });
  });

  it.each<[string, object]>([
    ['state', { state: undefined }], ['questions', { questions: {} }], ['questions', { questions: [] }], ['a', { questions: { a: 'x' } }],
    ['type', { questions: { a: { type: 'boolean' } } }], ['criteria', { questions: { a: { type: 'choice', criteria: {} } } }],
    ['criteria', { questions: { a: { type: 'score', criteria: ['x', null] } } }], ['criteria', { questions: { a: { type: 'noul', criteria: { true: 'x' } } } }],
  ])('refuses a wrong %s', async (field, body) => {
    const response = await decide(body);
    const { error } = (await response.json()) as { error: { message: string } };
    expect([response.status, JSON.parse(error.message)]).toMatchObject([400, [{ path: expect.arrayContaining([field]) }]]);
  });

  it('is not under /v1', async () => {
    const response = await createGateway().fetch('http://gateway.local/api/v1/decisions', { method: 'POST', headers: { authorization: 'Bearer k' }, body: '{}' });
    expect(response.status).toBe(404);
  });
});
