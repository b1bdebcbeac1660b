import type { PartialResponse, ResponsesEvent, ResponsesOutputItem, ResponsesResponse } from '@waypost/core';
import { describe, expectTypeOf, it } from 'vitest';
import type { StreamError } from '../../src/index.js';
import { type OpenResponseStream, type RespondInput, respond, type RespondResult, type ResponseStream, streamRespond } from '../../src/responses/index.js';

/** Compiles only where `Given` may be passed as `Wanted`. */
type Takes<Wanted, Given> = Given extends Wanted ? true : false;

describe('types', () => {
  it('of results', () => {
    expectTypeOf(respond).returns.resolves.toEqualTypeOf<RespondResult>();
    expectTypeOf(streamRespond).returns.toEqualTypeOf<ResponseStream>();
    expectTypeOf<Awaited<ResponseStream>>().toEqualTypeOf<OpenResponseStream>();
    expectTypeOf<OpenResponseStream>().toExtend<AsyncIterable<ResponsesEvent>>();
    expectTypeOf<RespondResult['response']>().toEqualTypeOf<ResponsesResponse>();
    expectTypeOf<StreamError['partial']>().toEqualTypeOf<PartialResponse | undefined>();
    expectTypeOf<NonNullable<StreamError['partial']>['output']>().toEqualTypeOf<ResponsesOutputItem[] | undefined>();
  });

  it('of requests: what comes out goes in again, and unknown fields may be sent', () => {
    expectTypeOf<{ input: ResponsesOutputItem[]; a_field_of_tomorrow: number }>().toExtend<RespondInput>();
    expectTypeOf<{ input: 'hi'; models: ['a/b', { model: 'c/d'; maxPrice: { prompt: 1 } }]; provider: { dataCollection: 'deny' } }>().toExtend<RespondInput>();
    expectTypeOf<Takes<RespondInput, { model: 'a/b' }>>().toEqualTypeOf<false>();
    expectTypeOf<Takes<RespondInput, { input: 'hi'; stream: true }>>().toEqualTypeOf<false>();
    expectTypeOf<Takes<RespondInput, { input: 'hi'; store: true }>>().toEqualTypeOf<false>();
    expectTypeOf<Takes<RespondInput, { input: 'hi'; temperature: 'hot' }>>().toEqualTypeOf<false>();
  });
});
