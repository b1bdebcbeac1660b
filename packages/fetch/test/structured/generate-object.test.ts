import { toStandardJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { APIError, InvalidOptionsError, type OpenRouterError } from '../../src/index.js';
import { generateObject, StructuredOutputError } from '../../src/structured.js';
import { failure, fake, rejection, REQUEST } from '../kit.js';
import { call, saying, sent } from '../tools/kit.js';

const schema = z.object({ vessel: z.string(), berth: z.number().int() });
const GOOD = '{"vessel":"Petrel","berth":4}';

const failing = async (replies: Response[], options: Partial<Parameters<typeof generateObject>[2]> = {}): Promise<StructuredOutputError> => {
  const error = await rejection(generateObject(fake(replies).openrouter, REQUEST, { schema, ...options }));
  if (!StructuredOutputError.isInstance(error)) throw error;
  return error;
};

describe('generateObject', () => {
  it('gives the object, typed and checked, and all that chat gives', async () => {
    const { openrouter, requests } = fake([saying(GOOD)]);
    const result = await generateObject(openrouter, { ...REQUEST, temperature: 0 }, { schema });
    expect(result.object).toEqual({ vessel: 'Petrel', berth: 4 });
    expect(result).toMatchObject({ text: GOOD, repaired: [], receipt: { cost: { total: 0.2 } }, total: { calls: 1, attempts: 1, cost: { total: 0.2, partial: false } } });
    expect(requests[0]?.body).toEqual({
      ...REQUEST,
      temperature: 0,
      provider: { require_parameters: true },
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'answer',
          strict: true,
          schema: { type: 'object', properties: { vessel: { type: 'string' }, berth: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } }, required: ['vessel', 'berth'], additionalProperties: false },
        },
      },
    });
  });

  it('asks for endpoints that honour the format, unless told otherwise, and whatever the request says', async () => {
    const { openrouter, requests } = fake([saying(GOOD)], { provider: { zdr: true } });
    await generateObject(openrouter, { ...REQUEST, provider: { requireParameters: false, sort: 'price' } }, { schema, provider: { only: ['azure'] } });
    await generateObject(openrouter, { ...REQUEST, provider: { sort: 'price' } }, { schema, requireParameters: false });
    expect(requests.map(({ body }) => body)).toMatchObject([
      { provider: { zdr: true, sort: 'price', only: ['azure'], require_parameters: true } },
      { provider: { zdr: true, sort: 'price' } },
    ]);
    expect(sent(requests, 1).provider).not.toHaveProperty('require_parameters');
  });

  it('gives what the schema makes of the answer', async () => {
    const { openrouter, requests } = fake([saying('{"berth":"4"}')]);
    const made = z.object({ berth: z.string().transform(Number), crew: z.number().default(2) });
    expect((await generateObject(openrouter, REQUEST, { schema: made })).object).toEqual({ berth: 4, crew: 2 });
    // what strict mode does not take goes without it, and unchanged
    expect(sent(requests, 0).response_format?.json_schema).toMatchObject({ strict: false, schema: { required: ['berth'] } });
    expect(sent(requests, 0).response_format?.json_schema?.schema).not.toHaveProperty('additionalProperties');
  });

  it('takes schemas of valibot, with their JSON Schema by itself or beside them', async () => {
    const vessel = v.object({ vessel: v.string() });
    const { openrouter, requests } = fake([saying('{"vessel":"Petrel"}')]);
    const jsonSchema = { type: 'object', properties: { vessel: { type: 'string', description: 'Its name' } } };
    expect((await generateObject(openrouter, REQUEST, { schema: toStandardJsonSchema(vessel), name: 'vessel', description: 'A vessel' })).object.vessel).toBe('Petrel');
    expect((await generateObject(openrouter, REQUEST, { schema: vessel, jsonSchema, strict: true })).object.vessel).toBe('Petrel');
    expect(requests.map(({ body }) => body)).toMatchObject([
      { response_format: { json_schema: { name: 'vessel', description: 'A vessel', strict: true, schema: { additionalProperties: false } } } },
      { response_format: { json_schema: { strict: true, schema: jsonSchema } } },
    ]);
    expect(sent(requests, 1).response_format?.json_schema?.schema).toEqual(jsonSchema);
  });

  it('takes a JSON Schema as it is', async () => {
    const json = { type: 'object', properties: { a: { type: 'string' } } };
    const { openrouter, requests } = fake([saying('{"a":1}'), saying('[]')]);
    expect((await generateObject(openrouter, REQUEST, { schema: json })).object).toEqual({ a: 1 });
    expect(sent(requests, 0).response_format).toEqual({ type: 'json_schema', json_schema: { name: 'answer', strict: false, schema: json } });
    expect(await rejection(generateObject(openrouter, REQUEST, { schema: json }))).toMatchObject({ reason: 'mismatch', issues: [{ message: 'expected an object' }] });
  });

  it('wraps what is no object', async () => {
    const { openrouter, requests } = fake([saying('{"value":["a","b"]}'), saying('{"value":"ebb"}'), saying('["a"]')]);
    expect((await generateObject(openrouter, REQUEST, { schema: z.array(z.string()) })).object).toEqual(['a', 'b']);
    expect((await generateObject(openrouter, REQUEST, { schema: z.enum(['ebb', 'flow']) })).object).toBe('ebb');
    expect(await rejection(generateObject(openrouter, REQUEST, { schema: z.array(z.string()) }))).toMatchObject({ reason: 'mismatch' });
    expect(sent(requests, 0).response_format?.json_schema).toEqual({
      name: 'answer',
      strict: true,
      schema: { type: 'object', properties: { value: { type: 'array', items: { type: 'string' } } }, required: ['value'], additionalProperties: false },
    });
  });

  it('says the schema in words for models that take none', async () => {
    const { openrouter, requests } = fake([saying('{"value":["a"]}')]);
    const messages = [{ role: 'system' as const, content: 'Be brief.' }, ...REQUEST.messages];
    expect((await generateObject(openrouter, { ...REQUEST, messages }, { schema: z.array(z.string()), mode: 'json_object' })).object).toEqual(['a']);
    expect(sent(requests, 0).response_format).toEqual({ type: 'json_object' });
    expect(sent(requests, 0).messages).toEqual([messages[0], { role: 'system', content: expect.stringContaining('"required":["value"]') }, messages[1]]);
    await generateObject(openrouter, { ...REQUEST, messages: messages.slice(0, 1) }, { schema: z.array(z.string()), mode: 'json_object' });
    expect(sent(requests, 1).messages.map(({ role }) => role)).toEqual(['system', 'system']);
  });

  it.each(['```json {"vessel":"Petrel","berth":4}```', '```json\n{"vessel":"Petrel","berth":4}\n```', ' ```\n{"vessel":"Petrel","berth":4}```\n', `\n ${GOOD} \n`, `\`\`\`\`json\n${GOOD}\n\`\`\`\``, `~~~\n${GOOD}\n~~~`, `\`\`\`json title="berth"\r\n${GOOD}\r\n\`\`\``, `\`\`\`${GOOD}\`\`\``])('reads what stands in one code fence, and blanks around it: %j', async (text) => {
    expect((await generateObject(fake([saying(text)]).openrouter, REQUEST, { schema })).object.berth).toBe(4);
  });

  it.each([`Here it is: ${GOOD}`, `\`\`\`json\n${GOOD}\n\`\`\` as you asked`, `\`\`\`json\nHere: ${GOOD}\n\`\`\``, '```', '``````', '{"vessel":'])('does not search for JSON in prose: %j', async (text) => {
    expect(await failing([saying(text)])).toMatchObject({ reason: 'invalid-json', text });
  });
});

describe('what generateObject throws', () => {
  it('says why there is no object, and holds what there is', async () => {
    const secret = 'a secret of the captain';
    const cases: [Response, string][] = [
      [saying(null, { message: { refusal: secret } }), 'refusal'],
      [saying('{"vessel":"Pet', { finish: 'length' }), 'truncated'],
      [saying(GOOD, { finish: 'length' }), 'truncated'],
      [saying(secret, { finish: 'content_filter' }), 'content-filter'],
      [saying(null, { message: { tool_calls: [call('1', 'f', {})] } }), 'tool-calls'],
      [saying('Let me see.', { message: { tool_calls: [call('1', 'f', {})] } }), 'tool-calls'],
      [saying(' '), 'empty'],
      [saying(secret), 'invalid-json'],
      [saying(`{"vessel":4,"${secret}":1}`), 'mismatch'],
    ];
    for (const [reply, reason] of cases) {
      const error = await failing([reply]);
      expect(error).toMatchObject({ name: 'StructuredOutputError', code: 'structured_output', reason, generationId: 'gen-1', receipt: { cost: { total: 0.2 } }, response: { id: 'gen-1' } });
      expect([error.message, JSON.stringify(error), Object.keys(error).join()].join(' ')).not.toMatch(/secret|Petrel|vessel|"text|issues/);
    }
    expect(await failing([saying('{"vessel":4}')])).toMatchObject({ text: '{"vessel":4}', issues: [{ path: ['vessel'] }, { path: ['berth'] }] });
    expect(await failing([saying(null, { message: { refusal: secret } })])).toMatchObject({ refusal: secret, text: '' });
  });

  it('keeps the answer where the schema itself throws', async () => {
    const cause = new Error('lost the database');
    const error = await failing([saying(GOOD)], { schema: z.object({}).refine(() => { throw cause; }) });
    expect(error).toMatchObject({ reason: 'mismatch', cause, text: GOOD });
  });

  it('is told by another copy of the package', () => {
    const copy = Object.defineProperty(new Error('x'), Symbol.for('waypost.error.StructuredOutputError'), { value: true });
    expect([StructuredOutputError.isInstance(copy), StructuredOutputError.isInstance(new Error('x'))]).toEqual([true, false]);
  });

  it('names what is wrong before anything is sent', async () => {
    const { openrouter, requests } = fake([saying(GOOD)]);
    const wrong = async (given: object, request: object = REQUEST): Promise<unknown> => {
      // what a caller without types may give
      const error = await rejection(generateObject(openrouter, request as typeof REQUEST, { schema, ...given }));
      return InvalidOptionsError.isInstance(error) ? error.issues.map(({ path }) => path) : error;
    };
    for (const options of [undefined, null, 'x']) expect(await rejection(generateObject(openrouter, REQUEST, options as never))).toMatchObject({ issues: [{ path: 'options' }] });
    expect(await wrong({ schema: 'x' })).toEqual(['schema']);
    expect(await wrong({ schema: undefined })).toEqual(['schema']);
    expect(await wrong({ schema: v.object({}) })).toEqual(['schema']);
    expect(await wrong({ schema: { '~standard': {} } })).toEqual(['schema']);
    expect(await wrong({ schema: z.object({ at: z.date() }) })).toEqual(['schema']);
    expect(await wrong({ jsonSchema: 'x' })).toEqual(['jsonSchema']);
    expect(await wrong({ name: 'a name' })).toEqual(['name']);
    expect(await wrong({ mode: 'json' })).toEqual(['mode']);
    expect(await wrong({ repair: -1 })).toEqual(['repair']);
    expect(await wrong({}, { ...REQUEST, response_format: { type: 'text' } })).toEqual(['request.response_format']);
    expect(await wrong({}, { model: 'a/b' })).toEqual(['request.messages']);
    expect(requests).toHaveLength(0);
  });
});

describe('repair', () => {
  it('shows the model what is wrong with its answer, and tells of the answers that it took', async () => {
    const reasoning_details = [{ type: 'reasoning.encrypted', data: 'x' }];
    const { openrouter, requests } = fake([saying('It is four.', { cost: 0.1, message: { reasoning_details } }), saying('{"vessel":"Petrel"}'), saying(GOOD)]);
    const result = await generateObject(openrouter, REQUEST, { schema, repair: 2 });
    expect(result.object.berth).toBe(4);
    expect(result.repaired.map(({ reason, text, receipt }) => [reason, text, receipt?.cost.total])).toEqual([['invalid-json', 'It is four.', 0.1], ['mismatch', '{"vessel":"Petrel"}', 0.2]]);
    expect(result.total).toMatchObject({ calls: 3, attempts: 3, cost: { total: 0.5 } });
    expect(sent(requests, 2).messages).toEqual([
      ...REQUEST.messages,
      { role: 'assistant', content: 'It is four.', reasoning_details },
      { role: 'user', content: 'Your answer is not JSON. Answer again, with the corrected JSON and nothing else.' },
      { role: 'assistant', content: '{"vessel":"Petrel"}' },
      { role: 'user', content: 'Your answer does not fit the JSON Schema: berth: Invalid input: expected number, received undefined. Answer again, with the corrected JSON and nothing else.' },
    ]);
    expect(requests.map(({ body }) => body)).toMatchObject(Array.from({ length: 3 }, () => ({ provider: { require_parameters: true }, response_format: { type: 'json_schema' } })));
  });

  it('is bounded, and loses no answer', async () => {
    const error = await failing([saying('one'), saying(''), saying('three'), saying(GOOD)], { repair: 2 });
    expect(error).toMatchObject({ reason: 'invalid-json', text: 'three', previousErrors: [{ text: 'one' }, { text: '', reason: 'empty' }] });
  });

  it('asks again, word for word, where there was no answer', async () => {
    const { openrouter, requests } = fake([saying(''), saying(GOOD)]);
    await generateObject(openrouter, REQUEST, { schema, repair: 1 });
    expect(requests[1]?.body).toEqual(requests[0]?.body);
  });

  it('tells the model what a schema that throws said, and takes a format of null for none', async () => {
    const broken = { '~standard': { version: 1, vendor: 'test', validate: () => { throw new Error('no date at all'); }, jsonSchema: { input: () => ({ type: 'object' }) } } } as const;
    const { openrouter, requests } = fake([saying(GOOD)]);
    const error = await rejection(generateObject(openrouter, { ...REQUEST, response_format: null as never }, { schema: broken, repair: 1 }));
    expect(error).toMatchObject({ reason: 'mismatch', issues: [{ message: 'no date at all' }], cause: { message: 'no date at all' } });
    expect(sent(requests, 1).messages.at(-1)?.content).toContain('does not fit the JSON Schema: no date at all.');
  });

  it.each<[string, unknown, string]>([
    ['gives nothing', undefined, 'the schema of test gave no result'],
    ['gives null', null, 'the schema of test gave no result'],
    ['says null for a path', { issues: [{ message: 'no tide', path: null }] }, 'no tide'],
  ])('makes an error of its own where a schema %s', async (_, result, message) => {
    const odd = { '~standard': { version: 1, vendor: 'test', validate: () => result as never, jsonSchema: { input: () => ({ type: 'object' }) } } } as const;
    const { openrouter, requests } = fake([saying(GOOD)]);
    expect(await rejection(generateObject(openrouter, REQUEST, { schema: odd, repair: 1 }))).toMatchObject({ name: 'StructuredOutputError', reason: 'mismatch', issues: [{ message }] });
    expect(sent(requests, 1).messages.at(-1)?.content).toContain(message);
  });

  it('ends with the signal, also while a schema looks at the answer', async () => {
    const controller = new AbortController();
    const endless = { '~standard': { version: 1, vendor: 'test', validate: () => new Promise<never>(() => controller.abort(new Error('enough'))), jsonSchema: { input: () => ({ type: 'object' }) } } } as const;
    const { openrouter } = fake([saying(GOOD)]);
    expect(await rejection(generateObject(openrouter, REQUEST, { schema: endless, signal: controller.signal }))).toMatchObject({ message: 'enough' });
  });

  it('does not argue with a refusal, nor with an answer that was cut off', async () => {
    expect(await failing([saying(null, { message: { refusal: 'No.' } }), saying(GOOD)], { repair: 3 })).toMatchObject({ reason: 'refusal' });
    expect(await failing([saying('{', { finish: 'length' }), saying(GOOD)], { repair: 3 })).toMatchObject({ reason: 'truncated' });
  });

  it('keeps the answers where a later request fails', async () => {
    const error = await rejection(generateObject(fake([saying('one'), failure(400, 'no')]).openrouter, REQUEST, { schema, repair: 1 }));
    expect(error).toBeInstanceOf(APIError);
    expect((error as OpenRouterError).previousErrors).toMatchObject([{ reason: 'invalid-json', text: 'one' }]);
  });
});
