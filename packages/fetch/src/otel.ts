import { type Attributes, context, type Histogram, type Meter, metrics, type Span, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { APIError, type CallInfo, type HookEvents, type Hooks, OpenRouterError, type RouteName, type TokenUsage } from '@waypost/core';
import { inputMessages, outputMessages } from './otel-messages.js';

/** Options of {@link otelHooks}; each may be left out. */
export interface OtelOptions {
  /** Default: that of the global provider, under the name `@waypost/fetch`. */
  tracer?: Tracer | undefined;
  /** Default: that of the global provider, under the name `@waypost/fetch`. */
  meter?: Meter | undefined;
  /** Whether spans hold what was asked and answered, and the messages of errors, which may quote it. Default `false`. */
  contents?: boolean | undefined;
}

const OPERATIONS: { readonly [Route in RouteName]?: string } = {
  chat: 'chat', responses: 'chat', messages: 'chat', completions: 'text_completion', embeddings: 'embeddings', images: 'generate_content', videos: 'generate_content', speech: 'generate_content',
};

/** Fields of a body that have an attribute. */
const FIELDS: readonly (readonly [field: string, attribute: string])[] = [
  ['max_tokens', 'max_tokens'], ['max_completion_tokens', 'max_tokens'], ['temperature', 'temperature'], ['top_p', 'top_p'], ['top_k', 'top_k'],
  ['frequency_penalty', 'frequency_penalty'], ['presence_penalty', 'presence_penalty'], ['seed', 'seed'],
];

const BOUNDS_S = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const BOUNDS_TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864];

interface Running {
  readonly span: Span;
  readonly startedAt: number;
  /** Those that metrics have too. */
  readonly common: Attributes;
}

function commonAttributes({ route, url, models }: CallInfo): Attributes {
  const { hostname, port, protocol } = new URL(url);
  return {
    'gen_ai.operation.name': OPERATIONS[route] ?? route,
    'gen_ai.provider.name': 'openrouter',
    'gen_ai.request.model': models[0],
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'http:' ? 80 : 443),
  };
}

function requestAttributes({ stream, body }: CallInfo): Attributes {
  const fields: { readonly [field: string]: unknown } = { ...body() };
  const attributes: Attributes = {};
  for (const [field, attribute] of FIELDS) {
    const value = fields[field];
    if (typeof value === 'number') attributes[`gen_ai.request.${attribute}`] = value;
  }
  const { stop, n, session_id: session } = fields;
  if (stream) attributes['gen_ai.request.stream'] = true;
  if (typeof stop === 'string' || Array.isArray(stop)) attributes['gen_ai.request.stop_sequences'] = [stop].flat().map(String);
  if (typeof n === 'number' && n !== 1) attributes['gen_ai.request.choice.count'] = n;
  if (typeof session === 'string') attributes['gen_ai.conversation.id'] = session;
  return attributes;
}

const usageAttributes = ({ inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens }: TokenUsage): Attributes => ({
  'gen_ai.usage.input_tokens': inputTokens,
  'gen_ai.usage.output_tokens': outputTokens,
  'gen_ai.usage.cache_read.input_tokens': cachedInputTokens,
  'gen_ai.usage.cache_creation.input_tokens': cacheWriteTokens,
  'gen_ai.usage.reasoning.output_tokens': reasoningTokens,
});

/** A word for the class of an error: the server's status, else our code, else its name. */
function errorType(error: unknown): string {
  if (APIError.isInstance(error)) return String(error.status);
  if (OpenRouterError.isInstance(error)) return error.code;
  return error instanceof Error ? error.name : '_OTHER';
}

/**
 * Hooks that write a span and metrics for each call, by the semantic conventions of OpenTelemetry for generative AI. A span covers the
 * whole call, retries, failovers and waits included, and a stream until it ends; attempts, retries and failovers are its events. Its
 * parent is the span that is active where the call is made. Needs `@opentelemetry/api`.
 *
 * Span: `chat author/slug`, kind client. Metrics: `gen_ai.client.operation.duration`, `gen_ai.client.token.usage`, and for streams
 * `gen_ai.client.operation.time_to_first_chunk`. Source: OpenTelemetry, semantic conventions for generative AI (in development).
 *
 * @example
 * import { otelHooks } from '@waypost/fetch/otel';
 * const openrouter = createOpenRouter({ hooks: otelHooks() });
 */
export function otelHooks({ tracer = trace.getTracer('@waypost/fetch'), meter, contents = false }: OtelOptions = {}): Hooks {
  const running = new WeakMap<CallInfo, Running>();
  let made: { readonly duration: Histogram; readonly firstChunk: Histogram; readonly tokens: Histogram } | undefined;
  /** Made with the first call, since a global meter that is asked for too early measures nothing. */
  const instruments = (): NonNullable<typeof made> => {
    const from = meter ?? metrics.getMeter('@waypost/fetch');
    const seconds = { unit: 's', advice: { explicitBucketBoundaries: BOUNDS_S } };
    return (made ??= {
      duration: from.createHistogram('gen_ai.client.operation.duration', { ...seconds, description: 'Duration of a call' }),
      firstChunk: from.createHistogram('gen_ai.client.operation.time_to_first_chunk', { ...seconds, description: 'Time to the first content of a stream' }),
      tokens: from.createHistogram('gen_ai.client.token.usage', { unit: '{token}', description: 'Tokens in and out', advice: { explicitBucketBoundaries: BOUNDS_TOKENS } }),
    });
  };

  /** Ends the span of a call, and measures it. */
  const end = (call: CallInfo, served: Pick<HookEvents['onFinish'], 'id' | 'model' | 'provider' | 'finishReason' | 'usage'>, failed: Attributes): void => {
    const one = running.get(call);
    if (one === undefined) return;
    running.delete(call);
    const { id, model, provider, finishReason, usage } = served;
    const common = { ...one.common, 'gen_ai.response.model': model };
    one.span.setAttributes({
      'gen_ai.response.id': id,
      'gen_ai.response.model': model,
      'gen_ai.response.finish_reasons': finishReason === undefined ? undefined : [finishReason],
      'openrouter.provider.name': provider,
      ...(usage && usageAttributes(usage)),
      ...failed,
    });
    one.span.end();
    const { duration, tokens } = instruments();
    duration.record((performance.now() - one.startedAt) / 1000, { ...common, ...failed });
    if (usage?.inputTokens !== undefined) tokens.record(usage.inputTokens, { ...common, 'gen_ai.token.type': 'input' });
    if (usage?.outputTokens !== undefined) tokens.record(usage.outputTokens, { ...common, 'gen_ai.token.type': 'output' });
  };

  return {
    onStart(_, call) {
      const common = commonAttributes(call);
      const input = contents ? inputMessages(call.body()) : undefined;
      const attributes = { ...common, ...requestAttributes(call), 'gen_ai.input.messages': input };
      const name = [common['gen_ai.operation.name'], common['gen_ai.request.model']].filter(Boolean).join(' ');
      running.set(call, { span: tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, context.active()), startedAt: performance.now(), common });
    },
    onAttempt({ models, outcome, status, reason, provider, durationMs }, call) {
      const attributes = { models: [...models], outcome, 'http.response.status_code': status, reason, provider, duration_ms: durationMs };
      running.get(call)?.span.addEvent('openrouter.attempt', attributes);
    },
    onRetry: ({ retry, waitMs, error }, call) => void running.get(call)?.span.addEvent('openrouter.retry', { retry, wait_ms: waitMs, 'error.type': errorType(error) }),
    onFailover: ({ from, to, error }, call) => void running.get(call)?.span.addEvent('openrouter.failover', { from: [...from], to: [...to], 'error.type': errorType(error) }),
    onFirstToken({ ms }, call) {
      const one = running.get(call);
      one?.span.setAttribute('gen_ai.response.time_to_first_chunk', ms / 1000);
      instruments().firstChunk.record(ms / 1000, one?.common);
    },
    onFinish({ response, ...served }, call) {
      const output = contents ? outputMessages(response()) : undefined;
      if (output !== undefined) running.get(call)?.span.setAttribute('gen_ai.output.messages', output);
      end(call, served, {});
    },
    onError({ error }, call) {
      const receipt = OpenRouterError.isInstance(error) ? error.receipt : undefined;
      running.get(call)?.span.setStatus({ code: SpanStatusCode.ERROR, ...(contents && error instanceof Error && { message: error.message }) });
      const { id, served, finishReason, usage } = receipt ?? {};
      end(call, { id, model: served?.model, provider: served?.provider, finishReason, usage }, { 'error.type': errorType(error) });
    },
  };
}
