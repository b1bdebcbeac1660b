import { describe, expect, it } from 'vitest';
import { eventCarries, eventEnding } from '../../src/responses/event-ending.js';
import { FINISHED } from '../../src/stream/error-of.js';
import type { ResponsesEvent } from '../../src/wire/responses-event.js';

const untold = 'The provider failed while generating, and gave no reason';

describe('eventEnding', () => {
  it.each<[string, ResponsesEvent, unknown]>([
    ['a beginning', { type: 'response.created' }, undefined],
    ['a beginning that has no error', { type: 'response.created', error: null }, undefined],
    ['the end', { type: 'response.completed', response: { status: 'completed', output: [] } }, FINISHED],
    ['a bare end', { type: 'response.incomplete' }, FINISHED],
    ['an end that failed', { type: 'response.completed', response: { status: 'failed', output: [] } }, { code: 502, message: untold }],
    ['a failure', { type: 'response.failed', response: { output: [], error: { code: 'server_error', message: 'Gone' } } }, { code: 'server_error', message: 'Gone' }],
    ['a failure of a known type', { type: 'response.failed', response: { output: [], error: { code: 'server_error', message: 'Gone' }, error_type: 'authentication' } }, { code: 401, message: 'Gone', error_type: 'authentication' }],
    ['a failure of an unknown type', { type: 'response.failed', response: { output: [], error: { code: 'server_error', message: 'Gone' }, error_type: 'of_tomorrow' } }, { code: 'server_error', message: 'Gone', error_type: 'of_tomorrow' }],
    ['a failure without a word', { type: 'response.failed' }, { code: 502, message: untold }],
    ['a flat error', { type: 'error', code: 'rate_limit_exceeded', message: 'Slow', param: null }, { code: 'rate_limit_exceeded', message: 'Slow' }],
    ['an error within', { type: 'error', error: { code: 429, message: 'Slow', metadata: { retry_after_seconds: 2 } } }, { code: 429, message: 'Slow', metadata: { retry_after_seconds: 2 } }],
    ['an error as on chat', { type: '', error: { code: 503, message: 'Busy' } }, { code: 503, message: 'Busy' }],
  ])('%s', (_, event, expected) => {
    expect(eventEnding(event)).toEqual(expected);
  });
});

describe('eventCarries', () => {
  it.each<[boolean, Partial<ResponsesEvent>]>([
    [false, {}], [false, { type: 'response.created' }], [false, { type: 'response.in_progress' }], [false, { type: 'response.output_item.added' }],
    [false, { type: 'response.content_part.added' }], [false, { type: 'response.web_search_call.searching' }], [false, { type: 'response.debug' }],
    [false, { type: 'response.output_text.delta', delta: '' }], [true, { type: 'response.output_text.delta', delta: 'a' }], [true, { type: 'response.of_tomorrow.delta', delta: 'a' }],
    [true, { type: 'response.output_item.done' }], [true, { type: 'response.completed' }], [true, { type: 'error' }], [true, { type: 'response.image_generation_call.partial_image' }],
  ])('%s: %o', (expected, event) => {
    // an event of the wire may lack its type
    expect(eventCarries(event as ResponsesEvent)).toBe(expected);
  });
});
