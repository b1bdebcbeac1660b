import type { AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import type { Runnable } from '@langchain/core/runnables';
import type { BaseLanguageModelInput } from '@langchain/core/language_models/base';
import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { ChatOpenRouter, type ChatOpenRouterCallOptions, type ChatOpenRouterInput, type OpenRouterEmbeddingsCallOptions, type OpenRouterRerankCallOptions } from '../src/index.js';

describe('types', () => {
  const chat = new ChatOpenRouter('a/b', { apiKey: 'k' });

  it('knows what comes out', () => {
    expectTypeOf<ReturnType<ChatOpenRouter['invoke']>>().resolves.toEqualTypeOf<AIMessageChunk>();
    const Person = z.object({ name: z.string() });
    expectTypeOf(chat.withStructuredOutput(Person)).toEqualTypeOf<Runnable<BaseLanguageModelInput, { name: string }>>();
    expectTypeOf(chat.withStructuredOutput(Person, { includeRaw: true })).toEqualTypeOf<Runnable<BaseLanguageModelInput, { raw: BaseMessage; parsed: { name: string } }>>();
    expectTypeOf(chat.bindTools([])).toEqualTypeOf<Runnable<BaseLanguageModelInput, AIMessageChunk, ChatOpenRouterCallOptions>>();
  });

  it('takes both spellings of preferences, and nothing that would be ignored', () => {
    expectTypeOf<{ provider: { zdr: true; data_collection: 'deny' } }>().toExtend<ChatOpenRouterInput>();
    expectTypeOf<{ provider: { dataCollection: 'deny' } }>().toExtend<ChatOpenRouterCallOptions>();
    expectTypeOf<{ provider: { data_collection: 'denyy' } }>().not.toExtend<ChatOpenRouterInput>();
    expectTypeOf<{ temperature: string }>().not.toExtend<ChatOpenRouterCallOptions>();
    // LangChain's retries are the only ones.
    expectTypeOf<ChatOpenRouterInput>().not.toHaveProperty('retry');
    expectTypeOf<ChatOpenRouterCallOptions>().not.toHaveProperty('retry');
    expectTypeOf<OpenRouterEmbeddingsCallOptions>().not.toHaveProperty('retry');
    expectTypeOf<OpenRouterRerankCallOptions>().not.toHaveProperty('retry');
    expectTypeOf<OpenRouterRerankCallOptions>().not.toHaveProperty('failover');
    expectTypeOf<ChatOpenRouterInput>().not.toHaveProperty('maxConcurrent');
    expectTypeOf<ChatOpenRouterInput>().toHaveProperty('maxConcurrency');
    expectTypeOf<ChatOpenRouterInput>().toHaveProperty('maxRetries');
    expectTypeOf<ChatOpenRouterCallOptions>().not.toHaveProperty('apiKey');
  });
});
