import type { LanguageModelV4, LanguageModelV4Content, LanguageModelV4GenerateResult, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { createOpenRouter } from '@waypost/ai-sdk';
import { amount, list, object, text } from '../loose.js';
import { annotationOf, type Said, type SaidCall, saidDetails, spellArgs } from '../said.js';
import { type Adapter, API_KEY, type Heard, MODEL, PROMPT } from './adapter.js';

const call = { prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: PROMPT }] }] };

export const model = (fetchOf: typeof fetch): LanguageModelV4 => createOpenRouter({ apiKey: API_KEY, fetch: fetchOf })(MODEL);

export type Result = Pick<LanguageModelV4GenerateResult, 'content' | 'finishReason' | 'usage' | 'providerMetadata'> & {
  readonly id: string | undefined;
  readonly model: string | undefined;
};

function fileData(part: LanguageModelV4Content): string {
  if (part.type !== 'file') return '';
  const { data } = part;
  return data.type === 'url' ? data.url.href : data.type === 'data' && typeof data.data === 'string' ? data.data : '';
}

function usageOf({ usage, providerMetadata }: Result): Said['usage'] {
  if (usage.raw === undefined) return undefined;
  const told = object(providerMetadata?.['openrouter']?.['usage']);
  return {
    input: usage.inputTokens.total, output: usage.outputTokens.total, total: amount(told['totalTokens']),
    cached: usage.inputTokens.cacheRead, reasoning: usage.outputTokens.reasoning, cost: amount(told['cost']),
  };
}

export function heard(result: Result, streamed?: string): Heard {
  const { content, finishReason, providerMetadata } = result;
  const metadata = object(providerMetadata?.['openrouter']);
  const joined = (type: 'text' | 'reasoning'): string => content.map((part) => (part.type === type ? part.text : '')).join('');
  const calls = content.flatMap((part): SaidCall[] =>
    part.type === 'tool-call' ? [{ id: part.toolCallId, name: part.toolName, args: spellArgs(part.input) }] : []);
  const cutOff = list(metadata['incompleteToolCalls']).map(object).map((one): SaidCall => ({
    id: text(one['toolCallId']), name: text(one['toolName']), args: spellArgs(one['input']),
  }));
  const files = content.filter((part) => part.type === 'file');
  const sources = content.flatMap((part) => (part.type === 'source' && part.sourceType === 'url' ? [`${part.url} ${part.title ?? ''}`] : []));
  const said: Said = {
    id: result.id ?? '',
    model: result.model ?? '',
    text: joined('text'),
    reasoning: [joined('reasoning')],
    refusal: text(metadata['refusal']),
    calls: [...calls, ...cutOff],
    images: files.filter(({ mediaType }) => mediaType.startsWith('image/')).map(fileData),
    audio: files.filter(({ mediaType }) => mediaType.startsWith('audio/')).map(fileData).join(''),
    annotations: [...sources, ...list(metadata['annotations']).map(annotationOf)],
    details: saidDetails(list(metadata['reasoning_details'])),
    usage: usageOf(result),
    finish: finishReason.raw ?? null,
  };
  return { kind: 'answer', said, executable: calls.map(({ name }) => name), streamed: streamed ?? said.text };
}

/** Stream parts put together again, as the AI SDK does. */
function gather(parts: readonly LanguageModelV4StreamPart[]): Result | undefined {
  const content: LanguageModelV4Content[] = [];
  const open = new Map<string, { type: 'text' | 'reasoning'; text: string }>();
  for (const part of parts) {
    if (part.type === 'text-start' || part.type === 'reasoning-start') {
      const block = { type: part.type === 'text-start' ? ('text' as const) : ('reasoning' as const), text: '' };
      open.set(part.id, block);
      content.push(block);
    } else if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
      const block = open.get(part.id);
      if (block === undefined) throw new Error(`A delta of a part that is not open: ${part.id}`);
      block.text += part.delta;
    } else if (part.type === 'text-end' || part.type === 'reasoning-end') open.delete(part.id);
    else if (part.type === 'tool-call' || part.type === 'file' || part.type === 'source') content.push(part);
  }
  if (open.size > 0) throw new Error('A part was never closed');
  const finish = parts.at(-1);
  const named = parts.find((part) => part.type === 'response-metadata');
  if (finish?.type !== 'finish') return undefined;
  return { content, finishReason: finish.finishReason, usage: finish.usage, providerMetadata: finish.providerMetadata, id: named?.id, model: named?.modelId };
}

export const aiSdkAdapter: Adapter = {
  name: 'ai-sdk',
  async complete(fetchOf) {
    try {
      const { response, ...result } = await model(fetchOf).doGenerate(call);
      return heard({ ...result, id: response?.id, model: response?.modelId });
    } catch (error) {
      return { kind: 'error', error, streamed: '' };
    }
  },
  async stream(fetchOf) {
    const parts: LanguageModelV4StreamPart[] = [];
    try {
      const { stream } = await model(fetchOf).doStream(call);
      for await (const part of stream) parts.push(part);
    } catch (error) {
      return { kind: 'error', error, streamed: '' };
    }
    const streamed = parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
    const result = gather(parts);
    if (result === undefined) throw new Error('The stream ended without a finish part');
    const failure = parts.find((part) => part.type === 'error');
    return failure === undefined ? heard(result, streamed) : { kind: 'error', error: failure.error, streamed };
  },
};
