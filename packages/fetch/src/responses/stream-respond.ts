import { type CallOptions, openResponses, outputText, type ResponsesEvent, type ResponsesResponse } from '@waypost/core';
import { configOf } from '../config-of.js';
import type { OpenRouter } from '../create-openrouter.js';
import type { OpenResultStream, StreamKind } from '../result-stream.js';
import { streamRoute } from '../stream-route.js';
import { convertResult, type RespondResult } from './convert-result.js';
import type { RespondInput } from './request.js';

/** A stream of the events of `/responses`: see {@link OpenResultStream}. */
export interface OpenResponseStream extends OpenResultStream<ResponsesEvent, RespondResult> {}

/**
 * A stream that the first read starts. Awaiting it starts it too, and gives the same stream once its first content has arrived, or
 * throws what kept it from coming.
 */
export interface ResponseStream extends OpenResponseStream, PromiseLike<OpenResponseStream> {}

/** Finds the pieces of text of one stream; where there were none, the text of the end, which a server may send alone. */
function createTextPicker(): (packet: readonly ResponsesEvent[]) => string[] {
  let some = false;
  return (packet) => {
    const texts: string[] = [];
    // hot: once per event
    for (const { type, delta, response } of packet) {
      const text = type === 'response.output_text.delta' ? delta : some || !Array.isArray(response?.output) ? '' : outputText(response.output);
      if (typeof text === 'string' && text !== '') texts.push(text);
      some ||= texts.length > 0;
    }
    return texts;
  };
}

// What a response repeats of its request; `debug` is what went to the provider.
const ECHOES = ['instructions', 'input', 'prompt', 'tools', 'metadata', 'user', 'safety_identifier', 'session_id', 'prompt_cache_key', 'models', 'provider', 'plugins', 'trace', 'debug'];
const KEPT_BACK: ReadonlySet<string> = new Set(['openrouter_metadata', ...ECHOES]);

function passedOn(event: ResponsesEvent): ResponsesEvent {
  const { type, sequence_number, response } = event;
  if (type === 'response.debug') return { type, ...(sequence_number !== undefined && { sequence_number }) };
  // hot: all but the first events and the last one have none of these
  if (response === undefined && event['openrouter_metadata'] === undefined && event['debug'] === undefined) return event;
  const { openrouter_metadata: _router, debug: _debug, ...told } = event;
  if (typeof response !== 'object' || response === null) return told;
  return { ...told, response: { ...Object.fromEntries(Object.entries(response).filter(([field]) => !KEPT_BACK.has(field))), output: response.output } };
}

const codeOf = (status: number): string => (status === 429 ? 'rate_limit_exceeded' : status < 500 ? 'invalid_prompt' : 'server_error');

const RESPONSES: StreamKind<ResponsesEvent, ResponsesResponse, RespondResult> = {
  textsOf: createTextPicker,
  toResult: (call) => convertResult(call.accumulator.response(), call.receipt(), call.warnings),
  errorEvent: (error) => ({ type: 'error', code: codeOf(error.code), message: error.message, param: null, error }),
  passedOn,
};

/**
 * The same as `respond`, event by event. Nothing is sent before the first read or await.
 *
 * @param options as for `stream`.
 * @throws as `respond`, from each read, from `final()` and from awaiting it. @throws {StreamError} where it breaks later: what had arrived is in
 * `partial`, its items in `partial.output`.
 * @example
 * const stream = streamRespond(openrouter, { model: 'openai/gpt-5.1', input: 'Tell me about tides.' });
 * for await (const text of stream.textStream) process.stdout.write(text);
 * const { usage, receipt } = await stream.final();
 * @example
 * return (await streamRespond(openrouter, request)).toResponse(); // throws here if no provider could serve
 */
export function streamRespond(client: OpenRouter, request: RespondInput, options?: CallOptions): ResponseStream {
  return streamRoute(async (call) => openResponses(configOf(client), call), request, options, RESPONSES);
}
