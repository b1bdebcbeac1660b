import type { AIMessage, AIMessageChunk } from '@langchain/core/messages';
import { ChatOpenRouter } from '@waypost/langchain';
import { amount, list, object, text } from '../loose.js';
import { annotationOf, pictureOf, type Said, type SaidCall, saidDetails, spellArgs } from '../said.js';
import { type Adapter, API_KEY, type Heard, MODEL, PROMPT } from './adapter.js';

const model = (fetchOf: typeof fetch): ChatOpenRouter => new ChatOpenRouter(MODEL, { apiKey: API_KEY, fetch: fetchOf, maxRetries: 0 });

function usageOf({ usage_metadata: usage, response_metadata: metadata }: AIMessage): Said['usage'] {
  return usage && {
    input: usage.input_tokens, output: usage.output_tokens, total: usage.total_tokens,
    cached: usage.input_token_details?.cache_read, reasoning: usage.output_token_details?.reasoning, cost: amount(metadata['cost']),
  };
}

function heard(message: AIMessage | AIMessageChunk, streamed?: string): Heard {
  const { additional_kwargs: extra, response_metadata: metadata, tool_calls: calls = [], invalid_tool_calls: invalid = [] } = message;
  const spelled = (given: readonly { id?: string; name?: string; args?: unknown }[]): readonly SaidCall[] =>
    given.map(({ id = '', name = '', args }) => ({ id, name, args: spellArgs(args) }));
  const said: Said = {
    id: message.id ?? '',
    model: text(metadata['model_name']),
    text: message.text,
    reasoning: [text(extra['reasoning_content'])],
    refusal: text(extra['refusal']),
    calls: [...spelled(calls), ...spelled(invalid)],
    images: list(extra['images']).map(pictureOf),
    audio: text(object(extra['audio'])['data']),
    annotations: list(extra['annotations']).map(annotationOf),
    details: saidDetails(list(extra['reasoning_details'])),
    usage: usageOf(message),
    finish: typeof metadata['finish_reason'] === 'string' ? metadata['finish_reason'] : null,
  };
  return { kind: 'answer', said, executable: calls.map(({ name }) => name), streamed: streamed ?? said.text };
}

export const langchainAdapter: Adapter = {
  name: 'langchain',
  async complete(fetchOf) {
    try {
      return heard(await model(fetchOf).invoke(PROMPT));
    } catch (error) {
      return { kind: 'error', error, streamed: '' };
    }
  },
  async stream(fetchOf) {
    let streamed = '';
    let total: AIMessageChunk | undefined;
    try {
      for await (const chunk of await model(fetchOf).stream(PROMPT)) {
        streamed += chunk.text;
        total = total === undefined ? chunk : total.concat(chunk);
      }
    } catch (error) {
      return { kind: 'error', error, streamed };
    }
    if (total === undefined) throw new Error('The stream gave no chunk');
    return heard(total, streamed);
  },
};
