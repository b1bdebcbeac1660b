import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import type { OpenRouterChatSettings, OpenRouterProviderSettings } from '../src/index.js';
import { answer, PROMPT, serve } from './support/fake-server.js';

/** The body, headers and warnings of one call. */
async function send(call: Partial<LanguageModelV4CallOptions>, settings: OpenRouterChatSettings = {}, provider: OpenRouterProviderSettings = {}) {
  const { openrouter, sent } = serve(answer({ content: 'Hi' }), provider);
  const { warnings } = await openrouter('acme/atlas', settings).doGenerate({ prompt: PROMPT, ...call });
  const [request] = sent;
  if (!request) throw new Error('nothing was sent');
  const { model: _model, messages: _messages, ...body } = request.body;
  return { body, warnings, headers: request.headers, url: request.url };
}

const parameters = { type: 'object' as const, properties: {} };

describe('what a call sends', () => {
  it('is the model and the messages, and nothing else unasked', async () => {
    const { openrouter, sent } = serve(answer({ content: 'Hi' }));
    await openrouter('acme/atlas').doGenerate({ prompt: PROMPT });
    expect(sent[0]?.body).toEqual({ model: 'acme/atlas', messages: [{ role: 'user', content: 'Hello' }] });
    expect(sent[0]?.url).toBe('https://openrouter.ai/api/v1/chat/completions');
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer sk-or-v1-test-secret');
  });

  it('has every setting of the specification', async () => {
    const { body, warnings } = await send({
      maxOutputTokens: 100, temperature: 0, topP: 0.9, topK: 40, presencePenalty: 0.1, frequencyPenalty: 0.2, seed: 7, stopSequences: ['X'], reasoning: 'high',
    });
    expect(body).toEqual({ max_tokens: 100, temperature: 0, top_p: 0.9, top_k: 40, presence_penalty: 0.1, frequency_penalty: 0.2, seed: 7, stop: ['X'], reasoning: { effort: 'high' } });
    expect(warnings).toEqual([]);
  });

  it.each([
    ['none', { effort: 'high' }, { effort: 'none' }],
    ['low', { max_tokens: 2000, exclude: true }, { exclude: true, effort: 'low' }],
    ['provider-default', { max_tokens: 2000 }, { max_tokens: 2000 }],
  ] as const)('maps the reasoning option %s over the settings', async (reasoning, settings, expected) => {
    expect((await send({ reasoning }, { reasoning: settings })).body).toEqual({ reasoning: expected });
    expect((await send({ reasoning }, {}, { reasoning: settings })).body).toEqual({ reasoning: expected });
  });

  it.each([
    [{ exclude: true }, { exclude: true, effort: 'high' }],
    [{ max_tokens: 9 }, { max_tokens: 9 }],
    [{ effort: 'low' }, { effort: 'low' }],
    [{ enabled: false }, { enabled: false }],
  ])('keeps the reasoning option beside a reasoning of providerOptions, where %j does not say how much', async (reasoning, expected) => {
    expect((await send({ reasoning: 'high', providerOptions: { openrouter: { reasoning } } })).body).toEqual({ reasoning: expected });
    expect((await send({ providerOptions: { openrouter: { reasoning } } })).body).toEqual({ reasoning });
  });

  it.each([
    [{ type: 'text' as const }, undefined],
    [{ type: 'json' as const }, { type: 'json_object' }],
    [{ type: 'json' as const, schema: parameters }, { type: 'json_schema', json_schema: { name: 'response', schema: parameters, strict: true } }],
    [{ type: 'json' as const, schema: parameters, name: 'n', description: 'd' }, { type: 'json_schema', json_schema: { name: 'n', description: 'd', schema: parameters, strict: true } }],
  ])('maps the response format %j', async (responseFormat, expected) => {
    expect((await send({ responseFormat })).body).toEqual(expected ? { response_format: expected } : {});
  });

  it('is not strict about a schema where told so', async () => {
    const { body } = await send({ responseFormat: { type: 'json', schema: parameters } }, { structuredOutputs: { strict: false } });
    expect(body).toMatchObject({ response_format: { json_schema: { strict: false } } });
  });

  it('maps tools: functions with strict and a cache mark, and server tools', async () => {
    const { body, warnings } = await send({
      tools: [
        { type: 'function', name: 'f', description: 'd', inputSchema: parameters, strict: true, providerOptions: { openrouter: { cacheControl: { type: 'ephemeral' }, eager_input_streaming: true } } },
        { type: 'provider', id: 'openrouter.web_search', name: 'search', args: { maxResults: 3, engine: undefined } },
        { type: 'provider', id: 'openai.code_interpreter', name: 'code', args: {} },
      ],
      toolChoice: { type: 'required' },
    });
    expect(body).toEqual({
      tools: [
        { type: 'function', function: { name: 'f', description: 'd', parameters, strict: true }, cache_control: { type: 'ephemeral' }, eager_input_streaming: true },
        { type: 'openrouter:web_search', max_results: 3, parameters: { max_results: 3 } },
      ],
      tool_choice: 'required',
    });
    expect(warnings).toMatchObject([{ type: 'unsupported', feature: 'provider tool openai.code_interpreter' }]);
  });

  it.each([
    [{ type: 'auto' as const }, 'auto'],
    [{ type: 'none' as const }, 'none'],
    [{ type: 'tool' as const, toolName: 'f' }, { type: 'function', function: { name: 'f' } }],
    [{ type: 'tool' as const, toolName: 'clock' }, { type: 'openrouter:datetime' }],
  ])('maps the tool choice %j', async (toolChoice, expected) => {
    const tools: LanguageModelV4CallOptions['tools'] = [{ type: 'function', name: 'f', inputSchema: parameters }, { type: 'provider', id: 'openrouter.datetime', name: 'clock', args: {} }];
    expect((await send({ tools, toolChoice })).body).toMatchObject({ tool_choice: expected });
  });

  it('warns of what is not taken', async () => {
    const { warnings } = await send({ stopSequences: ['a', 'b', 'c', 'd', 'e'], tools: [{ type: 'function', name: 'f', inputSchema: parameters, inputExamples: [{ input: {} }] }] });
    expect(warnings.map((warning) => warning.type)).toEqual(['unsupported', 'unsupported']);
  });
});

describe('settings', () => {
  it('of a chat model go into the body, a call stands over them', async () => {
    const { body } = await send({ temperature: 0.1 }, {
      temperature: 0.9, topP: 0.5, maxTokens: 50, logitBias: { 50256: -100 }, logprobs: 2, parallelToolCalls: false, user: 'u', sessionId: 's', plugins: [{ id: 'moderation' }],
      web_search_options: { search_context_size: 'low' }, cache_control: { type: 'ephemeral' }, debug: { echo_upstream_body: true }, models: ['acme/atlas-mini'], includeReasoning: true,
    });
    expect(body).toEqual({
      temperature: 0.1, top_p: 0.5, max_tokens: 50, logit_bias: { 50256: -100 }, logprobs: true, top_logprobs: 2, parallel_tool_calls: false, user: 'u', session_id: 's', plugins: [{ id: 'moderation' }],
      web_search_options: { search_context_size: 'low' }, cache_control: { type: 'ephemeral' }, debug: { echo_upstream_body: true }, models: ['acme/atlas-mini'], include_reasoning: true,
    });
  });

  it('of a provider mean what they mean elsewhere', async () => {
    const { headers, url, body } = await send({ headers: { 'x-call': '1' } }, {}, {
      baseUrl: 'https://proxy.example/v1', appName: 'Notes', appUrl: 'https://notes.example', api_keys: { openai: 'k' }, headers: { 'X-Mine': 'yes' }, extraBody: { custom: 1 }, user: 'u',
    });
    expect(url).toBe('https://proxy.example/v1/chat/completions');
    expect(Object.fromEntries(headers)).toMatchObject({
      'http-referer': 'https://notes.example', 'x-openrouter-title': 'Notes', 'x-provider-api-keys': '{"openai":"k"}', 'x-mine': 'yes', 'x-call': '1',
    });
    expect(body).toEqual({ custom: 1, user: 'u' });
  });

  it('give way to providerOptions, which give way to nothing', async () => {
    const { body } = await send(
      { temperature: 0.1, providerOptions: { openrouter: { temperature: 0.3, cacheControl: { type: 'ephemeral' }, sessionId: 's', reasoning: { max_tokens: 9 } }, other: { a: 1 } } },
      { extraBody: { temperature: 0.2, custom: 2 } },
      { extraBody: { custom: 1 } },
    );
    expect(body).toEqual({ temperature: 0.3, cache_control: { type: 'ephemeral' }, session_id: 's', reasoning: { max_tokens: 9 }, custom: 2 });
  });
});
