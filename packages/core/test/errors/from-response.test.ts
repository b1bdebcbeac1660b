import { describe, expect, test } from 'vitest';
import type { APIError } from '../../src/errors/api-error.js';
import { errorFromChunk } from '../../src/errors/from-chunk.js';
import type { ErrorContext } from '../../src/errors/from-detail.js';
import { errorFromBody, errorFromResponse } from '../../src/errors/from-response.js';
import { NoRouteError } from '../../src/errors/no-route-error.js';

const KEY = 'sk-or-v1-0123456789abcdef';
const context = (httpStatus: number, more: Partial<ErrorContext> = {}): ErrorContext => ({ httpStatus, now: 1_000_000, ...more });
const parse = (body: unknown, httpStatus: number, more: Partial<ErrorContext> = {}): APIError =>
  errorFromResponse(typeof body === 'string' ? body : JSON.stringify(body), context(httpStatus, more));

describe('the message is what the provider itself said', () => {
  const withRaw = (raw: unknown): unknown => ({ error: { code: 400, message: 'Provider returned error', metadata: { raw, provider_name: 'Acme' } } });
  test.each([
    ['text', 'a/b:free is temporarily rate-limited upstream.', 'a/b:free is temporarily rate-limited upstream.'],
    ['JSON in a string', '{\n "error": {"message": "Missing required parameter", "type": "x"}}', 'Missing required parameter'],
    ['JSON with text for an error', '{"code":"bad","error":"Required function is missing"}', 'Required function is missing'],
    ['JSON with msg', '{"code":400,"msg":"not found"}', 'not found'],
    ['JSON with detail', '{"detail":"too much"}', 'too much'],
    ['a list', '[{"error":{"code":400,"message":"bad schema"}}]', 'bad schema'],
    ['an object', { error: { message: 'inner' } }, 'inner'],
    ['an object that says nothing', { retryable: true }, 'Provider returned error'],
    ['a page', '<html><body>502</body></html>', 'Provider returned error'],
    ['text that only looks like JSON', '{oops', '{oops'],
    ['nothing', undefined, 'Provider returned error'],
  ])('raw is %s', (_, raw, message) => {
    const error = parse(withRaw(raw), 400);
    expect([error.message, error.provider, error.status]).toEqual([message, 'Acme', 400]);
  });

  test('raw that is JSON is parsed', () => {
    expect(parse(withRaw('{"a":1}'), 400).raw).toEqual({ a: 1 });
    expect(parse(withRaw('plain'), 400).raw).toBe('plain');
  });

  test('a very long message is cut', () => {
    expect(parse(withRaw('x'.repeat(5000)), 400).message).toHaveLength(1001);
  });
});

describe('every envelope', () => {
  test.each([
    ['text for an error', { error: 'Not here' }, 404, 'Not here', 'not-found'],
    ['no error key', { message: 'Nope' }, 403, 'Nope', 'permission'],
    ['detail of another server', { detail: 'Nope' }, 422, 'Nope', 'invalid-request'],
    ['a list', [{ error: { code: 400, message: 'bad' } }], 400, 'bad', 'invalid-request'],
    ['the validator', { success: false, error: { name: 'ZodError', message: '[{"code":"x","path":["messages",0,"role"],"message":"Required"},{"path":[],"message":"Other"}]' } }, 400, 'messages.0.role: Required; Other', 'invalid-request'],
    ['the Messages API', { type: 'error', error: { type: 'overloaded_error', message: 'Busy' }, request_id: 'r' }, 529, 'Busy', 'overloaded'],
    ['a code in a string', { error: { code: '429', message: 'slow' } }, 200, 'slow', 'rate-limit'],
    ['a code that is a word', { error: { code: 'server_error', message: 'oops' } }, 200, 'oops', 'server'],
    ['the Responses API', { id: 'gen-7', status: 'failed', error: { code: 'x', message: 'oops' }, error_type: 'rate_limit_exceeded' }, 200, 'oops', 'rate-limit'],
    ['a code beside the error', { code: 503, error: 'busy' }, 200, 'busy', 'overloaded'],
    ['no code anywhere', { error: { message: 'oops' } }, 200, 'oops', 'unknown'],
    ['no message', { error: { code: 502 } }, 502, 'The server answered with status 502 and no message', 'server'],
    ['null metadata', { error: { code: 502, message: 'x', metadata: null } }, 502, 'x', 'server'],
    ['odd metadata', { error: { code: 502, message: 'x', metadata: 'text', availability: null } }, 502, 'x', 'server'],
  ])('%s', (_, body, status, message, reason) => {
    const error = parse(body, status);
    expect([error.message, error.reason, error.httpStatus]).toEqual([message, reason, status]);
  });

  test.each([
    ['an empty body', '', 502, 'an empty body'],
    ['a page', '<!DOCTYPE html><html><head><title>gateway.test | 524: A timeout occurred</title></head>…', 524, '"gateway.test | 524: A timeout occurred"'],
    ['text', 'upstream connect error', 503, '"upstream connect error"'],
    ['half a body', '{"error":{"message":"private', 500, '28 characters'],
    ['a number', '12', 500, '"12"'],
  ])('%s', (_, body, status, said) => {
    const error = parse(body, status, { headers: { 'content-type': 'text/html' } });
    expect(error.message).toContain(said);
    expect(error.message).not.toContain('private');
    expect([error.status, error.isRetryable]).toEqual([status, true]);
  });

  test('no error in a good body', () => {
    for (const body of [{ choices: [] }, { error: null }, [], null, 'text', 7]) expect(errorFromBody(body, () => context(200))).toBeUndefined();
  });

  test('HTTP says more than the code, unless it is 200', () => {
    expect(parse({ error: { code: 502, message: 'x' } }, 400).status).toBe(400);
    const inBody = parse({ error: { code: 502, message: 'x' } }, 200);
    expect([inBody.status, inBody.httpStatus, inBody.isRetryable]).toEqual([502, 200, true]);
  });
});

describe('what an error carries', () => {
  test('delay, generation, url, type', () => {
    const error = parse({ error: { code: 429, message: 'x', metadata: { error_type: 'rate_limit_exceeded' } } }, 429, {
      headers: { 'retry-after': '2', 'x-generation-id': 'gen-5' },
      url: 'https://user:pass@host.test/api/v1/chat?key=1#x',
    });
    expect(error).toMatchObject({ retryAfterMs: 2000, generationId: 'gen-5', url: 'https://host.test/api/v1/chat', errorType: 'rate_limit_exceeded' });
    expect(error.responseHeaders).toEqual({ 'retry-after': '2', 'x-generation-id': 'gen-5' });
    expect(error.responseBody).toEqual({ error: { code: 429, message: 'x', metadata: { error_type: 'rate_limit_exceeded' } } });
  });

  test('a key that the server echoes is masked everywhere, also one of unusual form', () => {
    const own = 'my-own-secret-1';
    const error = parse(
      { error: { code: 401, message: `Bad key ${KEY} or ${own}`, metadata: { raw: `{"error":{"message":"Incorrect API key provided: sk-proj-abcdefghij"}}`, note: own } } },
      401,
      { secrets: [own], headers: { 'x-echo': `Bearer ${own}` } },
    );
    const everything = JSON.stringify([error.message, error.stack, error.metadata, error.raw, error.responseBody, error.responseHeaders, error]);
    expect(everything).not.toMatch(/0123456789|abcdefghij|my-own-secret/);
    expect(error.message).toBe('Incorrect API key provided: [redacted]');
  });

  test('what may echo a prompt is there to be read, but not printed', () => {
    const error = parse({ error: { code: 403, message: 'flagged', metadata: { reasons: ['x'], flagged_input: 'my private prompt' } } }, 403);
    expect(error.metadata?.['flagged_input']).toBe('my private prompt');
    expect(JSON.stringify(error)).not.toContain('private');
    expect(Object.keys(error)).not.toEqual(expect.arrayContaining(['metadata']));
    expect(JSON.stringify(Object.assign({}, error))).not.toContain('private');
  });

  test('an error chunk brings its generation and provider', () => {
    const chunk = { id: 'gen-3', provider: 'Acme', model: 'a/b', choices: [] };
    const error = errorFromChunk({ code: 'server_error', message: 'x' }, chunk, context(200, { headers: { 'x-generation-id': 'gen-other' } }));
    expect([error.status, error.generationId, error.provider, error.errorType, error.isRetryable]).toEqual([500, 'gen-3', 'Acme', 'server_error', true]);
  });
});

describe('NoRouteError', () => {
  const noRoute = (message: string, step?: string, more: Record<string, unknown> = {}): NoRouteError => {
    const metadata = step === undefined ? {} : { metadata: { routing_funnel: [{ step: 'Initial Endpoints', endpoint_count: 2 }], failed_routing_step: step } };
    const error = parse({ error: { code: 404, message, ...metadata, ...more } }, 404);
    if (!NoRouteError.isInstance(error)) throw error;
    return error;
  };
  test.each([
    ['No endpoints found for a/b.', 'Filter by Max Price', 'max_price'],
    ['No endpoints found for a/b.', 'Filter by Quantization', 'quantizations'],
    ['No endpoints found for a/b.', 'Filter by Fallback', 'allow_fallbacks'],
    ["No allowed providers are available for the selected model. Providers serving a/b: x, but your request's provider.only preference permits only: y.", 'Filter by Allowed Providers', 'only'],
    ["No allowed providers are available. Providers serving a/b: x, but your account's allowed-providers setting permits only: y.", 'Filter by Allowed Providers', undefined],
    ['All providers have been ignored. To change your default ignored providers, visit: https://openrouter.ai/settings/privacy', 'Filter by Ignored Providers', 'ignore'],
    ['No endpoints found matching your data policy (Zero data retention). Configure: https://openrouter.ai/settings/privacy', 'Filter by Data Policy', 'zdr'],
    ['No endpoints found matching your data policy (Free model training). Configure: https://openrouter.ai/settings/privacy', 'Filter by Data Policy', 'data_collection'],
    ['0 endpoints out of 2 requested are available matching your guardrail restrictions and data policy.', 'Filter by Guardrails', undefined],
    ['No endpoints found that can handle the requested parameters. To learn more about provider routing, visit: https://openrouter.ai/docs/guides/routing/provider-selection', 'Filter by Parameters', 'require_parameters'],
    ['No endpoints found that support tool use. Try disabling "search".', 'Filter by Tool Compatibility', 'tools'],
    ["No endpoints found that support the provided 'tool_choice' value.", 'Filter by Tool Compatibility', 'tool_choice'],
    ['No endpoints found that support image input', 'Filter by Image Support', 'messages'],
    ['No endpoints found that support the requested output modalities: image, text', 'Filter by Model Output Modalities', 'modalities'],
    ['No endpoints found that support cache control', undefined, 'cache_control'],
    ['This model is unavailable for free. The paid version is available now - use this slug instead: a/b', undefined, 'model'],
  ])('%s (%s) blames %s', (message, step, preference) => {
    const error = noRoute(message, step);
    expect([error.preference, error.failedStep, error.reason, error.isRetryable, error.code]).toEqual([preference, step, 'no-route', false, 'no_route']);
    expect(error.suggestion).toBeTruthy();
    expect(error.message).toBe(`${message} (${error.suggestion})`);
    expect(error.funnel).toHaveLength(step === undefined ? 0 : 1);
  });

  test('says nothing more than it knows', () => {
    const error = noRoute('No endpoints found for a/b.');
    expect([error.preference, error.suggestion, error.message]).toEqual([undefined, undefined, 'No endpoints found for a/b.']);
  });

  test('availability tells too', () => {
    expect(noRoute('Nothing left', undefined, { availability: { code: 'constraint_filtered', excluded_by: ['max_price'] } }).preference).toBe('max_price');
  });

  test('a 503 for want of a route can be retried', () => {
    const error = parse({ error: { code: 503, message: 'No endpoints found for a/b.' } }, 503);
    expect([NoRouteError.isInstance(error), error.isRetryable]).toEqual([true, true]);
  });
});
