import { type ChatResult, createOpenRouter, type OpenRouter } from '@waypost/fetch';
import { saidInResponse } from '../said.js';
import { type Adapter, API_KEY, type Heard, MODEL, PROMPT } from './adapter.js';

const request = { model: MODEL, messages: [{ role: 'user' as const, content: PROMPT }] };

const client = (fetchOf: typeof fetch): OpenRouter => createOpenRouter({ apiKey: API_KEY, fetch: fetchOf, retry: false });

function heard(result: ChatResult, streamed: string): Heard {
  const { response, message, text, finishReason, toolCalls } = result;
  const said = saidInResponse({ ...response, choices: [{ message: { ...message, content: text }, finish_reason: finishReason }] });
  return { kind: 'answer', said, executable: toolCalls.map(({ name }) => name), streamed };
}

export const fetchAdapter: Adapter = {
  name: 'fetch',
  async complete(fetchOf) {
    try {
      const result = await client(fetchOf).chat(request);
      return heard(result, result.text);
    } catch (error) {
      return { kind: 'error', error, streamed: '' };
    }
  },
  async stream(fetchOf) {
    let streamed = '';
    try {
      const stream = client(fetchOf).stream(request);
      for await (const { choices } of stream) streamed += choices?.[0]?.delta?.content ?? '';
      return heard(await stream.final(), streamed);
    } catch (error) {
      return { kind: 'error', error, streamed };
    }
  },
};
