import { createOpenRouter } from '@waypost/fetch';
import { kit } from './bench-kit.mjs';

const { chatBody, Collector } = await kit('client-kit');

export const name = 'waypost-fetch';
export const entry = `
  import { createOpenRouter } from '@waypost/fetch';
  export async function chat(apiKey, model, prompt, onText) {
    const stream = createOpenRouter({ apiKey }).stream({ model, messages: [{ role: 'user', content: prompt }] });
    for await (const text of stream.textStream) onText(text);
  }`;

export function create({ baseURL, apiKey, model }) {
  const openrouter = createOpenRouter({ apiKey, baseURL, retry: false });
  return {
    async generate() {
      const { text, usage } = await openrouter.chat(chatBody(model, false));
      return { text, usage: usage.totalTokens };
    },
    async stream(onFirst) {
      const out = new Collector(onFirst);
      for await (const chunk of openrouter.stream(chatBody(model, false))) out.chunk(chunk);
      return out;
    },
  };
}
