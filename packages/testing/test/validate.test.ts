import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createGateway } from '../src/index.js';
import { post } from './helpers.js';

const user = (content: unknown): object => ({ role: 'user', content });

type Row = readonly [path: readonly (string | number)[], body: object, issue: object];

const TYPE = { code: 'invalid_type' };
const SMALL = { code: 'too_small' };
const BIG = { code: 'too_big' };
const VALUE = { code: 'invalid_value' };
const UNION = { code: 'invalid_union' };

const CHAT: readonly Row[] = [
  [['tools'], { tools: {} }, { ...TYPE, expected: 'array', message: 'Invalid input: expected array, received object' }],
  [['tools', 0], { tools: [null] }, { ...TYPE, message: 'Invalid input: expected object, received null' }],
  [['tools', 0, 'function', 'parameters'], { tools: [{ type: 'function', function: { name: 'tide', parameters: 5 } }] }, TYPE],
  [['tool_choice', 'function'], { tool_choice: { type: 'function' } }, TYPE],
  [['model'], { model: 5 }, { ...TYPE, message: 'Invalid input: expected string, received number' }],
  [['models'], { models: 'acme/atlas' }, TYPE],
  [['models', 0], { models: [5] }, TYPE],
  [['messages', 0, 'content'], { messages: [user(5)] }, UNION],
  [['messages', 0, 'content'], { messages: [{ role: 'user' }] }, UNION],
  [['messages', 0, 'content', 0], { messages: [user([null])] }, TYPE],
  [['messages', 0, 'content', 1, 'text'], { messages: [user([{ type: 'text', text: 'a' }, { type: 'text' }])] }, TYPE],
  [['messages', 0], { messages: [null] }, TYPE],
  [['messages', 0, 'role'], { messages: [{ role: 'robot', content: '' }] }, { ...UNION, options: ['system', 'developer', 'user', 'assistant', 'tool'] }],
  [['messages', 1, 'tool_call_id'], { messages: [user('a'), { role: 'tool', content: 'b' }] }, TYPE],
  [['max_tokens'], { max_tokens: '5' }, TYPE],
  [['max_tokens'], { max_tokens: -1 }, { ...SMALL, message: 'Too small: expected number to be >=1' }],
  [['max_tokens'], { max_tokens: 1.5 }, { ...TYPE, expected: 'int' }],
  [['max_completion_tokens'], { max_completion_tokens: 1e308 }, BIG],
  [['temperature'], { temperature: 3 }, { ...BIG, message: 'Too big: expected number to be <=2' }],
  [['reasoning', 'effort'], { reasoning: { effort: 'much' } }, VALUE],
  [['reasoning_effort'], { reasoning_effort: 'much' }, VALUE],
  [['reasoning'], { reasoning: 'high' }, TYPE],
  [['provider', 'max_price', 'prompt'], { provider: { max_price: { prompt: 'abc' } } }, TYPE],
  [['provider', 'max_price', 'completion'], { provider: { max_price: { completion: -1 } } }, SMALL],
  [['provider', 'quantizations', 1], { provider: { quantizations: ['fp8', 'fp9'] } }, VALUE],
  [['provider', 'zdr'], { provider: { zdr: 'yes' } }, TYPE],
  [['provider', 'sort', 'by'], { provider: { sort: { by: 'quality' } } }, { ...VALUE, message: 'Invalid option: expected one of "price"|"throughput"|"latency"|"exacto"' }],
  [['response_format', 'json_schema'], { response_format: { type: 'json_schema' } }, TYPE],
  [['stop'], { stop: ['a', 'b', 'c', 'd', 'e'] }, UNION],
  [['session_id'], { session_id: 'x'.repeat(257) }, BIG],
  [['plugins', 0, 'id'], { plugins: [{}] }, TYPE],
  [['stream'], { stream: 'true' }, TYPE],
];

const OTHERS: readonly (readonly [route: string, good: object, rows: readonly Row[]])[] = [
  ['/completions', { model: 'acme/atlas', prompt: 'a' }, [[['max_tokens'], { max_tokens: '5' }, TYPE], [['prompt'], { prompt: [5] }, VALUE]]],
  ['/responses', { model: 'acme/atlas', input: 'a' }, [[['max_output_tokens'], { max_output_tokens: -1 }, SMALL], [['model'], { model: 5 }, TYPE]]],
  ['/embeddings', { model: 'dune/vector', input: 'a' }, [
    [['dimensions'], { dimensions: -3 }, SMALL], [['dimensions'], { dimensions: 1e9 }, BIG], [['encoding_format'], { encoding_format: 'hex' }, VALUE],
    [['input'], { input: ['a', null] }, UNION], [['input'], { input: 5 }, UNION], [['model'], { model: null }, TYPE],
  ]],
  ['/rerank', { model: 'dune/compass', query: 'a', documents: ['a'] }, [[['top_n'], { top_n: 'all' }, TYPE], [['documents', 0], { documents: [{ text: 5 }] }, { ...UNION, errors: [[TYPE], [{ ...TYPE, path: ['text'] }]] }]]],
  ['/images', { model: 'cinder/kiln', prompt: 'a' }, [[['n'], { n: 11 }, BIG], [['input_references', 0], { input_references: [null] }, TYPE], [['seed'], { seed: 'x' }, TYPE]]],
  ['/videos', { model: 'cinder/reel', prompt: 'a' }, [[['duration'], { duration: 0 }, SMALL], [['generate_audio'], { generate_audio: 1 }, TYPE]]],
  ['/audio/speech', { model: 'echo/lark', input: 'a' }, [[['speed'], { speed: '1' }, TYPE], [['provider', 'options'], { provider: { options: [] } }, TYPE]]],
  ['/audio/transcriptions', { model: 'echo/scribe', input_audio: { data: 'AAAA', format: 'wav' } }, [
    [['temperature'], { temperature: 'warm' }, TYPE], [['timestamp_granularities', 0], { timestamp_granularities: ['line'] }, VALUE], [['input_audio', 'data'], { input_audio: { data: '!', format: 'wav' } }, { code: 'invalid_format' }],
  ]],
];

describe.each([['/chat/completions', { model: 'acme/atlas', messages: [user('a')] }, CHAT] as const, ...OTHERS])('POST %s', (route, good, rows) => {
  it.each(rows)('refuses a wrong %j in the shape of Zod, and says where', async (path, wrong, issue) => {
    const gateway = createGateway();
    const response = await post(gateway, route, { ...good, ...wrong });
    const body = (await response.json()) as { success: boolean; error: { name: string; message: string } };
    expect([response.status, body]).toMatchObject([400, { success: false, error: { name: 'ZodError' } }]);
    expect(JSON.parse(body.error.message)).toMatchObject([{ path, ...issue }]);
    expect(gateway.requests[0]).toMatchObject({ status: 400, attempts: [], cost: '0' });
  });

  it('tells of every field that is wrong', async () => {
    const response = await post(createGateway(), route, { ...good, model: 5, provider: { order: 'azure' } });
    const body = (await response.json()) as { error: { message: string } };
    expect(JSON.parse(body.error.message)).toMatchObject(expect.arrayContaining([expect.objectContaining({ path: ['model'] }), expect.objectContaining({ path: ['provider', 'order'] })]));
  });
});

it('speaks English, whatever the locale of a test that uses zod too', async () => {
  z.config(z.locales.de());
  const response = await post(createGateway(), '/chat/completions', { messages: [user(5)], model: 5 });
  z.config(z.locales.en());
  const { error } = (await response.json()) as { error: { message: string } };
  expect(JSON.parse(error.message)).toMatchObject([
    { message: 'Invalid input: expected string, received number' }, { errors: [[{ message: 'Invalid input: expected string, received number' }], [{ message: 'Invalid input: expected array, received number' }]] },
  ]);
});

describe('null', () => {
  it('says as much as what is not there', async () => {
    const nothing = { models: null, tools: null, tool_choice: null, provider: null, max_tokens: null, stream: null, reasoning: null, response_format: null, plugins: null, preset: null, modalities: null, prompt: null };
    expect((await post(createGateway(), '/chat/completions', { model: 'acme/atlas', messages: [user('a')], ...nothing })).status).toBe(200);
    expect((await post(createGateway(), '/responses', { model: 'acme/atlas', input: 'a', ...nothing, text: null, instructions: null })).status).toBe(200);
    expect((await post(createGateway(), '/embeddings', { model: 'dune/vector', input: 'a', dimensions: null, provider: null })).status).toBe(200);
  });

  it('leaves what a preset says', async () => {
    const gateway = createGateway();
    await post(gateway, '/chat/completions', { preset: 'careful', messages: [user('a')], model: null, provider: null });
    expect(gateway.requests[0]?.served).toMatchObject({ model: 'borealis/aurora', provider: expect.not.stringMatching(/^anthropic$/) });
  });
});

it('knows no preset by the names that every object has', async () => {
  const response = await post(createGateway(), '/chat/completions', { model: 'acme/atlas', preset: 'constructor', messages: [user('a')] });
  expect([response.status, await response.json()]).toMatchObject([400, { error: { message: '@preset/constructor is not a valid model ID' } }]);
});

it('refuses what is nested beyond sense, and takes what is nested deeply', async () => {
  const nested = (depth: number): string => `{"model":"acme/atlas","messages":[{"role":"user","content":"a"}],"tools":[{"type":"function","function":{"name":"a","parameters":{"x":${'['.repeat(depth)}${']'.repeat(depth)}}}}]}`;
  expect((await post(createGateway(), '/chat/completions', nested(50_000))).status).toBe(400);
  expect((await post(createGateway(), '/chat/completions', nested(400))).status).toBe(200);
});

it('has no model under a path that is no text', async () => {
  expect((await createGateway().fetch('http://gateway.local/api/v1/model/acme/%E0%A4%A')).status).toBe(404);
});
