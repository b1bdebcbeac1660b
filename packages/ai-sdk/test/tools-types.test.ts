import type { JSONValue } from '@ai-sdk/provider';
import { generateText, type InferUITools, jsonSchema, tool, ToolLoopAgent, type ToolSet } from 'ai';
import { expectTypeOf, it } from 'vitest';
import { createOpenRouter } from '../src/index.js';
import { openRouterTools, type OpenRouterTool } from '../src/tools/tools.js';

const model = createOpenRouter({ apiKey: 'sk-or-v1-test' })('acme/atlas');
const tools = {
  web: openRouterTools.webSearch({ maxResults: 3 }),
  mine: tool({ inputSchema: jsonSchema<{ city: string }>({ type: 'object' }), execute: async ({ city }) => ({ city, degrees: 21 }) }),
};

it('gives tools that the AI SDK takes, beside others, and without a context', () => {
  expectTypeOf(tools).toExtend<ToolSet>();
  expectTypeOf(openRouterTools.webSearch()).toEqualTypeOf<OpenRouterTool>();
  const agent = (): ToolLoopAgent<never, typeof tools> => new ToolLoopAgent({ model, tools });
  expectTypeOf(agent).returns.toHaveProperty('generate');
});

it('types calls and results by the names that the caller gave, as JSON', () => {
  const run = () => generateText({ model, tools, prompt: 'Hi' });
  type Result = Awaited<ReturnType<typeof run>>;
  type Call = Extract<Result['staticToolCalls'][number], { toolName: 'web' }>;
  type Output = Extract<Result['staticToolResults'][number], { toolName: 'web' }>;
  type Mine = Extract<Result['staticToolResults'][number], { toolName: 'mine' }>;
  expectTypeOf<Call['input']>().toEqualTypeOf<JSONValue>();
  expectTypeOf<Output['output']>().toEqualTypeOf<JSONValue>();
  expectTypeOf<Mine['output']>().toEqualTypeOf<{ city: string; degrees: number }>();
  expectTypeOf<InferUITools<typeof tools>['web']>().toEqualTypeOf<{ input: JSONValue; output: JSONValue }>();
});

it('knows the options of each tool', () => {
  openRouterTools.webSearch({ engine: 'some-new-engine', userLocation: { type: 'approximate', country: 'NO' } });
  openRouterTools.imageGeneration({ model: 'acme/painter', aspectRatio: '16:9', someNewSetting: 1 });
  openRouterTools.fusion({ analysisModels: ['acme/a'], preset: 'general-fast' });
  openRouterTools.advisor({ reasoning: { effort: 'high', maxTokens: 1000 } });
  // @ts-expect-error an option that does not exist
  openRouterTools.webSearch({ maxResult: 3 });
  // @ts-expect-error a value of the wrong type
  openRouterTools.webSearch({ maxResults: '3' });
  // @ts-expect-error an option of another tool
  openRouterTools.datetime({ maxResults: 3 });
  expectTypeOf(openRouterTools.files).parameter(0).toExtend<{ allowWrites?: boolean } | undefined>();
});
