import { toStandardJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { compareModels, type CompareOptions, type ModelComparison } from '../src/compare.js';
import type { CallOptions, ChatResult, OpenRouter, OpenRouterError } from '../src/index.js';
import { generateObject, type ObjectResult, type StandardSchema } from '../src/structured.js';
import { progressOf, runTools, type StepChanges, tool, type ToolContext, type ToolDefinition, type ToolProgress, type ToolRun, type ToolStep } from '../src/tools.js';
import { fake, json, answer, REQUEST } from './kit.js';

describe('types of the tool loop', () => {
  const { openrouter } = fake([json(answer())]);

  it('infers the input of each tool from its own schema', async () => {
    const run = runTools(openrouter, REQUEST, {
      tools: {
        zod: {
          parameters: z.object({ city: z.string(), days: z.string().transform(Number) }),
          execute: (input, context) => {
            expectTypeOf(input).toEqualTypeOf<{ city: string; days: number }>();
            expectTypeOf(context).toEqualTypeOf<ToolContext>();
          },
        },
        valibot: { parameters: toStandardJsonSchema(v.object({ deep: v.array(v.number()) })), execute: async ({ deep }) => expectTypeOf(deep).toEqualTypeOf<number[]>() },
        json: { parameters: { type: 'object' }, execute: (input) => expectTypeOf(input).toEqualTypeOf<unknown>() },
        apart: tool({ parameters: z.object({ a: z.boolean() }), execute: ({ a }) => expectTypeOf(a).toEqualTypeOf<boolean>() }),
        handedOut: { parameters: z.object({}) },
      },
    });
    expectTypeOf(run).resolves.toEqualTypeOf<ToolRun>();
    await run;
  });

  it('refuses a tool that reads what its schema does not have', () => {
    expectTypeOf(tool({ parameters: z.object({ a: z.number() }), execute: ({ a }) => a })).toEqualTypeOf<ToolDefinition<{ a: number }>>();
    // @ts-expect-error there is no b
    expectTypeOf(tool({ parameters: z.object({ a: z.number() }), execute: ({ b }) => b })).toBeObject();
    // @ts-expect-error a is a number
    expectTypeOf(tool({ parameters: z.object({ a: z.number() }), execute: (input: { a: string }) => input })).toBeObject();
  });

  it('of results, and of what may change from step to step', () => {
    expectTypeOf<ToolRun>().toExtend<ChatResult & ToolProgress>();
    expectTypeOf<ToolRun['stoppedBy']>().toEqualTypeOf<'finished' | 'max-steps' | 'pending-calls' | 'cut'>();
    expectTypeOf<ToolStep>().toExtend<ChatResult>();
    expectTypeOf(progressOf).returns.toEqualTypeOf<ToolProgress | undefined>();
    expectTypeOf<StepChanges['temperature']>().toEqualTypeOf<number | null | undefined>();
  });
});

describe('types of a comparison', () => {
  it('a row tells by `ok` whether it has a result or an error', () => {
    const read = (row: ModelComparison): ChatResult | OpenRouterError => (row.ok ? row.result : row.error);
    expectTypeOf(read).returns.toEqualTypeOf<ChatResult | OpenRouterError>();
    // @ts-expect-error neither is there before it is asked
    const result = (row: ModelComparison): unknown => row.result;
    expectTypeOf(result).returns.toBeUnknown();
    expectTypeOf(compareModels).parameter(2).toEqualTypeOf<readonly string[]>();
    expectTypeOf<CompareOptions>().toExtend<CallOptions>();
  });
});

describe('types of options', () => {
  it('what is misspelt, or of another function, does not compile', () => {
    const { openrouter } = fake([json(answer())]);
    // @ts-expect-error no option
    const tools = (): unknown => runTools(openrouter, REQUEST, { tools: {}, maxStep: 1 });
    // @ts-expect-error it takes a schema
    const none = (): unknown => generateObject(openrouter, REQUEST, {});
    // @ts-expect-error no mode
    const mode = (): unknown => generateObject(openrouter, REQUEST, { schema: z.object({}), mode: 'json' });
    // @ts-expect-error the stream is the loop's to ask for
    const stream = (): unknown => runTools(openrouter, { ...REQUEST, stream: true }, { tools: {} });
    expectTypeOf([tools, none, mode, stream]).toEqualTypeOf<(() => unknown)[]>();
  });
});

describe('types of structured output', () => {
  it('are those that the schema gives', () => {
    const object = <Output>(schema: StandardSchema<Output> | { type: string }) => (client: OpenRouter): Promise<ObjectResult<Output>> => generateObject(client, REQUEST, { schema });
    expectTypeOf(object(z.object({ at: z.string().transform(Number) }))).returns.resolves.toHaveProperty('object').toEqualTypeOf<{ at: number }>();
    expectTypeOf(object(z.array(z.enum(['ebb', 'flow'])))).returns.resolves.toHaveProperty('object').toEqualTypeOf<('ebb' | 'flow')[]>();
    expectTypeOf(object(v.object({ a: v.number() }))).returns.resolves.toHaveProperty('object').toEqualTypeOf<{ a: number }>();
    expectTypeOf(object({ type: 'object' })).returns.resolves.toHaveProperty('object').toEqualTypeOf<unknown>();
    expectTypeOf<ObjectResult<string>>().toExtend<ChatResult>();
  });
});
