import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete, streamComplete } from '../src/completions.js';
import { type OpenRouter, OpenRouterError } from '../src/index.js';
import { respond, streamRespond } from '../src/responses/index.js';
import { generateObject } from '../src/structured.js';
import { runTools } from '../src/tools.js';
import { answer, collect, DONE, event, fake, json, REQUEST } from './kit.js';

// Servers beside OpenRouter leave fields out, send null for them, or what no documentation knows.
const leaf = fc.constantFrom<unknown>(null, '', 'x', 'stop', 'error', '{}', '{"a":', 0, -3, 2 ** 53, true, [], {}, [null]);
const odd = (better: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.oneof({ arbitrary: leaf, weight: 1 }, { arbitrary: better, weight: 4 });
const fields = (of: { [name: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<unknown> => odd(fc.record(of, { requiredKeys: [] }));
const list = (of: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => odd(fc.array(of, { maxLength: 3 }));

const call = fields({ id: leaf, index: leaf, function: fields({ name: odd(fc.constant('f')), arguments: odd(fc.constant('{"a":1}')) }) });
const detail = fields({ type: odd(fc.constant('reasoning.text')), text: leaf, index: leaf, signature: leaf });
const message = fields({ role: leaf, content: leaf, refusal: leaf, reasoning: leaf, reasoning_details: list(detail), tool_calls: list(call), images: list(leaf), annotations: list(leaf), audio: fields({ data: leaf }) });
const choice = fields({ index: leaf, message, delta: message, text: leaf, finish_reason: leaf, native_finish_reason: leaf, logprobs: fields({ content: list(leaf) }), error: leaf });
const usage = fields({ prompt_tokens: leaf, completion_tokens: leaf, cost: leaf, cost_details: fields({ upstream_inference_prompt_cost: leaf }), prompt_tokens_details: leaf });
const router = fields({ attempts: list(fields({ model: leaf })), attempt: leaf, region: leaf, strategy: leaf, endpoints: fields({ available: list(fields({ selected: leaf, provider: leaf })) }) });
const item = fields({ type: odd(fc.constantFrom('message', 'function_call', 'reasoning')), id: leaf, content: list(fields({ type: odd(fc.constant('output_text')), text: leaf })), name: leaf, arguments: leaf, call_id: leaf });
const failure = fields({ code: odd(fc.constantFrom(429, 502)), message: leaf, metadata: fields({ headers: leaf, raw: leaf, provider_name: leaf, previous_errors: list(leaf) }), availability: fields({ code: leaf, retry_after: leaf }) });
const head = { id: leaf, model: leaf, provider: leaf, created: leaf, usage, openrouter_metadata: router };
const body = fc.record({ ...head, choices: list(choice), output: list(item), status: leaf, error: failure }, { requiredKeys: [] });
const chunk = fc.record({ ...head, choices: list(choice), type: odd(fc.constantFrom('response.created', 'response.output_text.delta', 'response.output_item.done', 'response.completed')), item, delta: leaf, output_index: leaf, response: body, error: failure }, { requiredKeys: [] });

const prompt = { model: 'a/b', prompt: 'hi' };
const input = { model: 'a/b', input: 'hi' };
const tools = { f: { execute: () => 1 } };
type Work = (openrouter: OpenRouter) => PromiseLike<unknown>;

const WHOLE: readonly (readonly [string, Work])[] = [
  ['chat', (openrouter) => openrouter.chat(REQUEST)],
  ['stream', (openrouter) => openrouter.stream(REQUEST).final()],
  ['complete', (openrouter) => complete(openrouter, prompt)],
  ['respond', (openrouter) => respond(openrouter, input)],
  ['streamRespond', (openrouter) => streamRespond(openrouter, input).final()],
  ['embed', (openrouter) => openrouter.embed(input)],
  ['runTools', (openrouter) => runTools(openrouter, REQUEST, { tools, maxSteps: 2 })],
  ['generateObject', (openrouter) => generateObject(openrouter, REQUEST, { schema: { type: 'object' }, repair: 1 })],
];
const STREAMED: readonly (readonly [string, Work])[] = [
  ['stream', (openrouter) => openrouter.stream(REQUEST).final()],
  ['textStream', (openrouter) => collect(openrouter.stream(REQUEST).textStream)],
  ['toResponse', (openrouter) => openrouter.stream(REQUEST).toResponse().text()],
  ['streamComplete', (openrouter) => streamComplete(openrouter, prompt).final()],
  ['streamRespond', (openrouter) => collect(streamRespond(openrouter, input).textStream)],
  ['runTools', (openrouter) => runTools(openrouter, REQUEST, { tools, maxSteps: 2, onText: () => {} })],
];

/** Makes a call under every guardrail that a response is held against, and another after it, for which there is room only when the first is over. */
async function check(work: Work, reply: () => Response, verify: false | 'throw'): Promise<void> {
  const told = { begun: 0, ended: 0 };
  const end = (): void => void (told.ended += 1);
  let replies = 0;
  const { openrouter } = fake([() => reply()], {
    retry: false, maxConcurrent: 1, verify, provider: { only: ['azure'], allowFallbacks: false, maxPrice: { prompt: 1 } }, allowedModels: ['a/*'],
    hooks: { onStart: () => void (told.begun += 1), onFinish: end, onError: end, onRequest: () => void (replies += 1) },
  });
  for (let turn = 0; turn < 2; turn += 1) {
    try {
      await work(openrouter);
    } catch (error) {
      if (!OpenRouterError.isInstance(error)) throw error;
    }
  }
  expect(replies).toBeGreaterThanOrEqual(2);
  expect(told.ended).toBe(told.begun);
}

describe('whatever a server answers', () => {
  it.each(WHOLE)('%s ends in a result or an error of ours, and gives its place back', async (_, work) => {
    await fc.assert(fc.asyncProperty(body, fc.constantFrom<false | 'throw'>(false, 'throw'), (said, verify) => check(work, () => json(said), verify)), { numRuns: 150 });
  });

  it.each(STREAMED)('%s of a stream ends in one, too', async (_, work) => {
    const events = fc.array(chunk, { maxLength: 4 });
    await fc.assert(fc.asyncProperty(events, fc.boolean(), fc.constantFrom<false | 'throw'>(false, 'throw'), (said, done, verify) =>
      check(work, () => new Response(said.map(event).join('') + (done ? DONE : ''), { headers: { 'content-type': 'text/event-stream' } }), verify)), { numRuns: 100 });
  });

  it('an answer is not lost for a provider or a model that is null', async () => {
    const { openrouter } = fake([json(answer({ content: 'Hello' }, { provider: null, model: null }))], { provider: { only: ['azure'] } });
    const { text, receipt } = await openrouter.chat(REQUEST);
    expect([text, receipt?.served, receipt?.verdict.guardrails['only']?.verdict]).toEqual(['Hello', undefined, 'unverifiable']);
  });
});
