import { reply } from '@waypost/testing';
import { createProviderRegistry, customProvider, defaultSettingsMiddleware, embed, extractReasoningMiddleware, generateText, simulateStreamingMiddleware, streamText, wrapLanguageModel } from 'ai';
import { describe, expect, it } from 'vitest';
import { connect, receiptOf } from './connection.js';

describe('the provider in the AI SDK', () => {
  it('is found in a registry, as it is', async () => {
    const { openrouter, body } = connect();
    const registry = createProviderRegistry({ openrouter });
    const result = await generateText({ model: registry.languageModel('openrouter:acme/atlas'), prompt: 'Hello' });
    expect(result.usage).toMatchObject({ inputTokens: expect.any(Number), outputTokens: expect.any(Number) });
    expect(receiptOf(result.providerMetadata).served?.model).toBe('acme/atlas');
    expect(body(0)['model']).toBe('acme/atlas');
    const { embedding } = await embed({ model: registry.embeddingModel('openrouter:dune/vector'), value: 'Hello' });
    expect(embedding).toHaveLength(8);
    const others = [registry.imageModel('openrouter:a/b'), registry.rerankingModel('openrouter:a/b'), registry.speechModel('openrouter:a/b'), registry.transcriptionModel('openrouter:a/b')];
    for (const model of others) expect(model).toMatchObject({ provider: 'openrouter', modelId: 'a/b' });
  });

  it('is the base of a custom provider, settings included', async () => {
    const { openrouter, body } = connect();
    const mine = customProvider({ languageModels: { fast: openrouter('acme/atlas-mini', { provider: { sort: 'throughput' } }) }, fallbackProvider: openrouter });
    await generateText({ model: mine.languageModel('fast'), prompt: 'Hello' });
    await generateText({ model: mine.languageModel('acme/atlas'), prompt: 'Hello' });
    expect([body(0), body(1)]).toMatchObject([{ model: 'acme/atlas-mini', provider: { sort: 'throughput' } }, { model: 'acme/atlas' }]);
  });

  it('keeps its guardrails inside middleware that sets provider options', async () => {
    const { openrouter, body } = connect({}, { provider: { zdr: true } });
    const model = wrapLanguageModel({
      model: openrouter('acme/atlas'),
      middleware: [defaultSettingsMiddleware({ settings: { temperature: 0.1, providerOptions: { openrouter: { provider: { zdr: false, data_collection: 'deny' } } } } })],
    });
    const { warnings } = await generateText({ model, prompt: 'Hello' });
    expect(body(0)).toMatchObject({ temperature: 0.1, provider: { zdr: true, data_collection: 'deny' } });
    expect(warnings).toEqual([{ type: 'other', message: expect.stringContaining('provider.zdr') }]);
  });

  it('works with middleware that reads text, and that makes a stream of an answer', async () => {
    const { openrouter } = connect({ reply: reply.text('<think>Hm.</think>Yes.') });
    const model = wrapLanguageModel({ model: openrouter('acme/atlas'), middleware: [extractReasoningMiddleware({ tagName: 'think' }), simulateStreamingMiddleware()] });
    const generated = await generateText({ model, prompt: 'Hello' });
    expect([generated.reasoningText, generated.text]).toEqual(['Hm.', 'Yes.']);
    const streamed = streamText({ model, prompt: 'Hello' });
    expect([await streamed.reasoningText, await streamed.text]).toEqual(['Hm.', 'Yes.']);
    expect(receiptOf(await streamed.providerMetadata).served).toBeDefined();
  });
});
