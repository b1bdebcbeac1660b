import { toStandardJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { ChatResult, OpenRouter } from '../src/index.js';
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
