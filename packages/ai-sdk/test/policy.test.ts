import { describe, expect, it } from 'vitest';
import { answer, PROMPT, serve, sse, chunk, last, collect, USAGE } from './support/fake-server.js';

const guard = { zdr: true, data_collection: 'deny', max_price: { prompt: 1 } } as const;
const hello = () => answer({ content: 'Hi' });

describe('a guardrail of the provider', () => {
  it.each([
    ['model settings', { settings: { provider: { zdr: false, data_collection: 'allow' as const, max_price: { prompt: 5 } } } }],
    ["the model's extraBody", { settings: { extraBody: { provider: { zdr: false, data_collection: 'allow', max_price: { prompt: 5 } } } } }],
    ['providerOptions', { call: { provider: { zdr: false, data_collection: 'allow', max_price: { prompt: 5 } } } }],
  ])('stays whatever %s say', async (_, { settings = {}, call }: { settings?: object; call?: object }) => {
    const { openrouter, sent } = serve(hello(), { provider: guard });
    const { warnings } = await openrouter('acme/atlas', settings).doGenerate({ prompt: PROMPT, ...(call && { providerOptions: { openrouter: { ...call } } }) });
    expect(sent[0]?.body['provider']).toEqual(guard);
    const overruled = warnings.map((warning) => (warning.type === 'other' ? warning.message.split(' ')[0] : warning.type));
    expect(new Set(overruled)).toEqual(new Set(['provider.data_collection', 'provider.max_price.prompt', 'provider.zdr']));
  });

  it('is tightened by an inner layer, and told in the receipt', async () => {
    const { openrouter, sent } = serve(hello(), { provider: { only: ['azure', 'openai'] } });
    const { providerMetadata } = await openrouter('acme/atlas', { provider: { zdr: true } }).doGenerate({ prompt: PROMPT, providerOptions: { openrouter: { provider: { only: ['azure'] } } } });
    expect(sent[0]?.body['provider']).toEqual({ only: ['azure'], zdr: true });
    expect(providerMetadata).toMatchObject({ openrouter: { provider: 'Azure', receipt: { served: { provider: 'Azure' }, verdict: { guardrails: { only: { verdict: 'kept' } } } } } });
  });
});

describe('nothing is sent', () => {
  it.each([
    ['a value that is none', { provider: { data_collection: 'denyy' } }],
    ['a key that is none', { provider: { zrd: true } }],
    ['another model', { model: 'acme/other' }],
    ['other messages', { messages: [] }],
    ['another way to answer', { stream: false }],
  ])('for %s in providerOptions', async (_, own) => {
    const { openrouter, sent } = serve(hello());
    const model = openrouter('acme/atlas');
    await expect(model.doGenerate({ prompt: PROMPT, providerOptions: { openrouter: own } })).rejects.toMatchObject({ name: 'InvalidOptionsError' });
    await expect(model.doStream({ prompt: PROMPT, providerOptions: { openrouter: own } })).rejects.toMatchObject({ name: 'InvalidOptionsError' });
    expect(sent).toEqual([]);
  });

  it('for settings that are wrong: they throw where they are written', () => {
    const wrong = JSON.parse('{"provider":{"order":"a"}}');
    expect(() => serve(hello(), wrong)).toThrow(/order/);
    expect(() => serve(hello()).openrouter('acme/atlas', wrong)).toThrow(/order/);
  });

  it.each([['maxConcurrent', 0], ['maxConcurrent', 5], ['retry', 3], ['retry', { maxRetries: 1 }]])('for an option that only a client with retries of its own has: %s: %j', (name, value) => {
    expect(() => serve(hello(), { [name]: value })).toThrow(`${name}: is no option of this client`);
    const { openrouter } = serve(hello(), { [name]: undefined });
    expect(() => openrouter('acme/atlas', { [name]: value })).toThrow(`${name}: is no option of this client`);
    expect(() => openrouter.embeddingModel('acme/vectors', { [name]: value })).toThrow(`${name}: is no option of this client`);
  });

  it('for a policy that contradicts itself', async () => {
    const { openrouter, sent } = serve(hello(), { provider: { only: ['azure'] } });
    await expect(openrouter('acme/atlas', { provider: { only: ['openai'] } }).doGenerate({ prompt: PROMPT })).rejects.toMatchObject({ name: 'PolicyConflictError' });
    expect(sent).toEqual([]);
  });
});

describe('a policy that was not kept', () => {
  const settings = { provider: { only: ['openai'] }, verify: 'throw' as const };

  it('rejects a whole answer, and a stream before its first part', async () => {
    const broken = { name: 'PolicyViolationError', verdict: { overall: 'violated' } };
    await expect(serve(hello(), settings).openrouter('acme/atlas').doGenerate({ prompt: PROMPT })).rejects.toMatchObject(broken);
    await expect(serve(sse([chunk({ content: 'Hi' }), last('stop')]), settings).openrouter('acme/atlas').doStream({ prompt: PROMPT })).rejects.toMatchObject(broken);
  });

  it('breaks a stream where only its end tells', async () => {
    const dear = { provider: { max_price: { completion: 0.000_001 } }, verify: 'throw' as const };
    const usage = { ...USAGE, cost_details: { upstream_inference_completions_cost: 1 } };
    const { stream } = await serve(sse([chunk({ content: 'Hi' }), chunk({}, { finish: 'stop', usage })]), dear).openrouter('acme/atlas').doStream({ prompt: PROMPT });
    await expect(collect(stream)).rejects.toMatchObject({ name: 'PolicyViolationError' });
  });
});
