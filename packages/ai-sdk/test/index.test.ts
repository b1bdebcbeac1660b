import { createProviderRegistry, generateText } from 'ai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as entry from '../src/index.js';
import { answer, serve } from './support/fake-server.js';

afterEach(() => vi.unstubAllEnvs());

describe('the package', () => {
  it('exports these names', () => {
    expect(Object.keys(entry).sort()).toEqual(['OpenRouter', 'createOpenRouter', 'openrouter', 'presets']);
  });
});

describe('a provider', () => {
  it('is of specification V4, callable, and finds chat models by every name', async () => {
    const { openrouter } = serve(answer({ content: 'Hi' }));
    expect(openrouter.specificationVersion).toBe('v4');
    for (const model of [openrouter('acme/atlas'), openrouter.chat('acme/atlas'), openrouter.languageModel('acme/atlas')]) {
      expect(model).toMatchObject({ specificationVersion: 'v4', provider: 'openrouter', modelId: 'acme/atlas' });
    }
    const registry = createProviderRegistry({ openrouter });
    const { text, usage } = await generateText({ model: registry.languageModel('openrouter:acme/atlas'), prompt: 'Hi' });
    expect({ text, tokens: usage.inputTokens }).toEqual({ text: 'Hi', tokens: 10 });
  });
});

describe('the ready-made provider', () => {
  it('reads the environment when a model is made, and not before', async () => {
    vi.stubEnv('OPENROUTER_API_KEY', 'sk-or-v1-from-env');
    vi.stubEnv('OPENROUTER_BASE_URL', 'https://proxy.example/v1');
    const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(new Response('{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}', { headers: { 'content-type': 'application/json' } })));
    vi.stubGlobal('fetch', fetch);
    await generateText({ model: entry.openrouter('acme/atlas'), prompt: 'Hi' });
    vi.unstubAllGlobals();
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe('https://proxy.example/v1/chat/completions');
    expect(new Headers(init?.headers).get('authorization')).toBe('Bearer sk-or-v1-from-env');
  });
});
