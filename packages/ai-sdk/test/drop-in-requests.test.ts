import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import type { OpenRouterChatSettings, OpenRouterProviderSettings } from '../src/index.js';
import { answer, PROMPT, serve } from './support/fake-server.js';

/** The body that one call sends. */
async function sentBody(call: Partial<LanguageModelV4CallOptions>, settings: OpenRouterChatSettings = {}, provider: OpenRouterProviderSettings = {}) {
  const { openrouter, sent } = serve(answer({ content: 'Hi' }), provider);
  await openrouter('acme/atlas', settings).doGenerate({ prompt: PROMPT, ...call });
  return sent[0]?.body;
}

const parameters = { type: 'object' as const, properties: {} };
const tools: LanguageModelV4CallOptions['tools'] = [{ type: 'function', name: 'f', inputSchema: parameters }];

describe('a raw body', () => {
  it('does not take away the tools of a call', async () => {
    const body = await sentBody({ tools, toolChoice: { type: 'required' } }, { extraBody: { tools: [{ type: 'openrouter:datetime' }], tool_choice: 'none', custom: 1 } });
    expect(body).toMatchObject({ tools: [{ type: 'function', function: { name: 'f' } }], tool_choice: 'required', custom: 1 });
  });

  it('gives its own to a call that has none', async () => {
    expect(await sentBody({}, { extraBody: { tools: [{ type: 'openrouter:datetime' }] } })).toMatchObject({ tools: [{ type: 'openrouter:datetime' }] });
  });

  it('gives way to the tools of providerOptions', async () => {
    const body = await sentBody({ tools, providerOptions: { openrouter: { tools: [{ type: 'openrouter:datetime' }] } } });
    expect(body?.['tools']).toEqual([{ type: 'openrouter:datetime' }]);
  });
});

describe('the thinking of an earlier turn', () => {
  const turn = (details: unknown[], options = {}): Partial<LanguageModelV4CallOptions> => ({
    prompt: [
      ...PROMPT,
      { role: 'assistant', content: [{ type: 'reasoning', text: 'Hm' }, { type: 'text', text: 'Hi', ...options }], providerOptions: { openrouter: { reasoning_details: details as never } } },
      ...PROMPT,
    ],
  });

  it('that a message says was none is sent as none, since some models want to hear that', async () => {
    expect(await sentBody(turn([]))).toMatchObject({ messages: [{}, { role: 'assistant', content: 'Hi', reasoning_details: [] }, {}] });
    expect(JSON.stringify(await sentBody(turn([])))).not.toContain('"reasoning":');
  });

  it('that a message tells stands over what its parts tell', async () => {
    const told = { type: 'reasoning.text', text: 'Hm', signature: 's', format: 'anthropic-claude-v1' };
    const body = await sentBody(turn([told], { providerOptions: { openrouter: { reasoning_details: [{ type: 'reasoning.text', text: 'other' }] } } }));
    expect(body).toMatchObject({ messages: [{}, { reasoning: 'Hm', reasoning_details: [told] }, {}] });
  });
});

describe('what is fetched by URL', () => {
  const supports = async (mediaType: string, url: string): Promise<boolean> =>
    (await serve(answer({})).openrouter('acme/atlas').supportedUrls)[mediaType]?.some((pattern) => pattern.test(url)) ?? false;

  it.each([
    'https://img.example/a.png', 'http://img.example/A.JPG', 'https://img.example/a.jpeg?w=1&h=2', 'https://img.example/a.webp#top', 'https://img.example/a.gif?',
    'https://bucket.example/a.jpg?X-Amz-Signature=ab%2Fcd', 'data:image/png;base64,AAEC',
  ])('is an image that its URL shows to be one: %s', async (url) => {
    expect(await supports('image/*', url)).toBe(true);
  });

  it.each(['https://img.example/a', 'https://img.example/a?type=png', 'https://img.example/a.png/small', 'https://img.example/a.pdf', 'ftp://img.example/a.png'])(
    'is no image that might be anything, which the AI SDK fetches and names: %s',
    async (url) => {
      expect(await supports('image/*', url)).toBe(false);
    },
  );

  it('is any document and video', async () => {
    expect(await supports('application/*', 'https://doc.example/a')).toBe(true);
    expect(await supports('video/*', 'https://www.youtube.com/watch?v=x')).toBe(true);
    expect(await supports('audio/*', 'https://sound.example/a.mp3')).toBe(false);
  });
});
