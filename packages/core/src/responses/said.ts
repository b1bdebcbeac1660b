import { isRecord } from '../policy/report.js';
import type { FinishReason } from '../wire/chat.js';
import type { ResponsesFunctionCall, ResponsesOutputItem } from '../wire/responses-items.js';
import type { ResponsesResponse } from '../wire/responses.js';

type Output = readonly ResponsesOutputItem[];

const recordsOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** The strings under `key` in the parts of these types, in `content` or another list of each item. */
function texts(output: Output, list: 'content' | 'summary', type: string, key: string): string {
  return recordsOf(output)
    .flatMap((item) => recordsOf(item[list]))
    .flatMap((part) => (part['type'] === type && typeof part[key] === 'string' ? [part[key]] : []))
    .join('');
}

/** The text of an output; `output_text` of a response may be empty where there is text. */
export const outputText = (output: Output): string => texts(output, 'content', 'output_text', 'text');

/** What the model said in refusing; empty where it did not. */
export const outputRefusal = (output: Output): string => texts(output, 'content', 'refusal', 'refusal');

/** What the model thought, in the clear or, where that is not told, in summary; empty where it is encrypted. */
export const outputReasoning = (output: Output): string =>
  texts(output, 'content', 'reasoning_text', 'text') || texts(output, 'summary', 'summary_text', 'text');

const isFunctionCall = (item: unknown): item is ResponsesFunctionCall => isRecord(item) && item['type'] === 'function_call';

/** The calls of the caller's functions, those that were cut off too. */
export const functionCalls = (output: Output): ResponsesFunctionCall[] => (Array.isArray(output) ? output.filter(isFunctionCall) : []);

/**
 * Why generation ended, in the words of chat; `null` where it has not. Answers of older servers have no `status`, and are whole.
 *
 * @example
 * responsesFinishReason({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, output: [] }) // → 'length'
 */
export function responsesFinishReason({ status, incomplete_details: details, output }: ResponsesResponse): FinishReason | null {
  switch (status) {
    case undefined:
    case 'completed':
      return functionCalls(output).length > 0 ? 'tool_calls' : 'stop';
    case 'incomplete':
      return details?.reason === 'max_output_tokens' ? 'length' : (details?.reason ?? 'length');
    case 'failed':
      return 'error';
    case 'in_progress':
    case 'queued':
      return null;
    default:
      return status;
  }
}
