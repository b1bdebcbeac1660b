import type { LanguageModelV4Message, LanguageModelV4Prompt, LanguageModelV4ToolResultOutput, SharedV4Warning } from '@ai-sdk/provider';
import { type AssistantMessage, completeArguments, type ContentPart, type Message, type ToolMessage, type UserMessage } from '@waypost/core';
import { replayedAnnotations } from './annotation-replay.js';
import { cacheControl, filePart, marked, textPart } from './convert-parts.js';
import { fileUrl } from './data-url.js';
import { replayedDetails } from './reasoning-replay.js';
import { stableJson } from './stable-json.js';

type Of<Role extends string> = Extract<LanguageModelV4Message, { role: Role }>;

/** The AI SDK's prompt as messages of the wire. @throws {UnsupportedFunctionalityError} for files that cannot be sent. */
export function convertMessages(prompt: LanguageModelV4Prompt, warnings: SharedV4Warning[]): Message[] {
  const messages: Message[] = [];
  for (const message of prompt) {
    switch (message.role) {
      case 'system': {
        const mark = cacheControl(message.providerOptions);
        messages.push({ role: 'system', content: mark ? [textPart(message.content, mark)] : message.content });
        break;
      }
      case 'user':
        messages.push(userMessage(message));
        break;
      case 'assistant':
        messages.push(assistantMessage(message, warnings));
        break;
      default:
        messages.push(...toolMessages(message));
    }
  }
  return messages;
}

function userMessage({ content, providerOptions }: Of<'user'>): UserMessage {
  const messageMark = cacheControl(providerOptions);
  const [only] = content;
  if (content.length === 1 && only?.type === 'text') {
    const mark = messageMark ?? cacheControl(only.providerOptions);
    return { role: 'user', content: mark ? [textPart(only.text, mark)] : only.text };
  }
  // The mark of a message belongs at its end: on the last text, or the last part where there is none.
  const lastText = content.findLastIndex((part) => part.type === 'text');
  const markedPart = lastText === -1 ? content.length - 1 : lastText;
  const parts = content.map((part, i): ContentPart => {
    const mark = cacheControl(part.providerOptions) ?? (i === markedPart ? messageMark : undefined);
    if (part.type === 'text') return textPart(part.text, mark);
    return { ...filePart(part), ...marked(mark) };
  });
  return { role: 'user', content: parts };
}

function assistantMessage({ content, providerOptions }: Of<'assistant'>, warnings: SharedV4Warning[]): AssistantMessage {
  const texts: ContentPart[] = [];
  const images: { type: 'image_url'; image_url: { url: string } }[] = [];
  const calls: NonNullable<AssistantMessage['tool_calls']>[number][] = [];
  let text = '';
  let reasoning = '';
  for (const part of content) {
    switch (part.type) {
      case 'text':
        text += part.text;
        if (part.text !== '') texts.push(textPart(part.text, cacheControl(part.providerOptions)));
        break;
      case 'reasoning':
        reasoning += part.text;
        break;
      case 'tool-call':
        // What the server ran is part of its own account of the turn.
        if (part.providerExecuted) break;
        calls.push({ id: part.toolCallId, type: 'function', function: { name: part.toolName, arguments: argumentsOf(part.input) } });
        break;
      case 'file':
        if (part.mediaType.startsWith('image')) images.push({ type: 'image_url', image_url: { url: fileUrl(part.data, part.mediaType) } });
        else warnings.push({ type: 'unsupported', feature: `${part.mediaType} files in assistant messages`, details: 'The part is left out.' });
        break;
      case 'reasoning-file':
      case 'custom':
        warnings.push({ type: 'unsupported', feature: `${part.type} parts in assistant messages`, details: 'The part is left out.' });
        break;
      default:
      // Results of provider-executed tools are in the turn's reasoning details.
    }
  }
  const details = replayedDetails(content, providerOptions);
  const annotations = replayedAnnotations(content, providerOptions);
  return {
    role: 'assistant',
    content: texts.some((part) => part.cache_control) ? texts : text || null,
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(details?.length && reasoning !== '' && { reasoning }),
    ...(details && { reasoning_details: details }),
    ...(images.length > 0 && { images }),
    ...(annotations && { annotations }),
    ...marked(cacheControl(providerOptions)),
  };
}

/** Pages keep an input that was no JSON as its text; providers take nothing but an object, as the AI SDK's own messages have it. */
function argumentsOf(input: unknown): string {
  return typeof input === 'string' ? (completeArguments({ arguments: input }) ?? '{}') : stableJson(input);
}

function toolMessages({ content, providerOptions }: Of<'tool'>): ToolMessage[] {
  const messages: ToolMessage[] = [];
  for (const part of content) {
    if (part.type !== 'tool-result') continue;
    const mark = cacheControl(providerOptions) ?? cacheControl(part.providerOptions) ?? cacheControl('providerOptions' in part.output ? part.output.providerOptions : undefined);
    messages.push({ role: 'tool', tool_call_id: part.toolCallId, name: part.toolName, content: toolContent(part.output), ...marked(mark) });
  }
  return messages;
}

function toolContent(output: LanguageModelV4ToolResultOutput): ToolMessage['content'] {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return output.value;
    case 'json':
    case 'error-json':
      return JSON.stringify(output.value ?? null);
    case 'execution-denied':
      return output.reason ?? 'Tool execution denied';
    default:
      return output.value.map((part): ContentPart => {
        const mark = cacheControl(part.providerOptions);
        if (part.type === 'text') return textPart(part.text, mark);
        return part.type === 'file' ? { ...filePart(part), ...marked(mark) } : textPart(JSON.stringify(part), mark);
      });
  }
}
