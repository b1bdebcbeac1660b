import { type LanguageModelV4Content, type LanguageModelV4GenerateResult, NoContentGeneratedError } from '@ai-sdk/provider';
import type { ChatResponse, ReasoningDetail, Receipt, ResponseMessage } from '@waypost/core';
import { isRecord } from '../call/is-record.js';
import { objectsOf } from '../call/objects-of.js';
import { convertAudio, convertImage, convertSource, isCitation, otherAnnotations } from './convert-annotations.js';
import { convertFinish } from './convert-finish.js';
import { answerMetadata, asJson, detailsMetadata } from './convert-metadata.js';
import { type ArrivedCall, convertToolCalls } from './convert-tool-calls.js';
import { convertUsage } from './convert-usage.js';
import { detailText } from './detail-text.js';
import type { OfferedTools } from '../tools/server-tool-choice.js';
import { createServerToolRuns, isServerToolCall, type ServerToolRuns } from '../tools/server-tool-results.js';
import { uniqueIds } from './unique-ids.js';

type Converted = Pick<LanguageModelV4GenerateResult, 'content' | 'finishReason' | 'usage' | 'providerMetadata'>;

/** A whole answer as content parts: thinking, server tools, text, tool calls, files, sources. @throws {NoContentGeneratedError} where it has no choice. */
export function convertResponse(
  response: ChatResponse,
  receipt: Receipt | undefined,
  audioFormat: string | undefined,
  offered: OfferedTools = {},
): Converted {
  const choice = response.choices[0];
  if (!choice) throw new NoContentGeneratedError({ message: 'The answer has no choices.' });
  const message: ResponseMessage = choice.message ?? { role: 'assistant' };
  const said = textOf(message.content);
  const idOf = uniqueIds(response.id);
  const arrived = objectsOf(message.tool_calls).map(({ id, function: called }, position): ArrivedCall => ({
    id: idOf({ id: typeof id === 'string' ? id : '', position }),
    name: textOf(called?.name),
    arguments: argumentsOf(called?.arguments),
  }));
  const { calls, incomplete } = convertToolCalls(arrived, choice.finish_reason);
  const details = objectsOf(message.reasoning_details);
  const [first] = calls;
  const annotations = otherAnnotations(message.annotations);
  const extra = annotations.length > 0 ? { annotations: annotations.map(asJson) } : undefined;
  // All of the turn's thinking, in the one place that the AI SDK surely hands back.
  if (first) first.providerMetadata = detailsMetadata(details, said ? undefined : extra);

  const content = convertReasoning(message, details, createServerToolRuns(offered, response.id), response.usage);
  const carried = content.some((part) => part.type === 'reasoning') || first !== undefined || details.length === 0;
  const metadata = carried ? extra && { openrouter: extra } : detailsMetadata(details, extra);
  if (said) content.push({ type: 'text', text: said, ...(metadata && { providerMetadata: metadata }) });
  else if (metadata && !first) content.push({ type: 'reasoning', text: '', providerMetadata: metadata });
  content.push(...calls);
  for (const image of objectsOf(message.images)) {
    const file = convertImage(image);
    if (file) content.push(file);
  }
  const audio = convertAudio(message.audio, audioFormat);
  if (audio) content.push(audio);
  for (const annotation of objectsOf(message.annotations)) {
    const source = isCitation(annotation) && convertSource(annotation);
    if (source) content.push(source);
  }
  return {
    content,
    finishReason: convertFinish(choice.finish_reason, calls.length > 0, details),
    usage: convertUsage(response.usage),
    providerMetadata: answerMetadata(response, receipt, incomplete),
  };
}

/** A text, or the texts of a list of parts; `''` for anything else. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((part: unknown) => (isRecord(part) ? textOf(part['text']) : '')).join('');
  return typeof value === 'string' ? value : '';
}

/** Arguments as text; a server that parsed them already sends an object. */
function argumentsOf(given: unknown): string | undefined {
  return typeof given === 'string' ? given : given == null ? undefined : JSON.stringify(given);
}

/**
 * One part for each detail that can be read, and the parts of server tools in their places; details that cannot be read go
 * with the part before them, or the first.
 */
function convertReasoning(message: ResponseMessage, details: readonly ReasoningDetail[], runs: ServerToolRuns, usage: ChatResponse['usage']): LanguageModelV4Content[] {
  const parts: (LanguageModelV4Content | { text: string; details: ReasoningDetail[] })[] = [];
  let carrier: ReasoningDetail[] | undefined;
  const unread: ReasoningDetail[] = [];
  for (const detail of details) {
    const text = detailText(detail);
    if (text !== '') {
      carrier = [...(carrier ? [] : unread), detail];
      parts.push(...runs.parts(), { text, details: carrier });
      continue;
    }
    if (isServerToolCall(detail)) runs.add(detail);
    (carrier ?? unread).push(detail);
  }
  parts.push(...runs.lastParts(usage));
  // some servers have another name for it
  const thought = textOf(message.reasoning) || textOf(message['reasoning_content']);
  if (!carrier && thought) parts.unshift({ text: thought, details: unread });
  return parts.map((part) =>
    'details' in part ? { type: 'reasoning', text: part.text, ...(part.details.length > 0 && { providerMetadata: detailsMetadata(part.details) }) } : part,
  );
}
