import type { ErrorType } from './error-body.js';
import type { Open } from './open.js';
import type { ResponsesAnnotation, ResponsesOutputItem } from './responses-items.js';
import type { ResponsesError, ResponsesResponse } from './responses.js';

/** What an event of a stream tells. */
export type ResponsesEventType = Open<
  | 'response.created' | 'response.in_progress' | 'response.completed' | 'response.incomplete' | 'response.failed' | 'error'
  | 'response.output_item.added' | 'response.output_item.done' | 'response.content_part.added' | 'response.content_part.done'
  | 'response.output_text.delta' | 'response.output_text.done' | 'response.output_text.annotation.added'
  | 'response.refusal.delta' | 'response.refusal.done'
  | 'response.function_call_arguments.delta' | 'response.function_call_arguments.done'
  | 'response.custom_tool_call_input.delta' | 'response.custom_tool_call_input.done'
  | 'response.reasoning_text.delta' | 'response.reasoning_text.done'
  | 'response.reasoning_summary_part.added' | 'response.reasoning_summary_part.done'
  | 'response.reasoning_summary_text.delta' | 'response.reasoning_summary_text.done'
  | 'response.web_search_call.in_progress' | 'response.web_search_call.searching' | 'response.web_search_call.completed'
  | 'response.image_generation_call.in_progress' | 'response.image_generation_call.generating'
  | 'response.image_generation_call.partial_image' | 'response.image_generation_call.completed' | 'response.debug'
>;

/**
 * One event of a stream. Which fields it has depends on its `type`; the field that a type is about is there in all known traffic.
 * Items may be added out of order and interleaved: `output_index` says which one an event is about.
 *
 * Source: OpenRouter API, responses, streaming.
 */
export interface ResponsesEvent {
  type: ResponsesEventType;
  sequence_number?: number;
  /** `response.created`, `.in_progress`, and the last event: `.completed`, `.incomplete` or `.failed`. */
  response?: ResponsesResponse;
  /** Place in `output` of the item that the event is about. */
  output_index?: number;
  item_id?: string;
  /** `response.output_item.added` and `.done`. */
  item?: ResponsesOutputItem;
  /** Place of the part in the `content` of its item. */
  content_index?: number;
  /** Place of the part in the `summary` of its item. */
  summary_index?: number;
  /** `….part.added` and `.done`. */
  part?: { type: string; text?: string; refusal?: string; [key: string]: unknown };
  /** `….delta`. */
  delta?: string;
  /** `….text.done`: all of it. */
  text?: string;
  /** `response.refusal.done`. */
  refusal?: string;
  /** `response.function_call_arguments.done`. */
  arguments?: string;
  name?: string;
  annotation?: ResponsesAnnotation;
  annotation_index?: number;
  /** `error`: the code, and what happened; some put both into `error`. */
  code?: string | number | null;
  message?: string;
  param?: string | null;
  error?: ResponsesError | null;
  error_type?: ErrorType | null;
  [key: string]: unknown;
}
