import { InvalidPromptError, type LanguageModelV4Prompt, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { generateText, streamText } from 'ai';
import { describe, expect, it } from 'vitest';
import { brief, collect, json, PROMPT, serve, sse, USAGE } from './support/fake-server.js';

const ANSWER = {
  id: 'gen-1', object: 'text_completion', created: 1_790_000_000, model: 'acme/quill', provider: 'Together',
  choices: [{ index: 0, text: ' upon a time', logprobs: null, finish_reason: 'stop' }], usage: USAGE,
};
const piece = (text: string, finish: string | null = null, more: object = {}): object => ({
  id: 'gen-1', object: 'text_completion', created: 1_790_000_000, model: 'acme/quill', provider: 'Together',
  choices: [{ index: 0, text, logprobs: null, finish_reason: finish }], ...more,
});

async function promptOf(prompt: LanguageModelV4Prompt): Promise<unknown> {
  const { openrouter, sent } = serve(json(ANSWER));
  await openrouter.completion('acme/quill').doGenerate({ prompt });
  return sent[0]?.body['prompt'];
}

describe('a completion model', () => {
  it('sends a prompt in place of messages, with its settings', async () => {
    const { openrouter, sent } = serve(json(ANSWER), { provider: { zdr: true }, reasoning: { effort: 'low' } });
    const model = openrouter.completion('acme/quill', { logitBias: { 1: -100 }, logprobs: 2, suffix: 'the end', user: 'u', models: ['acme/other'], temperature: 0.3, maxTokens: 9 });
    await model.doGenerate({ prompt: PROMPT, temperature: 0.7, stopSequences: ['.'], seed: 5 });
    expect(sent[0]?.url).toBe('https://openrouter.ai/api/v1/completions');
    expect(sent[0]?.body).toEqual({
      model: 'acme/quill', models: ['acme/other'], prompt: 'Hello', provider: { zdr: true }, reasoning: { effort: 'low' },
      logit_bias: { 1: -100 }, logprobs: 2, suffix: 'the end', user: 'u', temperature: 0.7, max_tokens: 9, stop: ['.'], seed: 5,
    });
  });

  it('gives the text, why it ended, usage, and who served it', async () => {
    const { openrouter } = serve(json(ANSWER));
    const result = await openrouter.completion('acme/quill').doGenerate({ prompt: PROMPT });
    expect(result.content).toEqual([{ type: 'text', text: ' upon a time' }]);
    expect(result.finishReason).toEqual({ unified: 'stop', raw: 'stop' });
    expect(result.usage).toMatchObject({ inputTokens: { total: 10 }, outputTokens: { total: 5 }, raw: USAGE });
    expect(result.providerMetadata?.['openrouter']).toMatchObject({ provider: 'Together', receipt: { served: { model: 'acme/quill', providerSlug: 'together' } } });
  });

  it('streams the text as one part', async () => {
    const { openrouter, sent } = serve(sse([piece('Once'), piece(' upon'), piece('', 'length'), piece('', 'length', { usage: USAGE, choices: [] })]), { compatibility: 'strict' });
    const { stream } = await openrouter.completion('acme/quill').doStream({ prompt: PROMPT });
    const parts = await collect(stream);
    expect(brief(parts)).toEqual(['stream-start', 'response-metadata', 'text-start', 'text-delta Once', 'text-delta  upon', 'text-end', 'finish length']);
    expect(parts.at(-1)).toMatchObject({ usage: { inputTokens: { total: 10 } }, providerMetadata: { openrouter: { provider: 'Together', usage: { cost: USAGE.cost } } } });
    expect(sent[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  it('takes a whole answer to a streaming request', async () => {
    const { stream } = await serve(json(ANSWER)).openrouter.completion('acme/quill').doStream({ prompt: PROMPT });
    expect(brief(await collect(stream))).toContain('text-delta  upon a time');
  });

  it('fails for an error in any place, and for a stream that was cut', async () => {
    const error = { code: 502, message: 'gone' };
    const call = { prompt: PROMPT };
    await expect(serve(json({ error })).openrouter.completion('acme/quill').doGenerate(call)).rejects.toMatchObject({ statusCode: 502, isRetryable: true });
    const inChoice = { ...ANSWER, choices: [{ index: 0, text: '', finish_reason: 'error', error }] };
    await expect(serve(json(inChoice)).openrouter.completion('acme/quill').doGenerate(call)).rejects.toMatchObject({ statusCode: 502 });
    await expect(serve(sse([{ error }])).openrouter.completion('acme/quill').doStream(call)).rejects.toMatchObject({ statusCode: 502, isRetryable: true });
    const { stream } = await serve(sse([piece('Once')], { done: false })).openrouter.completion('acme/quill').doStream(call);
    expect(brief(await collect(stream)).slice(-3)).toEqual(['text-end', 'error', 'finish error']);
  });

  it('writes a conversation as turns, the last one open', async () => {
    expect(await promptOf([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Hel' }, { type: 'text', text: 'lo' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Hi.' }] },
      { role: 'user', content: [{ type: 'text', text: 'Bye' }] },
    ])).toBe('Be brief.\n\nuser:\nHello\n\nassistant:\nHi.\n\nuser:\nBye\n\nassistant:\n');
  });

  it('refuses what a text cannot hold, before sending', async () => {
    const { openrouter, sent } = serve(json(ANSWER));
    const model = openrouter.completion('acme/quill');
    const file = { type: 'file' as const, mediaType: 'image/png', data: { type: 'data' as const, data: 'AAAA' } };
    await expect(model.doGenerate({ prompt: [{ role: 'user', content: [file] }] })).rejects.toBeInstanceOf(UnsupportedFunctionalityError);
    await expect(model.doGenerate({ prompt: PROMPT, tools: [{ type: 'function', name: 't', inputSchema: {} }] })).rejects.toBeInstanceOf(UnsupportedFunctionalityError);
    await expect(model.doGenerate({ prompt: PROMPT, toolChoice: { type: 'required' } })).rejects.toBeInstanceOf(UnsupportedFunctionalityError);
    await expect(model.doGenerate({ prompt: [...PROMPT, { role: 'system', content: 'late' }] })).rejects.toBeInstanceOf(InvalidPromptError);
    expect(sent).toEqual([]);
  });

  it('works in generateText and streamText, which say `auto` where there is no tool', async () => {
    const { openrouter } = serve([json(ANSWER), sse([piece('Once'), piece(' more', 'stop', { usage: USAGE })])]);
    const model = openrouter.completion('acme/quill');
    expect((await generateText({ model, prompt: 'Once' })).text).toBe(' upon a time');
    expect(await streamText({ model, prompt: 'Once' }).text).toBe('Once more');
  });

  it('is what the provider makes of the one model without a chat route', async () => {
    const { openrouter, sent } = serve(json(ANSWER));
    await openrouter('openai/gpt-3.5-turbo-instruct').doGenerate({ prompt: PROMPT });
    expect(sent[0]?.url).toMatch(/\/completions$/);
    expect(sent[0]?.url).not.toContain('chat');
  });
});
