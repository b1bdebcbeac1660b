import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otelHooks, type OtelOptions } from '../src/otel.js';
import { answer, collect, failure, fake, HELLO, json, KEY, openBody, rejection, REQUEST, text } from './kit.js';

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

function record(replies: Parameters<typeof fake>[0], options: OtelOptions = {}, client: Parameters<typeof fake>[1] = {}) {
  const spans = new InMemorySpanExporter();
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).getTracer('test');
  const points = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: points, exportIntervalMillis: 1_000_000 });
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
  const made = fake(replies, { ...client, hooks: otelHooks({ tracer, meter, ...options }) });
  const measured = async (): Promise<Record<string, { attributes: object; value: { count: number; sum: number } }[]>> => {
    await reader.forceFlush();
    const { metrics } = points.getMetrics().at(-1)?.scopeMetrics[0] ?? { metrics: [] };
    return Object.fromEntries(metrics.map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints as never]));
  };
  return { ...made, tracer, spans: (): ReadableSpan[] => spans.getFinishedSpans(), measured };
}

describe('a span', () => {
  it('covers a call with all its attempts, by the conventions', async () => {
    const { openrouter, spans } = record([failure(503, 'busy'), json(answer())]);
    await openrouter.chat({ ...REQUEST, temperature: 0.5, max_tokens: 9, stop: 'x', session_id: 's-1' });
    const [span = expect.unreachable(), ...others] = spans();
    expect(others).toEqual([]);
    expect([span.name, span.kind, span.status.code]).toEqual(['chat a/b', SpanKind.CLIENT, SpanStatusCode.UNSET]);
    expect(span.attributes).toEqual({
      'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openrouter', 'gen_ai.request.model': 'a/b', 'server.address': 'openrouter.ai', 'server.port': 443,
      'gen_ai.request.temperature': 0.5, 'gen_ai.request.max_tokens': 9, 'gen_ai.request.stop_sequences': ['x'], 'gen_ai.conversation.id': 's-1',
      'gen_ai.response.id': 'gen-1', 'gen_ai.response.model': 'a/b', 'gen_ai.response.finish_reasons': ['stop'], 'openrouter.provider.name': 'Acme',
      'gen_ai.usage.input_tokens': 3, 'gen_ai.usage.output_tokens': 2,
    });
    expect(span.events.map(({ name }) => name)).toEqual(['openrouter.attempt', 'openrouter.retry', 'openrouter.attempt']);
    expect(span.events[1]?.attributes).toEqual({ retry: 1, wait_ms: 250, 'error.type': '503' });
  });

  it('is a child of the span that is active where the call is made, each of its own', async () => {
    const { openrouter, spans, tracer } = record([json(answer())], {}, { maxConcurrent: 1 });
    const call = (name: string, model: string): Promise<unknown> =>
      tracer.startActiveSpan(name, async (parent) => {
        await openrouter.chat({ ...REQUEST, model });
        parent.end();
      });
    await Promise.all([call('one', 'a/1'), call('two', 'a/2'), call('three', 'a/3')]);
    const byName = new Map(spans().map((span) => [span.name, span]));
    for (const [parent, child] of [['one', 'chat a/1'], ['two', 'chat a/2'], ['three', 'chat a/3']] as const) {
      expect(byName.get(child)?.parentSpanContext?.spanId).toBe(byName.get(parent)?.spanContext().spanId);
    }
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  it('of a stream ends when the stream does, also where it is left or breaks', async () => {
    const { openrouter, spans } = record([HELLO()]);
    const stream = await openrouter.stream(REQUEST);
    expect(spans()).toEqual([]);
    await collect(stream);
    expect(spans()[0]?.attributes).toMatchObject({ 'gen_ai.request.stream': true, 'gen_ai.response.time_to_first_chunk': 0, 'gen_ai.usage.output_tokens': 2 });

    const body = openBody();
    const broken = record([body.response]);
    body.push(text('Hel'));
    const opened = await broken.openrouter.stream(REQUEST);
    body.fail(new Error('reset'));
    await rejection(collect(opened));
    expect(broken.spans()[0]).toMatchObject({ status: { code: SpanStatusCode.ERROR }, attributes: { 'error.type': 'stream_error', 'gen_ai.response.id': 'gen-1' } });

    const left = record([HELLO()]);
    for await (const _ of left.openrouter.stream(REQUEST)) break;
    expect(left.spans()).toHaveLength(1);
  });

  it('of a call that fails has the class of its error, and no message', async () => {
    const { openrouter, spans } = record([failure(401, 'my private prompt')]);
    await rejection(openrouter.chat(REQUEST));
    await rejection(openrouter.chat(REQUEST, { signal: AbortSignal.abort() }));
    expect(spans().map(({ status, attributes }) => [status, attributes['error.type']])).toEqual([[{ code: SpanStatusCode.ERROR }, '401'], [{ code: SpanStatusCode.ERROR }, 'AbortError']]);
  });

  it('holds contents only when asked, and never the key', async () => {
    const messages = [{ role: 'system' as const, content: 'Be brief' }, { role: 'user' as const, content: [{ type: 'text' as const, text: 'my private prompt' }] }];
    const reply = answer({ content: 'my private answer', tool_calls: [{ id: 't1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }] });
    const all = (spans: ReadableSpan[]): string => JSON.stringify(spans.map(({ attributes, events }) => [attributes, events]));
    const off = record([json(reply)]);
    await off.openrouter.chat({ model: 'a/b', messages });
    expect(all(off.spans())).not.toMatch(/private|Be brief/);
    const on = record([json(reply)], { contents: true });
    await on.openrouter.chat({ model: 'a/b', messages });
    const { attributes } = on.spans()[0] ?? expect.unreachable();
    expect(JSON.parse(String(attributes['gen_ai.input.messages']))).toEqual([
      { role: 'system', parts: [{ type: 'text', content: 'Be brief' }] },
      { role: 'user', parts: [{ type: 'text', content: 'my private prompt' }] },
    ]);
    expect(JSON.parse(String(attributes['gen_ai.output.messages']))).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'my private answer' }, { type: 'tool_call', id: 't1', name: 'look', arguments: { at: 1 } }], finish_reason: 'stop' },
    ]);
    expect(all([...off.spans(), ...on.spans()])).not.toContain(KEY);
  });
});

describe('a span ends once', () => {
  const boom = (): never => {
    throw new Error('boom');
  };
  const opened = (): Response => {
    const body = openBody();
    body.push(text('a'));
    return body.response;
  };
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  it.each<[string, (made: ReturnType<typeof record>['openrouter'], controller: AbortController) => Promise<unknown>]>([
    ['where the reader leaves', async (openrouter) => { for await (const _ of openrouter.stream(REQUEST)) break; }],
    ['where the reader throws', async (openrouter) => { for await (const _ of openrouter.stream(REQUEST).textStream) boom(); }],
    ['where it is cancelled twice', async (openrouter) => {
      const stream = await openrouter.stream(REQUEST);
      await Promise.all([stream.cancel(), stream.cancel()]);
    }],
    ['where it is cancelled before it is open', async (openrouter) => {
      const stream = openrouter.stream(REQUEST);
      const whole = stream.final();
      await stream.cancel();
      await whole;
    }],
    ['where the page closes', async (openrouter) => {
      const reader = openrouter.stream(REQUEST).toReadableStream().getReader();
      await reader.read();
      await reader.cancel();
    }],
    ['where the signal aborts while it is read', async (openrouter, controller) => { for await (const _ of openrouter.stream(REQUEST, { signal: controller.signal })) controller.abort(); }],
    ['where the signal aborts and nobody reads', async (openrouter, controller) => {
      await openrouter.stream(REQUEST, { signal: controller.signal });
      controller.abort();
      await turn();
    }],
    ['where another hook throws at its beginning', (openrouter) => openrouter.stream(REQUEST, { hooks: { onStart: boom } }).final()],
    ['where another hook throws at its first content', (openrouter) => openrouter.stream(REQUEST, { hooks: { onFirstToken: boom } }).final()],
    ['where another hook throws at its end', async (openrouter) => { for await (const _ of openrouter.stream(REQUEST, { hooks: { onFinish: boom } })) break; }],
    ['where there is no key', (openrouter) => openrouter.stream(REQUEST).final()],
  ])('%s', async (how, work) => {
    const { openrouter, spans } = record([opened], {}, how.includes('key') ? { apiKey: boom } : {});
    await Promise.resolve(work(openrouter, new AbortController())).catch(() => {});
    await turn();
    expect(spans()).toHaveLength(1);
  });

  it('and what it was aborted with reaches a reader that comes late', async () => {
    const controller = new AbortController();
    const { openrouter, spans } = record([opened]);
    const stream = await openrouter.stream(REQUEST, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await turn();
    expect(await rejection(collect(stream))).toMatchObject({ message: 'enough' });
    expect(await rejection(stream.final())).toMatchObject({ message: 'enough' });
    expect(spans()).toHaveLength(1);
  });
});

it('metrics: durations, tokens and first chunks', async () => {
  const { openrouter, measured } = record([json(answer()), HELLO(), failure(401, 'no')]);
  await openrouter.chat(REQUEST);
  await openrouter.stream(REQUEST).final();
  await rejection(openrouter.chat(REQUEST));
  const metrics = await measured();
  const common = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openrouter', 'gen_ai.request.model': 'a/b', 'server.address': 'openrouter.ai', 'server.port': 443 };
  expect(metrics['gen_ai.client.operation.duration']).toMatchObject([
    { attributes: { ...common, 'gen_ai.response.model': 'a/b' }, value: { count: 2 } },
    { attributes: { ...common, 'error.type': '401' }, value: { count: 1 } },
  ]);
  expect(metrics['gen_ai.client.token.usage']).toMatchObject([
    { attributes: { ...common, 'gen_ai.token.type': 'input' }, value: { count: 2, sum: 6 } },
    { attributes: { ...common, 'gen_ai.token.type': 'output' }, value: { count: 2, sum: 4 } },
  ]);
  expect(metrics['gen_ai.client.operation.time_to_first_chunk']).toMatchObject([{ attributes: common, value: { count: 1 } }]);
});

it('without a provider it does nothing, and costs no call', async () => {
  const { openrouter } = fake([json(answer())], { hooks: otelHooks() });
  expect((await openrouter.chat(REQUEST)).text).toBe('Hello');
});
