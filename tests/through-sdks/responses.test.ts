import { fail, ok, reply } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { connect, rejection } from './connection.js';

const ask = { model: 'acme/atlas', input: 'Which way to the harbour?', store: false };
const beside = (fields: Record<string, unknown>): object => fields;

describe('responses of openai', () => {
  it('go out under the policy', async () => {
    const { gateway, openai } = connect({ reply: reply.text('Left.') }, { provider: { zdr: true }, models: ['borealis/aurora'] });
    const { output_text: text } = await openai.responses.create({ ...ask, ...beside({ provider: { zdr: false, sort: 'price' } }) });
    expect(text).toBe('Left.');
    expect(gateway.requests[0]).toMatchObject({ path: '/api/v1/responses', body: { models: ['borealis/aurora'], provider: { zdr: true, sort: 'price' } } });
  });

  it('come event by event', async () => {
    const { gateway, openai } = connect({ reply: reply.text('To the left.'), wire: { textSize: 3 } }, { provider: { zdr: true } });
    let text = '';
    const types = new Set<string>();
    for await (const event of await openai.responses.create({ ...ask, stream: true })) {
      types.add(event.type);
      if (event.type === 'response.output_text.delta') text += event.delta;
    }
    expect(text).toBe('To the left.');
    expect([...types]).toEqual(expect.arrayContaining(['response.created', 'response.completed']));
    expect(gateway.requests[0]?.body).toMatchObject({ stream: true, provider: { zdr: true } });
  });

  it('call functions', async () => {
    const { openai } = connect({ reply: reply.toolCall('tide', { harbour: 'Whitby' }) });
    const { output } = await openai.responses.create({ ...ask, tools: [{ type: 'function', name: 'tide', parameters: { type: 'object' }, strict: false }] });
    expect(output).toContainEqual(expect.objectContaining({ type: 'function_call', name: 'tide', arguments: '{"harbour":"Whitby"}' }));
  });

  it('are refused before anything is sent', async () => {
    const { gateway, openai } = connect({}, { provider: { only: ['azure'] }, allowedModels: ['acme/*'] });
    expect(await rejection(openai.responses.create({ ...ask, ...beside({ provider: { only: ['openai'] } }) }))).toMatchObject({ status: 400, type: 'policy_conflict', param: 'provider.only' });
    expect(await rejection(openai.responses.create({ ...ask, model: 'borealis/aurora' }))).toMatchObject({ status: 400, param: 'allowedModels' });
    expect(gateway.requests).toEqual([]);
  });

  it('are repeated by the SDK where that helps', async () => {
    const { gateway, openai } = connect({ gateway: [fail(503, { retryAfter: 0.001 }), ok()] });
    expect((await openai.responses.create(ask)).status).toBe('completed');
    expect(gateway.requests.map(({ status }) => status)).toEqual([503, 200]);
  });
});
