import { APICallError, type LanguageModelV4CallOptions, type LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { createOpenRouter } from '@waypost/ai-sdk';
import { MODEL, PROMPT, said, TOOL } from '../modes.js';
import { type Client, ending } from './client.js';
import { keptIn } from './describe.js';

/** What a part hands out: text, or a piece of a tool call's input. */
function pieceOf(part: LanguageModelV4StreamPart): string {
  if (part.type === 'text-delta' || part.type === 'tool-input-delta') return part.delta;
  return part.type === 'tool-input-start' ? `${part.toolName}(` : '';
}

/** Seconds to wait, where the AI SDK looks for them. */
function waitOf({ responseHeaders: headers }: APICallError): string {
  const [ms, seconds] = [headers?.['retry-after-ms'], headers?.['retry-after']];
  if (seconds !== undefined) return ` after ${seconds} s`;
  // a tenth of a second only says that there is no need to wait
  return ms === undefined || ms === '100' ? '' : ` after ${Number(ms) / 1000} s`;
}

export const aiSdkClient: Client = {
  name: '@waypost/ai-sdk',
  methods: { json: '`doGenerate`', stream: '`doStream`' },
  run: ({ kind, tools }, { url, limits, sizes, signal, effects }) =>
    ending(async (hand, fail) => {
      const model = createOpenRouter({ apiKey: 'sk-or-v1-local', baseURL: url, sizes, effects, ...limits }).chat(MODEL);
      const options: LanguageModelV4CallOptions = {
        prompt: [{ role: 'user', content: [{ type: 'text', text: PROMPT }] }],
        ...(tools && { tools: [{ type: 'function', name: TOOL.name, description: TOOL.description, inputSchema: { ...TOOL.parameters, required: ['city'] } }] }),
        abortSignal: signal,
      };
      if (kind === 'json') {
        for (const part of (await model.doGenerate(options)).content) {
          if (part.type === 'text') hand(part.text);
          else if (part.type === 'tool-call') hand(said('', [{ name: part.toolName, arguments: part.input }]));
        }
        return;
      }
      const { stream } = await model.doStream(options);
      let calls = 0;
      try {
        for await (const part of stream) {
          hand(pieceOf(part));
          if (part.type === 'tool-input-start') calls += 1;
          else if (part.type === 'error') fail(part.error);
        }
      } finally {
        if (calls > 0) hand(')');
      }
    }),
  describe: (error) =>
    APICallError.isInstance(error)
      ? `APICallError${error.statusCode === undefined ? '' : ` ${error.statusCode}`}${error.isRetryable ? `, retryable${waitOf(error)}` : ''}`
      : `unexpected: ${String(error)}`,
  kept: (error) => keptIn(APICallError.isInstance(error) ? error.cause : error),
  words(end, kind) {
    if (end === 'answer') return end;
    const words = end.replace(/^(?:APIError|NoRouteError) (\d+) [a-z-]+/, 'APICallError $1').replace(/^(?:NetworkError|(?:TimeoutError|StreamError) [a-z-]+)/, 'APICallError');
    // what breaks once content was handed out can only be told inside the stream
    return kind === 'stream' && end.includes('all kept') ? `error part ${words}` : words;
  },
};
