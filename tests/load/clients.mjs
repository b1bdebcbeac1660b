// The clients that are compared. Each makes one call, and gives its text; `stream` stops after the first piece where it is told to leave.
import { createOpenRouter } from '@waypost/fetch';

const KEY = 'sk-or-v1-load';
const messages = [{ role: 'user', content: 'When does the tide turn?' }];

/** The loop a careful user would write by hand. */
function plainFetch(baseURL, signal) {
  const send = (body) =>
    fetch(`${baseURL}/chat/completions`, {
      method: 'POST', headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }, body: JSON.stringify(body), signal,
    });
  return {
    async chat() {
      const response = await send({ model: 'acme/atlas', messages });
      return (await response.json()).choices[0].message.content;
    },
    async stream(model, leave = false) {
      const response = await send({ model, messages, stream: true });
      const decoder = new TextDecoder();
      let rest = '';
      let text = '';
      for await (const packet of response.body) {
        rest += decoder.decode(packet, { stream: true });
        let from = 0;
        for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n', from)) {
          if (rest.startsWith('data: {', from)) text += JSON.parse(rest.slice(from + 6, end)).choices[0]?.delta.content ?? '';
          from = end + 2;
        }
        rest = rest.slice(from);
        if (leave && text !== '') break;
      }
      return text;
    },
  };
}

/** Every limit of time is on, so that each call sets its timers. */
const LIMITS = { timeout: 120_000, firstTokenTimeout: 120_000, idleTimeout: 120_000, deadline: 300_000 };

function waypostFetch(baseURL, signal) {
  const openrouter = createOpenRouter({ apiKey: KEY, baseURL, provider: { data_collection: 'deny', sort: 'throughput' }, ...LIMITS });
  return {
    async chat() {
      return (await openrouter.chat({ model: 'acme/atlas', messages }, { signal })).text;
    },
    async stream(model, leave = false) {
      let text = '';
      for await (const piece of openrouter.stream({ model, messages }, { signal }).textStream) {
        text += piece;
        if (leave) break;
      }
      return text;
    },
  };
}

export const clients = { 'plain fetch': plainFetch, '@waypost/fetch': waypostFetch };
