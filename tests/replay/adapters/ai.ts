import type { LanguageModelV4Content } from '@ai-sdk/provider';
import { type ContentPart, generateText, type StepResult, streamText, type ToolSet } from 'ai';
import { type Adapter, type Heard, PROMPT } from './adapter.js';
import { heard, model } from './ai-sdk.js';

const call = { prompt: PROMPT, maxRetries: 0 };

/** A part as the AI SDK hands it to its users, in the spelling that the provider gave it in. */
function partOf(part: ContentPart<ToolSet>): LanguageModelV4Content[] {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return [{ type: part.type, text: part.text }];
    case 'source':
      return [part];
    case 'file':
      return [{ type: 'file', mediaType: part.file.mediaType, data: { type: 'data', data: part.file.base64 } }];
    case 'tool-call': {
      // the recordings' tools are none of ours, so that the AI SDK hands every call out as one of an unknown tool
      const { toolCallId, toolName, input } = part;
      return [{ type: 'tool-call', toolCallId, toolName, input: typeof input === 'string' ? input : JSON.stringify(input) }];
    }
    default:
      return [];
  }
}

function heardOf(step: StepResult<ToolSet>, streamed?: string): Heard {
  const { content, finishReason, rawFinishReason, usage, providerMetadata, response } = step;
  const { inputTokenDetails: input, outputTokenDetails: output } = usage;
  return heard(
    {
      content: content.flatMap(partOf),
      finishReason: { unified: finishReason, raw: rawFinishReason },
      usage: {
        inputTokens: { total: usage.inputTokens, noCache: input.noCacheTokens, cacheRead: input.cacheReadTokens, cacheWrite: input.cacheWriteTokens },
        outputTokens: { total: usage.outputTokens, text: output.textTokens, reasoning: output.reasoningTokens },
        ...(usage.raw && { raw: usage.raw }),
      },
      ...(providerMetadata && { providerMetadata }),
      id: response.id,
      model: response.modelId,
    },
    streamed,
  );
}

/** The AI SDK provider, through the functions that its users call. */
export const aiAdapter: Adapter = {
  name: 'ai',
  async complete(fetchOf) {
    try {
      const { steps } = await generateText({ model: model(fetchOf), ...call });
      const [step] = steps;
      if (!step) throw new Error('There is no step');
      return heardOf(step);
    } catch (error) {
      return { kind: 'error', error, streamed: '' };
    }
  },
  async stream(fetchOf) {
    const result = streamText({ model: model(fetchOf), ...call, onError: () => {} });
    let streamed = '';
    let failure: { error: unknown } | undefined;
    for await (const part of result.fullStream) {
      if (part.type === 'text-delta') streamed += part.text;
      else if (part.type === 'error') failure ??= part;
    }
    if (failure) return { kind: 'error', error: failure.error, streamed };
    const [step] = await result.steps;
    if (!step) throw new Error('There is no step');
    return heardOf(step, streamed);
  },
};
