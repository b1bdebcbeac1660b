import { describe, expect, expectTypeOf, it } from 'vitest';
import { createGateway, type EndpointMatch, fail, type Gateway, type RecordedRequest } from '../../src/index.js';
import { type FailOver, type GatewayMatchers, type PolicyToKeep, useGateway } from '../../src/vitest.js';
import { catalogueOf, chat, post, priced } from '../helpers.js';

function message(act: () => void): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('the assertion passed');
}

const gateway = useGateway({ scenario: { endpoints: { openai: fail(503) } } });

describe('toHaveBeenRoutedTo', () => {
  it('takes a slug, or parts of an endpoint', async () => {
    await chat(gateway, { provider: { only: ['deepinfra/fp8'] } });
    expect(gateway).toHaveBeenRoutedTo('deepinfra');
    expect(gateway).toHaveBeenRoutedTo('deepinfra/fp8');
    expect(gateway).toHaveBeenRoutedTo({ model: 'acme/atlas', provider: 'deepinfra', tag: 'deepinfra/fp8' });
    expect(gateway.requests[0]).toHaveBeenRoutedTo('deepinfra');
    expect(gateway).not.toHaveBeenRoutedTo('azure');
    expect(gateway).not.toHaveBeenRoutedTo({ model: 'acme/atlas', provider: 'azure' });
    expect(message(() => expect(gateway).toHaveBeenRoutedTo({ model: 'acme/atlas', provider: 'azure' })))
      .toMatch(/^Expected the request to have been routed to acme\/atlas at azure\.\nWhat happened to request 1 \(POST \/api\/v1\/chat\/completions\):/);
    expect(message(() => expect(gateway).not.toHaveBeenRoutedTo('deepinfra'))).toMatch(/^Expected the request not to have been routed to deepinfra\./);
  });

  it('fails where nobody served', async () => {
    await chat(gateway, { provider: { only: ['openai'] } });
    expect(gateway).not.toHaveBeenRoutedTo('openai');
  });
});

describe('toHaveFailedOver', () => {
  it('tells who failed and who served', async () => {
    await chat(gateway, { provider: { order: ['openai', 'azure'] } });
    expect(gateway).toHaveFailedOver();
    expect(gateway).toHaveFailedOver({ from: 'openai' });
    expect(gateway).toHaveFailedOver({ from: 'openai', to: { provider: 'azure' } });
    expect(gateway).not.toHaveFailedOver({ from: 'azure' });
    expect(gateway).not.toHaveFailedOver({ to: 'groq' });
    expect(message(() => expect(gateway).toHaveFailedOver({ from: 'azure', to: 'groq' }))).toMatch(/^Expected the request to have failed over from azure to groq\./);
  });

  it('is more than failing, and more than serving', async () => {
    await chat(gateway, { provider: { only: ['openai'] } });
    expect(gateway).not.toHaveFailedOver();
    await chat(gateway, { provider: { only: ['azure'] } });
    expect(gateway).not.toHaveFailedOver();
  });
});

describe('toHaveKeptPolicy', () => {
  async function tried(tag: string, body: object = {}): Promise<Gateway> {
    const tiers = [priced('openai/flex', 1), priced('openai/priority', 5)];
    const one = createGateway({ catalogue: catalogueOf(
      priced('azure', 3, { zdr: true, quantization: 'fp16' }),
      priced('groq', 9, { dataPolicy: { retains: true, trains: true, publishes: false }, quantization: 'fp4', supportedParameters: [] }),
      priced('openai', 2, { dataPolicy: { retains: true, trains: false, publishes: false } }),
      ...tiers,
    ) });
    await chat(one, { model: 'acme/one', ...body, provider: { only: [tag] } });
    expect(one).toHaveBeenRoutedTo({ tag });
    return one;
  }

  it.each<[tag: string, policy: PolicyToKeep, breach: string | undefined]>([
    ['azure', { zdr: true }, undefined],
    ['openai', { zdr: true }, 'acme/one at openai breaks zdr: retains data'],
    ['azure', { dataCollection: 'deny' }, undefined],
    ['groq', { data_collection: 'deny' }, 'acme/one at groq breaks data_collection: stores prompts, trains on prompts'],
    ['azure', { quantizations: ['fp16'] }, undefined],
    ['groq', { quantizations: ['fp16'] }, 'breaks quantizations'],
    ['azure', { maxPrice: { prompt: 3 } }, undefined],
    ['groq', { maxPrice: { prompt: 3 } }, 'breaks max_price'],
    ['azure', { only: ['azure'] }, undefined],
    ['openai', { only: ['azure'] }, 'breaks only: openai is not among azure'],
    ['openai/flex', { only: ['openai'] }, 'acme/one at openai/flex breaks only'],
    ['openai/flex', { only: ['openai/flex'] }, undefined],
    ['openai/priority', { ignore: ['openai'] }, 'breaks ignore'],
    ['azure', { ignore: ['openai'] }, undefined],
    ['azure', { order: ['azure'], allowFallbacks: false }, undefined],
    ['openai', { order: ['azure'], allowFallbacks: false }, 'breaks allow_fallbacks: openai is not in order'],
    ['azure', { allowedModels: ['acme/*'] }, undefined],
    ['azure', { allowedModels: ['borealis/*'] }, 'breaks allowedModels: acme/one is not an allowed model'],
    ['azure', { requireParameters: true }, undefined],
    ['groq', { requireParameters: true }, 'breaks require_parameters'],
  ])('%s under %j', async (tag, policy, breach) => {
    const one = await tried(tag, { temperature: 0.5 });
    if (breach === undefined) {
      expect(one).toHaveKeptPolicy(policy);
      expect(message(() => expect(one).not.toHaveKeptPolicy(policy))).toContain(`request 1 tried acme/one at ${tag}`);
    } else {
      expect(one).not.toHaveKeptPolicy(policy);
      expect(message(() => expect(one).toHaveKeptPolicy(policy))).toContain(breach);
    }
  });

  it('holds failed attempts to it too, in every request of the gateway or in one', async () => {
    await chat(gateway, { provider: { order: ['openai', 'azure'] } });
    await chat(gateway, { provider: { only: ['azure'] } });
    expect(gateway).not.toHaveKeptPolicy({ zdr: true });
    expect(gateway.requests[0]).not.toHaveKeptPolicy({ zdr: true });
    expect(gateway.requests[1]).toHaveKeptPolicy({ zdr: true });
    expect(message(() => expect(gateway).toHaveKeptPolicy({ zdr: true }))).toMatch(/^Expected the policy to have been kept\.\n {2}request 1: acme\/atlas at openai breaks zdr/);
  });

  it('takes one endpoint per model for allow_fallbacks: false', async () => {
    await chat(gateway, { provider: { order: ['openai', 'azure'] } });
    expect(gateway).not.toHaveKeptPolicy({ allowFallbacks: false });
    gateway.reset();
    await chat(gateway, { provider: { only: ['azure'], allow_fallbacks: false } });
    expect(gateway).toHaveKeptPolicy({ allowFallbacks: false });
  });

  it('holds each request to its own preferences by default', async () => {
    await chat(gateway, { provider: { zdr: true } });
    expect(gateway).toHaveKeptPolicy();
    // this route drops `zdr` in silence, as the real one does
    await post(gateway, '/audio/speech', { model: 'echo/lark', input: 'Hello', provider: { only: ['nobody'] } });
    expect(gateway).not.toHaveKeptPolicy();
    expect(gateway.requests[0]).toHaveKeptPolicy();
  });

  it('is kept where routing let nothing through', async () => {
    await chat(gateway, { provider: { zdr: true, only: ['openai'] } });
    expect(gateway).toHaveKeptPolicy();
  });

  it('cannot pass by saying nothing', async () => {
    expect(() => expect(gateway).toHaveKeptPolicy({ zdr: true })).toThrow('No POST has come to the gateway');
    await chat(gateway, {});
    expect(() => expect(gateway).toHaveKeptPolicy()).toThrow('Say which policy');
    expect(() => expect(gateway).toHaveKeptPolicy({})).toThrow('nothing in it excludes an endpoint');
    expect(() => expect(gateway).toHaveKeptPolicy({ sort: 'price' })).toThrow('nothing in it excludes an endpoint');
    const misspelt: object = { zdrr: true };
    expect(() => expect(gateway).toHaveKeptPolicy(misspelt)).toThrow('zdrr');
    expect(() => expect({}).toHaveKeptPolicy({ zdr: true })).toThrow('Give a gateway to expect');
  });
});

it('the matchers are typed', () => {
  type Given<Name extends keyof GatewayMatchers<void>> = Parameters<ReturnType<typeof expect<Gateway>>[Name]>;
  expectTypeOf<Given<'toHaveBeenRoutedTo'>>().toEqualTypeOf<[expected: EndpointMatch]>();
  expectTypeOf<Given<'toHaveFailedOver'>>().toEqualTypeOf<[expected?: FailOver | undefined]>();
  expectTypeOf<[{ zdr: true; allowedModels: string[] }]>().toExtend<Given<'toHaveKeptPolicy'>>();
  expectTypeOf<[{ dataCollection: 'denyy' }]>().not.toExtend<Given<'toHaveKeptPolicy'>>();
  expectTypeOf<[number]>().not.toExtend<Given<'toHaveBeenRoutedTo'>>();
  expectTypeOf<ReturnType<typeof gateway.expectRoute>>().toEqualTypeOf<RecordedRequest>();
});
