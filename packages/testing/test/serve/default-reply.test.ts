import { describe, expect, it } from 'vitest';
import { createGateway } from '../../src/index.js';
import { type Body, catalogueOf, chatJson } from '../helpers.js';

const parameters = { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 2 }, note: { type: 'string' } }, required: ['city', 'days'] } as const;
const tools = [{ type: 'function', function: { name: 'time' } }, { type: 'function', function: { name: 'weather', parameters } }] as const;

async function message(body: Body): Promise<unknown> {
  return (await chatJson(createGateway(), body)).choices[0]?.message;
}

describe('the default reply', () => {
  it('depends on the model and on the length of the prompt', async () => {
    const [a, b] = [await message({}), await message({})];
    expect(a).toEqual(b);
    expect(a).toMatchObject({ content: 'Acme: Atlas read 5 characters.' });
    expect(await message({ messages: [{ role: 'user', content: 'Hello!' }] })).toMatchObject({ content: 'Acme: Atlas read 6 characters.' });
  });

  it('calls a tool only where the request demands it', async () => {
    expect(await message({ tools: [...tools] })).not.toHaveProperty('tool_calls');
    expect(await message({ tools: [...tools], tool_choice: 'required' })).toMatchObject({ content: null, tool_calls: [{ function: { name: 'time', arguments: '{}' } }] });
    expect(await message({ tools: [...tools], tool_choice: { type: 'function', function: { name: 'weather' } } }))
      .toMatchObject({ tool_calls: [{ id: 'call_0', type: 'function', function: { name: 'weather', arguments: '{"city":"text","days":2}' } }] });
  });

  it('is JSON where the request asks for it', async () => {
    expect(await message({ response_format: { type: 'json_schema', json_schema: { name: 'x', schema: parameters } } })).toMatchObject({ content: '{"city":"text","days":2}' });
    expect(await message({ response_format: { type: 'json_object' } })).toMatchObject({ content: '{"answer":"Acme: Atlas read 5 characters."}' });
    expect(await message({ model: 'cinder/spark', response_format: { type: 'json_object' } })).toMatchObject({ content: 'Cinder: Spark read 5 characters.' });
  });

  it('is JSON where the request asks for it, whatever else the endpoint leaves out', async () => {
    const ignored = { verbosity: 'high', tools: [...tools] };
    const schema = { type: 'json_schema', json_schema: { name: 'x', schema: parameters } };
    const gateway = createGateway({
      unsupportedTools: 'ignore',
      catalogue: catalogueOf({ tag: 'plain', pricing: { prompt: '0', completion: '0' }, supportedParameters: ['structured_outputs'] }),
    });
    const said = async (response_format: object): Promise<unknown> => (await chatJson(gateway, { model: 'acme/one', response_format, ...ignored })).choices[0]?.message;
    expect(await said(schema)).toMatchObject({ content: '{"city":"text","days":2}' });
    // which needs another parameter
    expect(await said({ type: 'json_object' })).toMatchObject({ content: 'One read 5 characters.' });
  });

  it('stops at the limit of tokens', async () => {
    const response = await chatJson(createGateway(), { max_tokens: 2 });
    expect(response).toMatchObject({ choices: [{ finish_reason: 'length', message: { content: 'Acme: At' } }], usage: { completion_tokens: 2 } });
  });

  it('thinks where it is asked to, or must', async () => {
    const thinking = { reasoning: expect.any(String), reasoning_details: [{ type: 'reasoning.text', signature: expect.any(String), format: 'anthropic-claude-v1' }] };
    expect(await message({ model: 'borealis/aurora' })).toMatchObject({ reasoning: null });
    expect(await message({ model: 'borealis/aurora', reasoning: { effort: 'low' } })).toMatchObject(thinking);
    expect(await message({ model: 'borealis/aurora', reasoning: { max_tokens: 2000 } })).toMatchObject(thinking);
    expect(await message({ model: 'borealis/aurora', reasoning: { effort: 'low', exclude: true } })).toMatchObject({ reasoning: null });
    expect(await message({ model: 'borealis/aurora:thinking' })).toMatchObject(thinking);
    expect(await message({ reasoning: { effort: 'high' } })).toMatchObject({ reasoning: null });
  });

  it('cites with :online and draws with the image modality', async () => {
    expect(await message({ model: 'acme/atlas:online' })).toMatchObject({ annotations: [{ type: 'url_citation' }] });
    expect(await message({ model: 'cinder/easel', modalities: ['text', 'image'] })).toMatchObject({ images: [{ type: 'image_url' }] });
  });
});
