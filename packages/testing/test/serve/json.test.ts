import { describe, expect, it } from 'vitest';
import { createGateway, reply, type Reply, type Wire } from '../../src/index.js';
import { chat, chatJson, chatSse } from '../helpers.js';

async function body(wire: Wire, answer: Reply = reply.text('Hello')): Promise<object> {
  return (await (await chat(createGateway({ scenario: { reply: answer, wire } }))).json()) as object;
}

describe('a JSON answer', () => {
  it('says who served, and leaves out what is empty', async () => {
    const response = await chatJson(createGateway({ scenario: { reply: reply.text('Hello') } }), { provider: { only: ['azure'] } });
    expect(response).toMatchObject({ object: 'chat.completion', model: 'acme/atlas', provider: 'Azure', service_tier: null });
    expect(response.id).toMatch(/^gen-\d+-[A-Za-z0-9]{20}$/);
    expect(response.choices).toEqual([{
      index: 0, finish_reason: 'stop', native_finish_reason: 'stop', logprobs: null,
      message: { role: 'assistant', content: 'Hello', refusal: null, reasoning: null },
    }]);
  });

  it('carries whatever the reply carries', async () => {
    const message = {
      content: null, reasoning: 'r', reasoning_details: [{ type: 'reasoning.encrypted' as const, data: 'x' }],
      images: [{ type: 'image_url' as const, image_url: { url: 'data:,' } }], audio: { id: 'a' },
      annotations: [{ type: 'file' as const, file: { hash: 'h' } }], refusal: 'no',
    };
    expect(await body({}, reply.message(message, { finishReason: 'content_filter', model: 'dated/model', id: 'chatcmpl-1' }))).toMatchObject({
      id: 'chatcmpl-1', model: 'dated/model', choices: [{ finish_reason: 'content_filter', message }],
    });
  });

  it('has the further fields of a reply, in chunks too', async () => {
    const answer = reply.text('Hello', { fields: { citations: ['https://example.com/'] } });
    expect(await body({}, answer)).toMatchObject({ citations: ['https://example.com/'], choices: [{ message: { content: 'Hello' } }] });
    const { chunks } = await chatSse(createGateway({ scenario: { reply: answer } }));
    for (const chunk of chunks) expect(chunk).toMatchObject({ citations: ['https://example.com/'] });
  });

  it('uses the words of the provider for the finish reason', async () => {
    const gateway = createGateway({ scenario: { reply: reply.toolCall('f', {}) } });
    expect(await chatJson(gateway, { model: 'borealis/aurora' })).toMatchObject({ choices: [{ finish_reason: 'tool_calls', native_finish_reason: 'tool_use' }] });
    expect(await body({}, reply.text('', { finishReason: null }))).toMatchObject({ choices: [{ finish_reason: null, native_finish_reason: null }] });
  });

  it('shows the odd shapes of real traffic', async () => {
    expect(await body({ toolDeltas: { firstArguments: 'null' } }, reply.toolCall('f', {}))).toMatchObject({ choices: [{ message: { tool_calls: [{ function: { arguments: null } }] } }] });
    expect(await body({ idleContent: 'empty' }, reply.toolCall('f', {}))).toMatchObject({ choices: [{ message: { content: '' } }] });
    expect(await body({ usageShape: 'null-details' })).toMatchObject({ usage: { prompt_tokens_details: null, completion_tokens_details: null } });
    expect(await body({ usageShape: 'null-upstream' })).toMatchObject({ usage: { cost_details: { upstream_inference_cost: null } } });
    expect(await body({ usageShape: 'no-cost' })).not.toHaveProperty('usage.cost');
    expect(await body({ usage: 'missing' })).not.toHaveProperty('usage');
    expect(await body({ bareChoices: true })).not.toHaveProperty('choices.0.native_finish_reason');
  });

  it('holds an error in each of its shapes, with status 200', async () => {
    expect(await body({ error: { shape: 'bare' } })).toEqual({ error: expect.objectContaining({ code: 502 }) });
    expect(await body({ error: { shape: 'choice', detail: { code: 400, metadata: { raw: { nested: true } } } } }))
      .toMatchObject({ choices: [{ finish_reason: 'error', error: { metadata: { raw: { nested: true } } } }] });
    expect(await body({ error: {} })).toMatchObject({ error: { code: 502 }, choices: [{ finish_reason: 'error' }] });
  });

  it('comes after whitespace, a BOM, and in packets', async () => {
    const response = await chat(createGateway({ scenario: { wire: { whitespace: '\n   \n', bom: true, packets: { size: 3 } } } }));
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(Array.from(bytes.subarray(0, 8))).toEqual([0xef, 0xbb, 0xbf, 0x0a, 0x20, 0x20, 0x20, 0x0a]);
    expect(JSON.parse(new TextDecoder().decode(bytes))).toHaveProperty('choices');
  });
});
