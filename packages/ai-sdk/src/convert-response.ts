import type { LanguageModelV4Content, LanguageModelV4GenerateResult } from '@ai-sdk/provider';
import type { ChatResponse, ReasoningDetail, Receipt, ResponseMessage } from '@waypost/core';
import { convertAudio, convertImage, convertSource, otherAnnotations } from './convert-annotations.js';
import { convertFinish } from './convert-finish.js';
import { answerMetadata, asJson, detailsMetadata } from './convert-metadata.js';
import { type ArrivedCall, convertToolCalls } from './convert-tool-calls.js';
import { convertUsage } from './convert-usage.js';
import { detailText } from './detail-text.js';
import { uniqueIds } from './unique-ids.js';

type Converted = Pick<LanguageModelV4GenerateResult, 'content' | 'finishReason' | 'usage' | 'providerMetadata'>;

/** A whole answer as content parts: thinking, text, tool calls, files, sources. */
export function convertResponse(response: ChatResponse, receipt: Receipt | undefined, audioFormat: string | undefined): Converted {
  const choice = response.choices[0];
  const message: ResponseMessage = choice?.message ?? { role: 'assistant' };
  const idOf = uniqueIds(response.id);
  const arrived = (message.tool_calls ?? []).map((call, position): ArrivedCall => ({
    id: idOf({ id: call.id ?? '', position }),
    name: call.function?.name ?? '',
    arguments: call.function?.arguments,
  }));
  const { calls, incomplete } = convertToolCalls(arrived, choice?.finish_reason);
  const details = message.reasoning_details ?? [];
  const [first] = calls;
  // All of the turn's thinking, in the one place that the AI SDK surely hands back.
  if (first) first.providerMetadata = detailsMetadata(details);

  const content: LanguageModelV4Content[] = convertReasoning(message, details);
  const carried = content.length > 0 || first !== undefined || details.length === 0;
  const annotations = otherAnnotations(message.annotations);
  const extra = annotations.length > 0 ? { annotations: annotations.map(asJson) } : undefined;
  if (message.content) {
    const metadata = carried ? extra && { openrouter: extra } : detailsMetadata(details, extra);
    content.push({ type: 'text', text: message.content, ...(metadata && { providerMetadata: metadata }) });
  } else if (!carried) {
    content.push({ type: 'reasoning', text: '', providerMetadata: detailsMetadata(details) });
  }
  content.push(...calls);
  for (const image of message.images ?? []) {
    const file = convertImage(image);
    if (file) content.push(file);
  }
  const audio = convertAudio(message.audio, audioFormat);
  if (audio) content.push(audio);
  for (const annotation of message.annotations ?? []) {
    const source = convertSource(annotation);
    if (source) content.push(source);
  }
  return {
    content,
    finishReason: convertFinish(choice?.finish_reason, calls.length > 0),
    usage: convertUsage(response.usage),
    providerMetadata: answerMetadata(response, receipt, incomplete),
  };
}

/** One part for each detail that can be read; details that cannot go with the part before them, or the first. */
function convertReasoning(message: ResponseMessage, details: readonly ReasoningDetail[]): LanguageModelV4Content[] {
  const groups: { text: string; details: ReasoningDetail[] }[] = [];
  let unread: ReasoningDetail[] = [];
  for (const detail of details) {
    const text = detailText(detail);
    const last = groups.at(-1);
    if (text !== '') {
      groups.push({ text, details: [...unread, detail] });
      unread = [];
    } else if (last) last.details.push(detail);
    else unread.push(detail);
  }
  if (groups.length > 0) return groups.map((group) => ({ type: 'reasoning', text: group.text, providerMetadata: detailsMetadata(group.details) }));
  if (!message.reasoning) return [];
  return [{ type: 'reasoning', text: message.reasoning, ...(unread.length > 0 && { providerMetadata: detailsMetadata(unread) }) }];
}
