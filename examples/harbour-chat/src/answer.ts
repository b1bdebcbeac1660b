import { createUIMessageStreamResponse, isStepCount, type LanguageModel, streamText, toUIMessageStream } from 'ai';
import type { ChatMessage, ServedStep } from './chat-message.js';
import { toModelMessages } from './conversation.js';
import { explain } from './explain.js';
import { servedStep } from './served-step.js';
import type { Tools } from './tools.js';

export interface AnswerOptions {
  /** The conversation so far; its last message is the question. */
  readonly messages: ChatMessage[];
  readonly model: LanguageModel;
  readonly tools: Tools;
  /** Aborts when the reader leaves. */
  readonly signal: AbortSignal;
}

/** Streams the answer to a conversation, with who served each step of it and at what cost. */
export async function answer({ messages, model, tools, signal }: AnswerOptions): Promise<Response> {
  const result = streamText({
    model,
    tools,
    instructions: 'You help small boats. Use the tools, several at once where you can; never guess a depth, a tide or a forecast.',
    messages: await toModelMessages(messages, tools),
    stopWhen: isStepCount(5),
    maxOutputTokens: 1000,
    maxRetries: 1,
    abortSignal: signal,
    // The page is told, below; by default the AI SDK prints the error too.
    onError: () => {},
  });
  const steps: ServedStep[] = [];
  const stream = toUIMessageStream<Tools, ChatMessage>({
    stream: result.stream,
    tools,
    originalMessages: messages,
    onError: explain,
    // What the model was told of a failed tool stays what the conversation says of it.
    redactToolErrors: false,
    messageMetadata: ({ part }) => {
      if (part.type !== 'finish-step') return undefined;
      const step = servedStep(part.providerMetadata);
      if (step) steps.push(step);
      return { steps };
    },
  });
  return createUIMessageStreamResponse({ stream });
}
