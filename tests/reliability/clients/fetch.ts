import { createOpenRouter } from '@waypost/fetch';
import { MODEL, PROMPT, said, TOOL } from '../modes.js';
import { type Client, ending } from './client.js';
import { describeError, keptIn } from './describe.js';

export const fetchClient: Client = {
  name: '@waypost/fetch',
  methods: { json: '`chat`', stream: '`stream`' },
  run: ({ kind, tools }, { url, limits, sizes, signal, effects, retry = { maxRetries: 0 } }) =>
    ending(async (hand) => {
      const openrouter = createOpenRouter({ apiKey: 'sk-or-v1-local', baseURL: url, retry, sizes, effects, ...limits });
      const request = { model: MODEL, messages: [{ role: 'user' as const, content: PROMPT }], ...(tools && { tools: [{ type: 'function' as const, function: TOOL }] }) };
      if (kind === 'json') {
        const { text, toolCalls } = await openrouter.chat(request, { signal });
        return hand(said(text, toolCalls));
      }
      for await (const { choices } of openrouter.stream(request, { signal })) {
        const delta = choices?.[0]?.delta;
        hand(delta?.content ?? '');
        for (const call of delta?.tool_calls ?? []) hand(`${call.function?.name ? `${call.function.name}(` : ''}${call.function?.arguments ?? ''}`);
      }
    }).then((end) => (tools && kind === 'stream' && end.received !== '' ? { ...end, received: `${end.received})` } : end)),
  describe: (error) => describeError(error),
  kept: keptIn,
  words: (end) => end,
};
