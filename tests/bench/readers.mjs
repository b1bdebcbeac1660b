// Each reads one stream to its end and returns what it got. `plain` is the yardstick: the loop a careful user would write by hand.
import { createOpenRouter as createProvider } from '@waypost/ai-sdk';
import { createOpenRouter } from '@waypost/fetch';
import { ChatOpenRouter } from '@waypost/langchain';

const OPTIONS = { apiKey: 'sk-or-v1-bench', baseURL: 'http://127.0.0.1:9/api/v1' };
const MODEL = 'acme/atlas';
const PROMPT = 'Write.';

function collect(got, chunk) {
  const delta = chunk.choices[0]?.delta;
  if (!delta) return;
  if (delta.content) got.text += delta.content;
  if (delta.reasoning) got.reasoning += delta.reasoning;
  if (delta.tool_calls) for (const call of delta.tool_calls) got.toolArguments += call.function.arguments;
}
const nothing = () => ({ text: '', reasoning: '', toolArguments: '' });

export const plain = (fetch) => async () => {
  const got = nothing();
  const response = await fetch(`${OPTIONS.baseURL}/chat/completions`, { method: 'POST' });
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (let packet = await reader.read(); !packet.done; packet = await reader.read()) {
    rest += decoder.decode(packet.value, { stream: true });
    let from = 0;
    for (let end = rest.indexOf('\n\n', from); end >= 0; end = rest.indexOf('\n\n', from)) {
      if (rest.startsWith('data: {', from)) collect(got, JSON.parse(rest.slice(from + 6, end)));
      from = end + 2;
    }
    rest = rest.slice(from);
  }
  return got;
};

export const readers = {
  fetch: (fetch) => {
    const openrouter = createOpenRouter({ ...OPTIONS, fetch });
    return async () => {
      const got = nothing();
      for await (const chunk of openrouter.stream({ model: MODEL, messages: [{ role: 'user', content: PROMPT }] })) collect(got, chunk);
      return got;
    };
  },
  'ai-sdk': (fetch) => {
    const model = createProvider({ ...OPTIONS, fetch })(MODEL);
    return async () => {
      const got = nothing();
      const { stream } = await model.doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: PROMPT }] }] });
      const reader = stream.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const { type, delta } = part.value;
        if (type === 'text-delta') got.text += delta;
        else if (type === 'reasoning-delta') got.reasoning += delta;
        else if (type === 'tool-input-delta') got.toolArguments += delta;
      }
      return got;
    };
  },
  langchain: (fetch) => {
    const model = new ChatOpenRouter({ ...OPTIONS, model: MODEL, fetch, maxRetries: 0 });
    return async () => {
      const got = nothing();
      for await (const chunk of await model.stream(PROMPT)) {
        got.text += chunk.text;
        const { reasoning_content: thought } = chunk.additional_kwargs;
        if (typeof thought === 'string') got.reasoning += thought;
        for (const call of chunk.tool_call_chunks ?? []) got.toolArguments += call.args ?? '';
      }
      return got;
    };
  },
};
