import { describe, expect, it } from 'vitest';
import { createGateway, reply, wires } from '../../src/index.js';
import { chat, chatJson, chatSse, errorOf, once, post } from '../helpers.js';

const toolUse = { tool_calls_requested: 2, tool_calls_executed: 1, web_search_requests: 1 };

describe('what server tools did', () => {
  it('is told in the usage of JSON, streams and responses', async () => {
    const gateway = createGateway({ scenario: { reply: reply.text('Aye', { toolUse }) } });
    expect((await chatJson(gateway)).usage?.server_tool_use_details).toEqual(toolUse);
    expect((await chatSse(gateway)).chunks.at(-1)?.usage?.server_tool_use_details).toEqual(toolUse);
    expect(await (await post(gateway, '/responses', { model: 'acme/atlas', input: 'Hello' })).json()).toMatchObject({ usage: { server_tool_use_details: toolUse } });
  });
});

describe('older answers', () => {
  it.each<[keyof typeof wires, object]>([
    ['current', { usage: { server_tool_use_details: toolUse, cost_details: { upstream_inference_cost: expect.any(Number) } }, choices: [{ finish_reason: 'stop' }] }],
    ['spring2026', { usage: { server_tool_use: toolUse, cost_details: { upstream_inference_cost: null } }, choices: [] }],
    ['winter2026', { usage: { server_tool_use: toolUse, prompt_tokens_details: null }, choices: [{ finish_reason: null, delta: { content: '' } }] }],
  ])('had shapes of their own: %s', async (name, last) => {
    const gateway = createGateway({ scenario: { wire: wires[name], reply: reply.text('Aye', { toolUse }) } });
    const { chunks } = await chatSse(gateway);
    expect(chunks.at(-1)).toMatchObject(last);
    const failing = createGateway({ scenario: { wire: { ...wires[name], error: {} } } });
    expect((await chatSse(failing)).chunks.at(-1)?.error?.code).toBe(name === 'current' ? 502 : 'server_error');
    expect((await errorOf(await chat(failing))).error.code).toBe(name === 'current' ? 502 : 'server_error');
  });
});

describe('malformed bytes', () => {
  it('are JSON that breaks off, in the event that is asked for', async () => {
    const text = await (await once({ scenario: { wire: { malformed: { as: 'json', at: 0 } } } }, { stream: true })).text();
    const [bad = '', good = ''] = text.split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
    expect(() => JSON.parse(bad)).toThrow(SyntaxError);
    expect(() => JSON.parse(good)).not.toThrow();
    await expect((await once({ scenario: { wire: { malformed: { as: 'json' } } } })).json()).rejects.toThrow(SyntaxError);
  });

  it('are bytes that are no character, inside a text', async () => {
    for (const stream of [true, false]) {
      const bytes = await (await once({ scenario: { reply: reply.text('Grüße'), wire: { malformed: { as: 'utf8', at: 0 } } } }, { stream })).arrayBuffer();
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow(TypeError);
      const lenient = new TextDecoder().decode(bytes);
      expect(lenient).toContain('"content":"\uFFFDrüße"');
      const json = stream ? (lenient.split('\n').find((line) => line.startsWith('data: ')) ?? '').slice(6) : lenient;
      expect(() => JSON.parse(json)).not.toThrow();
    }
  });
});
