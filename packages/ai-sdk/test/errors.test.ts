import { APICallError } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { inspect } from 'node:util';
import { chunk, json, last, PROMPT, serve, sse, collect, type Reply } from './support/fake-server.js';

const failure = (code: number, metadata?: object) => ({ error: { code, message: 'It broke', ...(metadata && { metadata }) } });

async function rejection(reply: Reply, stream = false, settings = {}): Promise<APICallError> {
  const model = serve(reply, settings).openrouter('acme/atlas', { user: 'u' });
  const error: unknown = await (stream ? model.doStream({ prompt: PROMPT }) : model.doGenerate({ prompt: PROMPT })).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!APICallError.isInstance(error)) throw new Error(`expected an APICallError, got ${String(error)}`);
  return error;
}

describe('an error of the server', () => {
  it.each([
    ['by status', json(failure(503), 503), 503, true],
    ['of the request', json(failure(400), 400), 400, false],
    ['with status 200', json(failure(502)), 502, true],
    ['in a choice', json({ id: 'gen-1', choices: [{ index: 0, finish_reason: 'error', message: { role: 'assistant', content: '' }, error: { code: 429, message: 'It broke' } }] }), 429, true],
  ])('is an APICallError: %s', async (_, reply, statusCode, isRetryable) => {
    const error = await rejection(reply);
    expect(error).toMatchObject({ statusCode, isRetryable, message: expect.stringContaining('It broke'), url: 'https://openrouter.ai/api/v1/chat/completions', cause: { name: 'APIError', status: statusCode } });
    expect(error.responseBody).toContain('It broke');
  });

  it('as the first event of a stream rejects, and may be retried', async () => {
    expect(await rejection(sse([failure(502)]), true)).toMatchObject({ statusCode: 502, isRetryable: true });
  });

  it('of a stream with nothing in it rejects, and may be retried', async () => {
    expect(await rejection(sse([chunk({})], { done: false }), true)).toMatchObject({ isRetryable: true, cause: { name: 'StreamError' } });
  });

  it('carries the delay where the AI SDK looks for it', async () => {
    expect((await rejection(json(failure(429, { retry_after_seconds: 3 }), 429))).responseHeaders).toMatchObject({ 'retry-after-ms': '3000' });
    expect((await rejection(json(failure(429), 429, { 'retry-after': '7' }))).responseHeaders).toMatchObject({ 'retry-after': '7' });
  });

  it('holds neither key nor prompt, however it is printed', async () => {
    const error = await rejection(json(failure(400), 400));
    expect(error.requestBodyValues).toEqual({ model: 'acme/atlas', user: 'u' });
    const printed = inspect(error, { depth: 9 }) + JSON.stringify(error) + String(error.stack);
    expect(printed).not.toContain('Hello');
    expect(printed).not.toContain('sk-or-v1-test-secret');
  });
});

describe('an error on the way', () => {
  it('of the network may be retried', async () => {
    expect(await rejection(() => Promise.reject(new TypeError('fetch failed')))).toMatchObject({ isRetryable: true, statusCode: undefined, cause: { name: 'NetworkError' } });
  });

  it('of time may be retried', async () => {
    const timer = (_: number, callback: () => void) => {
      queueMicrotask(callback);
      return () => {};
    };
    expect(await rejection(() => new Promise(() => {}), false, { timeout: 10, effects: { timer } })).toMatchObject({ isRetryable: true, cause: { name: 'TimeoutError', kind: 'response' } });
  });

  it('that is an abort stays what it is, before and within the stream', async () => {
    const reason = new Error('enough');
    const model = serve(sse([chunk({ content: 'Hi' }), last('stop')])).openrouter('acme/atlas');
    await expect(model.doGenerate({ prompt: PROMPT, abortSignal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const { stream } = await model.doStream({ prompt: PROMPT, abortSignal: controller.signal });
    controller.abort(reason);
    await expect(collect(stream)).rejects.toBe(reason);
  });

  it('does not arise from leaving a stream: its body is cancelled', async () => {
    let cancelled: unknown;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(chunk({ content: 'x' }))}\n\n`)),
      cancel: (reason) => {
        cancelled = reason;
      },
    });
    const { stream } = await serve(() => new Response(body, { headers: { 'content-type': 'text/event-stream' } })).openrouter('acme/atlas').doStream({ prompt: PROMPT });
    await stream.cancel('bye');
    expect(cancelled).toBe('bye');
  });
});
