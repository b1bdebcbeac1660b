import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FailureEvidence, isRetryableFailure, reasonOfFailure, statusOfType } from '../../src/errors/reason.js';

const evidence = (status: number | undefined, message = '', more: Partial<FailureEvidence> = {}): FailureEvidence => ({ status, message, ...more });

describe('reasonOfFailure', () => {
  test.each([
    [400, 'nonexistent/model is not a valid model ID', 'model-not-found'],
    [400, 'Input required: specify "prompt" or "messages"', 'invalid-request'],
    [400, "This endpoint's maximum context length is 200000 tokens. However, you requested about 2500021 tokens", 'context-length'],
    [400, 'prompt is too long: 213000 tokens > 200000 maximum', 'context-length'],
    [400, 'Your request was flagged by our safety system', 'moderation'],
    [401, 'User not found.', 'authentication'],
    [402, 'This request requires more credits, or fewer max_tokens.', 'credits'],
    [403, 'Only management keys can perform this operation', 'permission'],
    [403, 'Content violates usage guidelines.', 'moderation'],
    [403, 'Country, region, or territory not supported', 'permission'],
    [403, 'Key limit exceeded (total limit).', 'credits'],
    [404, 'No endpoints found for google/gemini-2.5-flash:free.', 'no-route'],
    [404, 'No allowed providers are available for the selected model.', 'no-route'],
    [404, 'All providers have been ignored. To change …', 'no-route'],
    [404, '0 endpoints out of 3 requested are available matching your guardrail restrictions', 'no-route'],
    [404, 'This model is unavailable for free. The paid version is available now', 'no-route'],
    [404, 'No models match your request and model restrictions', 'no-route'],
    [404, 'The alpha period for this model has ended.', 'model-not-found'],
    [404, 'Generation gen-1 not found', 'not-found'],
    [408, '', 'timeout'], [504, '', 'timeout'], [524, '', 'timeout'],
    [409, '', 'invalid-request'], [410, '', 'not-found'], [412, '', 'invalid-request'], [413, '', 'too-large'], [422, '', 'invalid-request'],
    [429, 'Rate limit exceeded: free-models-per-min. ', 'rate-limit'],
    [500, '', 'server'], [502, '', 'server'], [503, '', 'overloaded'], [529, '', 'overloaded'], [599, '', 'server'],
    [503, 'No endpoints found that can handle the requested parameters.', 'no-route'],
    [200, 'odd', 'unknown'], [undefined, 'odd', 'unknown'],
  ] as const)('%s %s → %s', (status, message, reason) => {
    expect(reasonOfFailure(evidence(status, message))).toBe(reason);
  });

  test.each([
    ['a routing step', evidence(404, 'x', { metadata: { failed_routing_step: 'Filter by Quantization' } }), 'no-route'],
    ['a routing step at 400', evidence(400, 'x', { metadata: { failed_routing_step: 'Filter by Image Capabilities' } }), 'no-route'],
    ['reasons of moderation', evidence(403, 'x', { metadata: { reasons: ['violence'] } }), 'moderation'],
    ['patterns of prompt injection', evidence(403, 'x', { metadata: { patterns: ['p'] } }), 'moderation'],
    ['a budget', evidence(403, 'x', { metadata: { limit_source: 'openrouter_workspace_budget' } }), 'credits'],
    ['an error type', evidence(400, 'x', { errorType: 'max_tokens_exceeded' }), 'context-length'],
    ['an error type alone', evidence(undefined, 'x', { errorType: 'provider_overloaded' }), 'overloaded'],
    ['a refusal', evidence(400, 'x', { errorType: 'refusal' }), 'moderation'],
    ['a type of the Messages API', evidence(undefined, '', { errorType: 'overloaded_error' }), 'overloaded'],
    ['availability', evidence(404, '', { availability: { code: 'constraint_filtered' } }), 'no-route'],
    ['availability of a model', evidence(404, '', { availability: { code: 'model_deprecated' } }), 'model-not-found'],
    ['availability unheard of', evidence(429, '', { availability: { code: 'new_code' } }), 'rate-limit'],
    ['a type unheard of', evidence(502, '', { errorType: 'new_type' }), 'server'],
    ['a type that is a name of Object', evidence(undefined, '', { errorType: 'constructor' }), 'unknown'],
  ] as const)('%s tells', (_, given, reason) => {
    expect(reasonOfFailure(given)).toBe(reason);
  });

  test('is total', () => {
    fc.assert(
      fc.property(fc.option(fc.integer(), { nil: undefined }), fc.string(), fc.option(fc.string(), { nil: undefined }), (status, message, errorType) => {
        expect(typeof reasonOfFailure({ status, message, errorType })).toBe('string');
        expect(typeof isRetryableFailure({ status, message, errorType })).toBe('boolean');
      }),
    );
  });
});

describe('isRetryableFailure', () => {
  test('by status', () => {
    const retryable = Array.from({ length: 600 }, (_, status) => status).filter((status) => isRetryableFailure(evidence(status)));
    expect(retryable).toEqual([408, 429, 500, 502, 503, 504, 524, 529]);
  });

  test('402 only while requests in flight hold the budget', () => {
    expect(isRetryableFailure(evidence(402, '', { metadata: { limit_source: 'openrouter_in_flight_budget', reason: 'in_flight_budget_exhausted' } }))).toBe(true);
    expect(isRetryableFailure(evidence(402, '', { metadata: { limit_source: 'openrouter_credits', reason: 'weight_exceeds_budget' } }))).toBe(false);
  });

  test("availability's own word wins", () => {
    expect(isRetryableFailure(evidence(429, '', { availability: { retryable: false } }))).toBe(false);
    expect(isRetryableFailure(evidence(404, '', { availability: { retryable: true } }))).toBe(true);
  });

  test('a type stands for its status', () => {
    expect([statusOfType('rate_limit_exceeded'), statusOfType('nope'), statusOfType(429)]).toEqual([429, undefined, undefined]);
    expect(isRetryableFailure(evidence(undefined, '', { errorType: 'timeout' }))).toBe(true);
  });
});
