import { reply } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import type { Request } from './drivers/driver.js';
import { agree } from './support/agree.js';

const weather = {
  name: 'weather',
  description: 'The weather of a place',
  parameters: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'], additionalProperties: false },
};
const user = { role: 'user', content: 'Is it foggy?' } as const;

const requests: readonly { name: string; request: Request; sent: object }[] = [
  {
    name: 'a system message',
    request: { messages: [{ role: 'system', content: 'Be brief.' }, user] },
    sent: { messages: [{ role: 'system', content: 'Be brief.' }, user] },
  },
  {
    name: 'sampling settings',
    request: { messages: [user], temperature: 0, topP: 0.5, maxTokens: 64, seed: 7, stop: ['END'] },
    sent: { temperature: 0, top_p: 0.5, max_tokens: 64, seed: 7, stop: ['END'] },
  },
  {
    name: 'a tool',
    request: { messages: [user], tools: [weather] },
    sent: { tools: [{ type: 'function', function: weather }] },
  },
  {
    name: 'a tool that must be called',
    request: { messages: [user], tools: [weather], toolChoice: 'required' },
    sent: { tool_choice: 'required' },
  },
];

describe.each([false, true])('streaming: %s', (stream) => {
  it.each(requests)('is said in the same words: $name', async ({ request, sent }) => {
    for (const run of await agree({ stream, request })) {
      expect(run.error).toBeUndefined();
      expect(run.requests[0]?.body).toMatchObject(sent);
    }
  });

  it('sends defaults of the client in the same words', async () => {
    const client = { reasoning: { effort: 'high' }, user: 'u-1', sessionId: 's-1', plugins: [{ id: 'response-healing' }], appUrl: 'https://app.example', appTitle: 'App', appCategories: ['cli-agent'] };
    for (const { requests: sent } of await agree({ stream, client })) {
      expect(sent[0]?.body).toMatchObject({ reasoning: { effort: 'high' }, user: 'u-1', session_id: 's-1', plugins: [{ id: 'response-healing' }] });
      expect(sent[0]?.headers).toMatchObject({ 'http-referer': 'https://app.example', 'x-openrouter-title': 'App', 'x-openrouter-categories': 'cli-agent' });
    }
  });

  it('gives the same text, thinking and calls back', async () => {
    const scenario = { reply: reply.message({ content: 'Foggy.', reasoning: 'It is November.', tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"place":"Skerries"}' } }] }) };
    for (const { text, reasoning, toolCalls, receipt } of await agree({ stream, modelId: 'borealis/aurora', client: { reasoning: {} }, request: { messages: [user], tools: [weather] } }, { scenario })) {
      expect({ text, reasoning }).toEqual({ text: 'Foggy.', reasoning: 'It is November.' });
      expect(toolCalls).toEqual([{ id: 'call_1', name: 'weather', input: { place: 'Skerries' } }]);
      expect(receipt).toMatchObject({ served: { model: 'borealis/aurora' }, finishReason: 'tool_calls' });
    }
  });

  it('has no receipt where receipts are off, and a short one where they are to be short', async () => {
    for (const { receipt, told, text } of await agree({ stream, client: { receipt: 'off' } })) {
      expect(receipt).toBeUndefined();
      expect(told.receipts).toEqual([]);
      expect(text).not.toBe('');
    }
    for (const { receipt } of await agree({ stream, client: { receipt: 'full' }, call: { receipt: 'summary' } })) {
      expect(receipt).toMatchObject({ served: { model: 'acme/atlas' }, overruled: [] });
      expect(receipt).not.toHaveProperty('attempts');
    }
  });

  it('still warns of an overruled loosening where receipts are off', async () => {
    for (const { warnings } of await agree({ stream, client: { receipt: 'off', provider: { zdr: true } }, call: { provider: { zdr: false } } })) {
      expect(warnings.join('\n')).toMatch(/provider\.zdr .*overruled/);
    }
  });

  it('cannot verify a policy where a server tool shares the data', async () => {
    // every endpoint of the one provider retains nothing, which a catalogue proves; what the plugin does with the data, nothing proves
    const endpoint = { name: 'Azure', model_id: 'acme/atlas', provider_name: 'Azure', tag: 'azure' };
    const client = { provider: { only: ['azure'], zdr: true }, catalogue: { zdr: [endpoint], endpoints: [endpoint] } };
    for (const { receipt } of await agree({ stream, client })) expect(receipt?.verdict.guardrails['zdr']).toEqual({ verdict: 'kept' });
    for (const door of ['client', 'raw'] as const) {
      const plan = { stream, client, [door]: { ...(door === 'client' && client), plugins: [{ id: 'web' }] } };
      for (const { receipt } of await agree(plan)) expect(receipt?.verdict.guardrails['zdr']?.verdict).toBe('unverifiable');
    }
  });

  it('keeps a known policy', async () => {
    for (const { receipt } of await agree({ stream, client: { provider: { only: ['azure'], max_price: { prompt: 9, completion: 20 } } } }, { scenario: { reply: reply.text('Yes') } })) {
      expect(receipt?.verdict).toMatchObject({ overall: 'kept', guardrails: { only: { verdict: 'kept' } } });
    }
  });
});
