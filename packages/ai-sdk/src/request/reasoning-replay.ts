import type { LanguageModelV4Message, SharedV4ProviderOptions } from '@ai-sdk/provider';
import type { ReasoningDetail } from '@waypost/core';
import { own } from './convert-parts.js';

type AssistantContent = Extract<LanguageModelV4Message, { role: 'assistant' }>['content'];

function detailsOf(options: SharedV4ProviderOptions | undefined): readonly ReasoningDetail[] | undefined {
  const { reasoning_details: details } = own(options);
  // The server's own, or what a caller wrote in their place; either way they are sent as they are.
  return Array.isArray(details) && details.length > 0 ? (details as ReasoningDetail[]) : undefined;
}

/**
 * The reasoning details of a turn, gathered again from where the answer's parts carried them. A reasoning part carries those
 * of its own, a text all until then, and a tool call all of the turn, wherever it stands: a page shows a call where its input
 * began, which may be before the thinking. `undefined` where none did. Nothing is changed, and nothing left out.
 */
export function replayedDetails(content: AssistantContent, message: SharedV4ProviderOptions | undefined): readonly ReasoningDetail[] | undefined {
  const { reasoning_details: told } = own(message);
  // A caller's word on the whole turn stands, though it be that there were none: some models want to hear that.
  if (Array.isArray(told)) return told as ReasoningDetail[];
  let all: readonly ReasoningDetail[] | undefined;
  for (const part of content) {
    const details = detailsOf(part.providerOptions);
    if (!details) continue;
    if (part.type === 'tool-call') {
      all = details;
      break;
    }
    const slice = part.type === 'reasoning' && own(part.providerOptions)['reasoning_details_complete'] !== true;
    all = slice && all ? [...all, ...details] : details;
  }
  return all;
}
