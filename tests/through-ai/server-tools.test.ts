import { createOpenRouter, openrouter as ready, type OpenRouterProviderSettings } from '@waypost/ai-sdk';
import type { ReasoningDetail, ServerTool } from '@waypost/core';
import { createGateway, type Gateway, reply, type Wire } from '@waypost/testing';
import { generateText, isStepCount, jsonSchema, streamText, tool, ToolLoopAgent } from 'ai';
import { describe, expect, it } from 'vitest';

const KEY = 'sk-or-v1-server-tools';

const thought = (text: string, index: number): ReasoningDetail => ({ type: 'reasoning.text', text, signature: 'c2lnbmF0dXJl', format: 'anthropic-claude-v1', index });
const search: ReasoningDetail = {
  type: 'reasoning.server_tool_call', tool_name: 'openrouter:web_search', tool_call_id: 'call_search', arguments: '{"query":"tides at Alesund"}', result: '{"pages":[{"url":"https://example.com/tides"}]}', index: 1,
};
const details = [thought('The tides first.', 0), search, thought('Now the wind.', 2)];
const citation = { type: 'url_citation' as const, url_citation: { url: 'https://example.com/tides', title: 'Tides', start_index: 0, end_index: 4 } };

const tools = {
  web: ready.tools.webSearch({ maxResults: 3, allowedDomains: ['example.com'], userLocation: { type: 'approximate', country: 'NO' } }),
  wind: tool({ inputSchema: jsonSchema<{ place: string }>({ type: 'object', properties: { place: { type: 'string' } } }), execute: ({ place }) => ({ place, knots: 12 }) }),
};

/** A server whose model searches and calls a function, and then answers. */
function open(settings: OpenRouterProviderSettings = {}, wire: Wire = {}): { gateway: Gateway; openrouter: ReturnType<typeof createOpenRouter> } {
  const call = { id: 'call_wind', type: 'function' as const, function: { name: 'wind', arguments: '{"place":"Alesund"}' } };
  const first = reply.message({ content: null, reasoning_details: details, tool_calls: [call] });
  const then = reply.message({ content: 'High water at noon.', annotations: [citation] });
  const gateway = createGateway({
    apiKeys: [KEY],
    scenario: { wire, reply: ({ request }) => (request.messages.some(({ role }) => role === 'tool') ? then : first) },
  });
  return { gateway, openrouter: createOpenRouter({ apiKey: KEY, baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch, ...settings }) };
}

const prompt = 'When can I set sail?';
const bodies = ({ requests }: Gateway): { [field: string]: unknown }[] => requests.map(({ body }) => body as { [field: string]: unknown });

const secondTurn = [
  { role: 'user', content: prompt },
  {
    role: 'assistant', content: null, reasoning: 'The tides first.Now the wind.', reasoning_details: details,
    tool_calls: [{ id: 'call_wind', type: 'function', function: { name: 'wind', arguments: '{"place":"Alesund"}' } }],
  },
  { role: 'tool', tool_call_id: 'call_wind', name: 'wind', content: '{"place":"Alesund","knots":12}' },
];

const parameters = { max_results: 3, allowed_domains: ['example.com'], user_location: { type: 'approximate', country: 'NO' } };
const ran = [
  { type: 'tool-result', toolName: 'web', input: { query: 'tides at Alesund' }, output: { pages: [{ url: 'https://example.com/tides' }] }, providerExecuted: true },
  { type: 'tool-result', toolName: 'wind', output: { place: 'Alesund', knots: 12 } },
];

describe('a server tool beside a function, over two steps', () => {
  it('without streaming', async () => {
    const { gateway, openrouter } = open();
    const result = await generateText({ model: openrouter('acme/atlas'), tools, stopWhen: isStepCount(5), prompt });
    expect(result.steps.map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'stop']);
    expect(result.steps[0]?.toolResults).toMatchObject(ran);
    expect(result.sources).toMatchObject([{ url: 'https://example.com/tides' }]);
    const [first, second] = bodies(gateway);
    expect(first?.['tools']).toMatchObject([{ type: 'openrouter:web_search', parameters }, { type: 'function' }]);
    expect(second?.['messages']).toEqual(secondTurn);
  });

  // Packets of a few bytes, texts of one letter, thinking after the signature: what is shown and replayed is the same.
  it.each<Wire>([{}, { packets: { size: 7 } }, { packets: 'whole' }, { textSize: 1, signature: 'with-text', reasoningText: false }, { emptyReasoningDetails: true, idleContent: 'null' }])(
    'as a stream: %j',
    async (wire) => {
      const { gateway, openrouter } = open({}, wire);
      const result = streamText({ model: openrouter('acme/atlas'), tools, stopWhen: isStepCount(5), prompt });
      const types: string[] = [];
      for await (const { type } of result.stream) if (type !== 'ping' && !type.includes('delta')) types.push(type);
      const stepsOf = types.join(' ').split('start-step ').slice(1);
      expect(stepsOf[0]).toContain('reasoning-end tool-call tool-result reasoning-start reasoning-end tool-input-start tool-input-end tool-call');
      expect((await result.steps)[0]?.toolResults).toMatchObject(ran);
      expect(await result.text).toBe('High water at noon.');
      expect(bodies(gateway)[1]?.['messages']).toEqual(secondTurn);
    },
  );

  it('in an agent', async () => {
    const { gateway, openrouter } = open();
    const agent = new ToolLoopAgent({ model: openrouter('acme/atlas'), tools });
    const result = await agent.generate({ prompt });
    expect(result.text).toBe('High water at noon.');
    expect(gateway.requests).toHaveLength(2);
  });
});

describe('the policy', () => {
  const nested: ServerTool = { type: 'openrouter:image_generation', parameters: { model: 'bolt/brush' } };

  it('tells that nobody can vouch for what a search sends elsewhere', async () => {
    const { openrouter } = open({ provider: { zdr: true } });
    const { steps } = await generateText({ model: openrouter('acme/atlas'), tools, prompt });
    expect(steps[0]?.providerMetadata?.['openrouter']).toMatchObject({ receipt: { verdict: { overall: 'unverifiable', guardrails: { zdr: { verdict: 'unverifiable' } } } } });
  });

  it.each([
    ['an advisor', ready.tools.advisor({ model: 'bolt/sage' })],
    ['what an advisor may use', ready.tools.advisor({ model: 'acme/atlas', tools: [nested] })],
    ['a panel', ready.tools.fusion({ analysisModels: ['bolt/sage'], model: 'acme/atlas' })],
  ])('refuses the model of %s, and sends nothing', async (_, made) => {
    const { gateway, openrouter } = open({ allowedModels: ['acme/*'] });
    await expect(generateText({ model: openrouter('acme/atlas'), tools: { made }, prompt })).rejects.toThrow('bolt/');
    expect(gateway.requests).toEqual([]);
  });
});
