import { describe, expectTypeOf, it } from 'vitest';
import type { ChatChunk, ChatResponse, Model, Receipt } from '@waypost/core';
import { type ChatInput, type ChatResult, createOpenRouter, type EmbedInput, type ModelQuery, type OpenChatStream, type OpenRouter, type OpenRouterOptions, type Pages } from '../src/index.js';
import { streamComplete } from '../src/completions.js';
import { fromSSE } from '../src/from-sse.js';
import { videos } from '../src/media/index.js';

/** Compiles only where `Given` may be passed as `Wanted`, literal by literal. */
type Takes<Wanted, Given> = Given extends Wanted ? true : false;

describe('types', () => {
  const openrouter = createOpenRouter({ apiKey: 'k' });
  const messages = [{ role: 'user' as const, content: 'hi' }];

  it('of results', () => {
    expectTypeOf(openrouter).toEqualTypeOf<OpenRouter>();
    expectTypeOf<OpenRouter['chat']>().returns.resolves.toEqualTypeOf<ChatResult>();
    expectTypeOf<ChatResult['response']>().toEqualTypeOf<ChatResponse>();
    expectTypeOf<ChatResult['receipt']>().toEqualTypeOf<Receipt | undefined>();
    expectTypeOf<Awaited<ReturnType<OpenRouter['stream']>>>().toEqualTypeOf<OpenChatStream>();
    expectTypeOf<OpenChatStream>().toExtend<AsyncIterable<ChatChunk>>();
    expectTypeOf<OpenChatStream['textStream']>().toExtend<AsyncIterable<string>>();
    expectTypeOf<OpenRouter['models']['list']>().returns.resolves.toEqualTypeOf<Model[]>();
    expectTypeOf<ReturnType<OpenRouter['models']['user']>>().toEqualTypeOf<Pages<Model>>();
    expectTypeOf<Pages<Model>>().toExtend<AsyncIterable<Model>>();
    expectTypeOf<OpenRouter['models']['count']>().returns.resolves.toEqualTypeOf<number>();
    expectTypeOf(fromSSE).returns.toEqualTypeOf<ReturnType<OpenRouter['stream']>>();
    expectTypeOf(streamComplete).returns.toEqualTypeOf<ReturnType<OpenRouter['stream']>>();
    expectTypeOf(videos.download).returns.resolves.toEqualTypeOf<{ bytes: Uint8Array<ArrayBuffer>; mediaType: string }>();
  });

  it('known fields keep their types, unknown ones may be sent', () => {
    expectTypeOf<ChatInput['temperature']>().toEqualTypeOf<number | null | undefined>();
    expectTypeOf<{ messages: typeof messages; a_field_of_tomorrow: number }>().toExtend<ChatInput>();
    expectTypeOf<Takes<ChatInput, { messages: typeof messages; temperature: 'hot' }>>().toEqualTypeOf<false>();
    expectTypeOf<Takes<ChatInput, { model: 'a/b' }>>().toEqualTypeOf<false>();
    expectTypeOf<Takes<ChatInput, { messages: typeof messages; stream: true }>>().toEqualTypeOf<false>();
    expectTypeOf<Takes<ChatInput, { messages: { role: 'robot'; content: string }[] }>>().toEqualTypeOf<false>();
    expectTypeOf<{ messages: typeof messages; models: ['a/b', { model: 'c/d'; maxPrice: { prompt: 1 } }] }>().toExtend<ChatInput>();
  });

  it('of filters of the catalogue', () => {
    const query: ModelQuery = { output_modalities: ['text', 'a-modality-of-tomorrow'], sort: 'newest', max_price: 1, a_filter_of_tomorrow: true };
    // @ts-expect-error a known filter keeps its type
    const wrong: ModelQuery = { max_price: 'cheap' };
    expectTypeOf([query, wrong]).toEqualTypeOf<ModelQuery[]>();
  });

  it('preferences are strict, in both spellings', () => {
    const request: ChatInput = { messages, provider: { zdr: true, dataCollection: 'deny', max_price: { prompt: 1 } } };
    // @ts-expect-error a misspelt preference does not compile
    const misspelt: ChatInput = { messages, provider: { zrd: true } };
    // @ts-expect-error nor does a wrong value
    const wrong: ChatInput = { messages, provider: { data_collection: 'denyy' } };
    // @ts-expect-error nor in the options of a client
    const options: OpenRouterOptions = { provider: { allowFallback: false } };
    // @ts-expect-error nor for embeddings
    const embed: EmbedInput = { model: 'a/b', input: 'x', provider: { zrd: true } };
    // @ts-expect-error a policy option is no field of the request's provider
    const region: ChatInput = { messages, provider: { region: 'eu' } };
    expectTypeOf([request, misspelt, wrong, region]).toEqualTypeOf<ChatInput[]>();
    expectTypeOf(options).toEqualTypeOf<OpenRouterOptions>();
    expectTypeOf(embed).toEqualTypeOf<EmbedInput>();
  });
});
