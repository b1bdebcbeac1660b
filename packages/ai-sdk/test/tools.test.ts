import type { LanguageModelV4ProviderTool } from '@ai-sdk/provider';
import { asSchema, generateText, jsonSchema, tool } from 'ai';
import { describe, expect, it } from 'vitest';
import { openRouterTools, type OpenRouterTool } from '../src/tools/tools.js';
import { answer, PROMPT, serve } from './support/fake-server.js';

const mine = tool({ inputSchema: jsonSchema<{ city: string }>({ type: 'object' }), execute: ({ city }) => ({ city }) });

/** The tools of a request that offers these. */
async function sentTools(tools: Record<string, OpenRouterTool | typeof mine>): Promise<unknown> {
  const { openrouter, sent } = serve(answer({ content: 'Hi' }));
  await generateText({ model: openrouter('acme/atlas'), tools, prompt: 'Hi' });
  return sent[0]?.body['tools'];
}

const onWire = (type: string, parameters: object): object => ({ ...parameters, type, parameters });

describe('openRouterTools', () => {
  it('are tools that the provider runs, with their options as they were given', () => {
    const options = { maxResults: 3, searchPrompt: 'Cite.', engine: 'exa' };
    expect(openRouterTools.webSearch(options)).toMatchObject({ type: 'provider', isProviderExecuted: true, id: 'openrouter.web_search', args: options });
    expect(openRouterTools.datetime().args).toEqual({});
  });

  it('keep callbacks apart from options', () => {
    const onInputAvailable = (): void => {};
    const made = openRouterTools.webSearch({ maxUses: 1, onInputAvailable });
    expect(made.args).toEqual({ maxUses: 1 });
    expect(made.onInputAvailable).toBe(onInputAvailable);
    expect(made).not.toHaveProperty('onInputStart');
  });

  it('have schemas that the AI SDK takes, and that let pass what the server did', async () => {
    const { inputSchema, outputSchema } = openRouterTools.webFetch();
    for (const schema of [asSchema(inputSchema), asSchema(outputSchema)]) {
      expect(await schema.validate?.({ url: 'https://example.com' })).toEqual({ success: true, value: { url: 'https://example.com' } });
      expect(await schema.jsonSchema).toBeTypeOf('object');
    }
  });

  it.each([
    ['web_search', openRouterTools.webSearch()],
    ['web_fetch', openRouterTools.webFetch()],
    ['datetime', openRouterTools.datetime()],
    ['image_generation', openRouterTools.imageGeneration()],
    ['fusion', openRouterTools.fusion()],
    ['advisor', openRouterTools.advisor()],
    ['subagent', openRouterTools.subagent()],
    ['bash', openRouterTools.bash()],
    ['files', openRouterTools.files()],
    ['experimental__search_models', openRouterTools.searchModels()],
  ])('go out as openrouter:%s', async (type, made) => {
    expect(await sentTools({ it: made })).toEqual([{ type: `openrouter:${type}` }]);
  });

  it('go out with their options in the spelling of the wire, deep ones too', async () => {
    const web = openRouterTools.webSearch({ maxResults: 3, allowedDomains: ['example.com'], xSearch: { allowedHandles: ['a'] }, userLocation: { type: 'approximate', city: 'Oslo' } });
    const bash = openRouterTools.bash({ engine: 'openrouter', environment: { type: 'container_reference', containerId: 'c1' } });
    expect(await sentTools({ web, mine, bash })).toEqual([
      onWire('openrouter:web_search', { max_results: 3, allowed_domains: ['example.com'], x_search: { allowed_handles: ['a'] }, user_location: { type: 'approximate', city: 'Oslo' } }),
      { type: 'function', function: { name: 'mine', parameters: { type: 'object' } } },
      onWire('openrouter:bash', { engine: 'openrouter', environment: { type: 'container_reference', container_id: 'c1' } }),
    ]);
  });

  it('send options that nobody knows, and tools of tools as they are', async () => {
    const options = { model: 'acme/sage', brandNew: [{ deepOption: 1 }], tools: [{ type: 'openrouter:web_search', parameters: { keepMe: 1 } }] };
    expect(await sentTools({ sage: openRouterTools.advisor(options) })).toEqual([
      onWire('openrouter:advisor', { model: 'acme/sage', brand_new: [{ deep_option: 1 }], tools: [{ type: 'openrouter:web_search', parameters: { keepMe: 1 } }] }),
    ]);
  });

  it('leave out options without a value', async () => {
    expect(await sentTools({ now: openRouterTools.datetime({ ...({ timezone: undefined } as object) }) })).toEqual([{ type: 'openrouter:datetime' }]);
  });

  it('may come without options, where they are made by hand', async () => {
    const { openrouter, sent } = serve(answer({ content: 'Hi' }));
    const bare: LanguageModelV4ProviderTool = JSON.parse('{"type":"provider","id":"openrouter.web_search","name":"web"}');
    await openrouter('acme/atlas').doGenerate({ prompt: PROMPT, tools: [bare] });
    expect(sent[0]?.body['tools']).toEqual([{ type: 'openrouter:web_search' }]);
  });

  it('can be the tool that has to be called', async () => {
    const ran = { type: 'reasoning.server_tool_call', tool_name: 'openrouter:web_search', arguments: '{}', result: '' };
    const { openrouter, sent } = serve(answer({ content: 'Hi', reasoning_details: [ran] }));
    await generateText({ model: openrouter('acme/atlas'), tools: { web: openRouterTools.webSearch() }, toolChoice: { type: 'tool', toolName: 'web' }, prompt: 'Hi' });
    expect(sent[0]?.body['tool_choice']).toEqual({ type: 'openrouter:web_search' });
  });
});

describe('tools that chat does not have', () => {
  it.each(['shell', 'apply_patch', 'tool_search'])('openrouter.%s is left out, with a warning', async (name) => {
    const { openrouter, sent } = serve(answer({ content: 'Hi' }));
    const tools: LanguageModelV4ProviderTool[] = [{ type: 'provider', id: `openrouter.${name}`, name: 'it', args: {} }];
    const { warnings } = await openrouter('acme/atlas').doGenerate({ prompt: PROMPT, tools, toolChoice: { type: 'tool', toolName: 'it' } });
    expect(warnings).toMatchObject([{ type: 'unsupported', feature: `provider tool openrouter.${name}`, details: expect.stringContaining('Responses API') }]);
    expect(sent[0]?.body).not.toHaveProperty('tools');
    expect(sent[0]?.body).not.toHaveProperty('tool_choice');
  });

  it('are not chosen where other tools are', async () => {
    const { openrouter, sent } = serve(answer({ content: 'Hi' }));
    const tools: LanguageModelV4ProviderTool[] = [
      { type: 'provider', id: 'openrouter.datetime', name: 'now', args: {} },
      { type: 'provider', id: 'other.web_search', name: 'it', args: {} },
    ];
    await openrouter('acme/atlas').doGenerate({ prompt: PROMPT, tools, toolChoice: { type: 'tool', toolName: 'it' } });
    expect(sent[0]?.body['tools']).toEqual([{ type: 'openrouter:datetime' }]);
    expect(sent[0]?.body).not.toHaveProperty('tool_choice');
  });
});

describe('the policy', () => {
  const shared: readonly (readonly [string, OpenRouterTool])[] = [
    ['webSearch', openRouterTools.webSearch()],
    ['webFetch', openRouterTools.webFetch()],
    ['imageGeneration', openRouterTools.imageGeneration()],
    ['fusion', openRouterTools.fusion()],
    ['advisor', openRouterTools.advisor()],
    ['subagent', openRouterTools.subagent()],
    ['bash', openRouterTools.bash()],
    ['files', openRouterTools.files()],
  ];

  it.each(shared)('cannot vouch for what %s sends elsewhere', async (_, made) => {
    const { openrouter } = serve(answer({ content: 'Hi' }), { provider: { zdr: true, dataCollection: 'deny' } });
    const { providerMetadata } = await generateText({ model: openrouter('acme/atlas'), tools: { it: made }, prompt: 'Hi' });
    expect(JSON.stringify(providerMetadata?.['openrouter']?.['receipt'])).toContain('unverifiable');
  });

  it('refuses a tool that shares data where everything has to be verified, before the first content', async () => {
    const { openrouter } = serve(answer({ content: 'Hi' }), { provider: { zdr: true }, verify: 'strict' });
    await expect(generateText({ model: openrouter('acme/atlas'), tools: { web: openRouterTools.webSearch() }, prompt: 'Hi', maxRetries: 0 })).rejects.toThrow('zdr');
  });

  it.each([
    ['the model of an image', openRouterTools.imageGeneration({ model: 'other/painter' }), 'other/painter'],
    ['the default of an image', openRouterTools.imageGeneration(), 'openai/gpt-5-image'],
    ['an advisor', openRouterTools.advisor({ model: 'other/sage' }), 'other/sage'],
    ['a subagent of the server\'s choice', openRouterTools.subagent(), 'leaves model to the server'],
    ['a panel', openRouterTools.fusion({ model: 'acme/judge', analysisModels: ['acme/a', 'other/b'] }), 'other/b'],
    ['a tool of an advisor', openRouterTools.advisor({ model: 'acme/sage', tools: [{ type: 'openrouter:image_generation', parameters: { model: 'other/painter' } }] }), 'other/painter'],
  ])('holds %s against allowedModels, before anything is sent', async (_, made, told) => {
    const { openrouter, sent } = serve(answer({ content: 'Hi' }), { allowedModels: ['acme/*'] });
    await expect(generateText({ model: openrouter('acme/atlas'), tools: { it: made }, prompt: 'Hi' })).rejects.toThrow(told);
    expect(sent).toEqual([]);
  });

  it('lets models pass that are allowed', async () => {
    const { openrouter, sent } = serve(answer({ content: 'Hi' }), { allowedModels: ['acme/*'] });
    await generateText({ model: openrouter('acme/atlas'), tools: { it: openRouterTools.fusion({ model: 'acme/judge', analysisModels: ['acme/a'] }) }, prompt: 'Hi' });
    expect(sent[0]?.body['tools']).toEqual([onWire('openrouter:fusion', { model: 'acme/judge', analysis_models: ['acme/a'] })]);
  });
});
