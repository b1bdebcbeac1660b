import type { LanguageModelV4Message, SharedV4ProviderOptions } from '@ai-sdk/provider';
import type { Annotation } from '@waypost/core';
import { own } from './convert-parts.js';

type AssistantContent = Extract<LanguageModelV4Message, { role: 'assistant' }>['content'];

/**
 * The file annotations of a turn, so that the server need not parse the files again. The answer's texts and its first tool call
 * carry those that had come by then, so the longest list has them all; a caller's word on the whole turn stands.
 */
export function replayedAnnotations(content: AssistantContent, message: SharedV4ProviderOptions | undefined): Annotation[] | undefined {
  const { annotations: told } = own(message);
  let longest: unknown[] = Array.isArray(told) ? told : [];
  if (told === undefined) {
    for (const part of content) {
      const { annotations } = own(part.providerOptions);
      if (Array.isArray(annotations) && annotations.length > longest.length) longest = annotations;
    }
  }
  // The server's own, handed back.
  return longest.length > 0 ? (longest as Annotation[]) : undefined;
}
