import { describe, expect, it } from 'vitest';
import { OpenRouter } from '../src/index.js';

const KEY = 'sk-or-v1-facade-secret';

describe('the provider as a class', () => {
  it('has the fields that code written for it reads', () => {
    const openrouter = new OpenRouter({ apiKey: KEY, baseUrl: 'https://example.com/v1/', headers: { a: 'b' }, api_keys: { anthropic: 'k' }, appName: 'n', appUrl: 'https://n.example' });
    expect(openrouter).toMatchObject({ baseURL: 'https://example.com/v1', headers: { a: 'b' }, appName: 'n', appUrl: 'https://n.example' });
    expect([openrouter.apiKey, openrouter.api_keys]).toEqual([KEY, { anthropic: 'k' }]);
    expect(new OpenRouter().baseURL).toBe('https://openrouter.ai/api/v1');
  });

  it('makes models', () => {
    const openrouter = new OpenRouter({ apiKey: KEY });
    for (const model of [openrouter.chat('a/b'), openrouter.completion('a/b'), openrouter.textEmbeddingModel('a/b'), openrouter.embedding('a/b')]) {
      expect(model).toMatchObject({ specificationVersion: 'v4', provider: 'openrouter', modelId: 'a/b' });
    }
  });

  it('shows no key', () => {
    expect(JSON.stringify(new OpenRouter({ apiKey: KEY, api_keys: { anthropic: KEY } }))).not.toContain(KEY);
    expect(Object.values(new OpenRouter({ apiKey: KEY }))).not.toContain(KEY);
  });
});
