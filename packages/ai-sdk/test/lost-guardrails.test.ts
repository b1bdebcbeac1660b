import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { answer, json, PROMPT, serve } from './support/fake-server.js';

const strict = { provider: { zdr: true } };
const refusal = (path: string) => ({ name: 'InvalidOptionsError', issues: [expect.objectContaining({ path })] });
const hello = () => answer({ content: 'Hi' });

/** What a call of a chat model, a stream, and a call of another kind of model with these provider options come to. */
async function callsWith(providerOptions: object) {
  const { openrouter, sent } = serve(hello());
  const given = { ...providerOptions };
  const calls = [
    openrouter('acme/atlas').doGenerate({ prompt: PROMPT, providerOptions: given }),
    openrouter('acme/atlas').doStream({ prompt: PROMPT, providerOptions: given }),
    openrouter.embeddingModel('acme/vector').doEmbed({ values: ['a'], providerOptions: given }),
  ];
  return { errors: (await Promise.allSettled(calls)).map((one) => (one.status === 'rejected' ? (one.reason as unknown) : undefined)), sent };
}

describe('a guardrail that would be lost in silence is refused, and nothing is sent', () => {
  it.each(['openRouter', 'open-router', 'OpenRouter', 'openrouer', 'openroutr', 'opnerouter', 'openruoter', 'openrouterr', 'openrouter.chat', 'openrouter_options', 'waypost', 'Waypost'])(
    'under providerOptions.%s',
    async (name) => {
      const { errors, sent } = await callsWith({ [name]: strict });
      for (const error of errors) expect(error).toMatchObject(refusal(`providerOptions.${name}`));
      expect(sent).toEqual([]);
    },
  );

  it.each<[string, unknown]>([['a string', 'zdr'], ['a list', [strict]], ['a flag', true], ['a Map', new Map([['provider', { zdr: true }]])], ['what is inherited', Object.create(strict)]])(
    'in provider options that are %s',
    async (_, options) => {
      const { errors, sent } = await callsWith({ openrouter: options });
      for (const error of errors) expect(error).toMatchObject(refusal('providerOptions.openrouter'));
      expect(sent).toEqual([]);
    },
  );

  it.each(['extraBody', 'extra_body', 'modelKwargs', 'providerOptions'])('in %s, where the fields of the request should be', async (name) => {
    const { errors, sent } = await callsWith({ openrouter: { [name]: strict } });
    for (const error of errors) expect(error).toMatchObject(refusal(`providerOptions.openrouter.${name}`));
    const { openrouter, sent: more } = serve(hello(), { extraBody: { [name]: strict } });
    await expect(openrouter('acme/atlas').doGenerate({ prompt: PROMPT })).rejects.toMatchObject(refusal(`extraBody.${name}`));
    expect([...sent, ...more]).toEqual([]);
  });

  it.each<[string, object]>([
    ['zdr', { zdr: true }], ['dataCollection', { dataCollection: 'deny' }], ['only', { only: ['azure'] }], ['extra_body', { extra_body: strict }], ['providerOptions', { providerOptions: { openrouter: strict } }],
  ])('as %s of the provider, or of a model', (path, options) => {
    expect(() => serve(hello(), options)).toThrow(expect.objectContaining(refusal(path)));
    const { openrouter } = serve(hello());
    expect(() => openrouter('acme/atlas', options)).toThrow(expect.objectContaining(refusal(path)));
    expect(() => openrouter.imageModel('acme/brush', options)).toThrow(expect.objectContaining(refusal(path)));
  });

  it.each<[string, unknown]>([['a Map', new Map(Object.entries(strict))], ['a list', [strict]], ['a string', 'zdr']])('in an extraBody that is %s', async (_, extraBody) => {
    // Wrong on purpose, as plain JavaScript may be.
    const settings = { extraBody } as object;
    await expect((async () => serve(hello(), settings).openrouter('acme/atlas').doGenerate({ prompt: PROMPT }))()).rejects.toMatchObject(refusal('extraBody'));
    await expect((async () => serve(hello()).openrouter('acme/atlas', settings).doGenerate({ prompt: PROMPT }))()).rejects.toMatchObject(refusal('extraBody'));
  });
});

describe('preferences of a message, a part or a tool', () => {
  const options = { providerOptions: { openrouter: { provider: { zdr: true } } } };
  const text = { type: 'text' as const, text: 'Hello' };
  const [user] = PROMPT;

  it.each<[string, Partial<LanguageModelV4CallOptions>]>([
    ['a system message', { prompt: [{ role: 'system', content: 'Be brief', ...options }] }],
    ['a message', { prompt: [{ role: 'user', content: [text], ...options }] }],
    ['a part', { prompt: [{ role: 'user', content: [{ ...text, ...options }] }] }],
    ['a file', { prompt: [{ role: 'user', content: [{ type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AA==' }, ...options }] }] }],
    ['an answer', { prompt: [...PROMPT, { role: 'assistant', content: [text], ...options }] }],
    ['a part of an answer', { prompt: [...PROMPT, { role: 'assistant', content: [{ ...text, ...options }] }] }],
    ['a result of a tool', { prompt: [...PROMPT, { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'f', output: { type: 'text', value: 'x' }, ...options }] }] }],
    ['a tool', { tools: [{ type: 'function', name: 'f', inputSchema: {}, ...options }] }],
  ])('are refused: %s', async (_, call) => {
    const { openrouter, sent } = serve(hello());
    await expect(openrouter('acme/atlas').doGenerate({ prompt: PROMPT, ...call })).rejects.toMatchObject(refusal('providerOptions.openrouter.provider'));
    expect(sent).toEqual([]);
  });

  it('are not the name of who served, which comes back with an answer', async () => {
    const { openrouter, sent } = serve(hello());
    const { providerMetadata } = await openrouter('acme/atlas').doGenerate({ prompt: PROMPT });
    await openrouter('acme/atlas').doGenerate({ prompt: [...PROMPT, { role: 'assistant', content: [text], ...(providerMetadata && { providerOptions: providerMetadata }) }, ...(user ? [user] : [])] });
    expect(sent).toHaveLength(2);
  });
});

describe('provider options', () => {
  it.each(['openai', 'anthropic', 'gateway', 'router', 'open', 'mine'])('of another provider, %s, are none of ours', async (name) => {
    const { openrouter, sent } = serve(hello());
    await openrouter('acme/atlas').doGenerate({ prompt: PROMPT, providerOptions: { [name]: { user: 'u' } } });
    expect(sent).toHaveLength(1);
  });

  it('that the API does not know for their capitals come with a warning', async () => {
    const { openrouter } = serve(hello());
    const { warnings } = await openrouter('acme/atlas').doGenerate({ prompt: PROMPT, providerOptions: { openrouter: { serviceTier: 'flex', sessionId: 's', parallelToolCalls: false } } });
    expect(warnings).toEqual([{ type: 'other', message: 'providerOptions.openrouter.serviceTier is no field of the request (write service_tier)' }]);
  });

  it.each(['apiKey', 'api_key', 'headers', 'baseURL'])('hold no %s: it would go out with the body, and stand in its record', async (name) => {
    const { errors, sent } = await callsWith({ openrouter: { [name]: 'sk-or-v1-elsewhere' } });
    for (const error of errors) {
      expect(error).toMatchObject(refusal(`providerOptions.openrouter.${name}`));
      expect(String(error)).not.toContain('elsewhere');
    }
    expect(sent).toEqual([]);
  });
});

describe('settings of a model', () => {
  // Wrong on purpose, as plain JavaScript may be.
  const modelsWith = (given: unknown) => {
    const { openrouter } = serve(hello());
    const settings = given as object;
    return [
      () => openrouter('acme/atlas', settings), () => openrouter.chat('acme/atlas', settings), () => openrouter.completion('acme/atlas', settings),
      () => openrouter.embeddingModel('acme/atlas', settings), () => openrouter.imageModel('acme/atlas', settings),
    ];
  };

  it.each<[string, unknown]>([['a Map', new Map(Object.entries(strict))], ['a list', [strict]], ['a string', 'zdr'], ['what is inherited', Object.create(strict)]])('that are %s are refused', (_, given) => {
    for (const make of modelsWith(given)) expect(make).toThrow(expect.objectContaining(refusal('settings')));
  });

  it('may be null, which says as much as none', () => {
    for (const make of modelsWith(null)) expect(make()).toMatchObject({ modelId: 'acme/atlas' });
  });
});

describe('an odd value', () => {
  it.each<[string, object]>([['max_tokens', { maxTokens: Number.NaN }], ['temperature', { temperature: Infinity }], ['top_logprobs', { logprobs: Number.NaN }]])('that is no number, for %s, is refused: it would be no limit', (path, settings) => {
    expect(() => serve(hello()).openrouter('acme/atlas', settings)).toThrow(expect.objectContaining(refusal(path)));
  });

  it('of a call is refused before it is sent', async () => {
    const { openrouter, sent } = serve(hello());
    await expect(openrouter('acme/atlas').doGenerate({ prompt: PROMPT, maxOutputTokens: Number.NaN })).rejects.toMatchObject(refusal('max_tokens'));
    expect(sent).toEqual([]);
  });

  it.each<[string, unknown]>([['undefined', undefined], ['null', null], ['a number', 5]])('for the id of a model, %s, is refused: the account has a default', (_, id) => {
    const { openrouter } = serve(json({}));
    // Wrong on purpose, as plain JavaScript may be.
    const wrong = id as string;
    for (const make of [() => openrouter(wrong), () => openrouter.completion(wrong), () => openrouter.embeddingModel(wrong), () => openrouter.imageModel(wrong)]) {
      expect(make).toThrow(expect.objectContaining(refusal('modelId')));
    }
  });
});
