import { HumanMessage } from '@langchain/core/messages';
import { StructuredTool } from '@langchain/core/tools';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod/v3';
import { ChatOpenRouter, type ChatOpenRouterInput } from '../src/index.js';
import { fakeServer, json, response } from './fake-server.js';

// What LangChain expects of every chat model, before it asks anything.

beforeEach(() => void vi.stubEnv('OPENROUTER_API_KEY', 'sk-env'));
afterEach(() => void vi.unstubAllEnvs());

const Sailor = z.object({ name: z.string().describe('What they are called'), age: z.number().int().positive() }).describe('A sailor');

class SailorTool extends StructuredTool {
  name = 'SailorTool';
  description = 'A sailor';
  schema = Sailor;
  protected async _call(input: z.infer<typeof Sailor>): Promise<string> {
    return JSON.stringify(input);
  }
}

/** What other models take and this one does not is passed to it too. */
const STANDARD = { temperature: 0, maxTokens: 100, timeout: 60, stopSequences: [], maxRetries: 2 };
const make = (more: ChatOpenRouterInput = {}): ChatOpenRouter => new ChatOpenRouter({ model: 'openai/gpt-4o', ...STANDARD, ...more });

describe('a chat model', () => {
  it('is made with the standard settings, by a key of its own or of the environment', () => {
    expect(make()).toMatchObject({ temperature: 0, maxTokens: 100, apiKey: 'sk-env' });
    vi.stubEnv('OPENROUTER_API_KEY', '');
    expect(make({ apiKey: 'sk-own' }).apiKey).toBe('sk-own');
  });

  it('is made to stream', () => {
    expect(make({ streaming: true }).streaming).toBe(true);
  });

  it('is bound to tools and to structure', () => {
    expect(make().bindTools([new SailorTool()])).toBeDefined();
    expect(make().withStructuredOutput(Sailor)).toBeDefined();
  });

  it('tells LangSmith all standard parameters', () => {
    expect(Object.keys(make().getLsParams({})).sort()).toEqual(['ls_max_tokens', 'ls_model_name', 'ls_model_type', 'ls_provider', 'ls_stop', 'ls_temperature']);
    expect(make().getLsParams({})).toMatchObject({ ls_provider: 'openrouter', ls_model_name: 'openai/gpt-4o', ls_model_type: 'chat', ls_temperature: 0, ls_max_tokens: 100 });
  });

  it.each([undefined, true])('asks nothing once its signal has aborted (streaming: %s)', async (streaming) => {
    const server = fakeServer(() => json(response({ content: 'x' })));
    const model = make({ fetch: server.fetch, streaming });
    const signal = AbortSignal.abort();
    await expect(model.invoke([new HumanMessage('hello')], { signal })).rejects.toThrow();
    const chunks: unknown[] = [];
    await expect((async () => {
      for await (const chunk of await model.stream([new HumanMessage('hello')], { signal })) chunks.push(chunk);
    })()).rejects.toThrow();
    expect([chunks, server.bodies]).toEqual([[], []]);
  });
});
