import { getRetryable } from '@langchain/core/errors';
import { HumanMessage } from '@langchain/core/messages';
import { ChatOpenRouter } from '@waypost/langchain';
import { MODEL, PROMPT, said, TOOL } from '../modes.js';
import { type Client, ending } from './client.js';
import { describeError, keptIn } from './describe.js';

export const langchainClient: Client = {
  name: '@waypost/langchain',
  methods: { json: '`invoke`', stream: '`stream`' },
  run: ({ kind, tools }, { url, limits, sizes, signal, effects }) =>
    ending(async (hand) => {
      const model = new ChatOpenRouter(MODEL, { apiKey: 'sk-or-v1-local', baseURL: url, maxRetries: 0, sizes, effects, ...limits });
      const messages = [new HumanMessage(PROMPT)];
      const options = { signal, ...(tools && { tools: [{ type: 'function' as const, function: TOOL }] }) };
      if (kind === 'json') {
        const { text, tool_calls: calls = [] } = await model.invoke(messages, options);
        return hand(said(text, calls.map(({ name, args }) => ({ name, arguments: JSON.stringify(args) }))));
      }
      let calls = 0;
      try {
        for await (const chunk of await model.stream(messages, options)) {
          hand(chunk.text);
          for (const call of chunk.tool_call_chunks ?? []) {
            if (call.name) calls += 1;
            hand(`${call.name ? `${call.name}(` : ''}${call.args ?? ''}`);
          }
        }
      } finally {
        if (calls > 0) hand(')');
      }
    }),
  // LangChain's own loop looks at its stamp, not at `isRetryable`
  describe: (error) => describeError(error, getRetryable(error) === true),
  kept: keptIn,
  words: (end) => end,
};
