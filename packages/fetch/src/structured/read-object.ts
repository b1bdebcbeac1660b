import type { ChatResult } from '../convert-response.js';
import { isObject, type SchemaReader } from '../schema/read-schema.js';
import type { StandardIssue } from '../schema/standard-schema.js';
import { StructuredOutputError, type StructuredOutputReason } from './structured-output-error.js';

/**
 * The JSON of an answer: all of it, or all that stands in the one code fence that it consists of, behind what the fence says of itself. It is
 * an object, whatever the schema.
 */
function withoutFence(text: string): string {
  const trimmed = text.trim();
  const [fence] = /^(?:`{3,}|~{3,})/.exec(trimmed) ?? [];
  if (fence === undefined || trimmed.length < 2 * fence.length || !trimmed.endsWith(fence)) return trimmed;
  return trimmed.slice(fence.length, -fence.length).replace(/^[^\n{]*/, '');
}

/** Why an answer is none, before its text is read. */
function unusable({ text, message, finishReason }: ChatResult): StructuredOutputReason | undefined {
  if (message.refusal) return 'refusal';
  if (finishReason === 'length') return 'truncated';
  if (finishReason === 'content_filter') return 'content-filter';
  if (message.tool_calls?.length) return 'tool-calls';
  return text.trim() === '' ? 'empty' : undefined;
}

/** The object of an answer. @throws {StructuredOutputError} */
export async function readObject<Output>(result: ChatResult, reader: SchemaReader<Output>, wrapped: boolean): Promise<Output> {
  const { text, message, response, receipt } = result;
  const failure = (reason: StructuredOutputReason, more: { issues?: readonly StandardIssue[]; cause?: unknown } = {}): StructuredOutputError =>
    new StructuredOutputError({ reason, text, refusal: message.refusal ?? undefined, response, receipt, ...more });
  const reason = unusable(result);
  if (reason) throw failure(reason);
  let value: unknown;
  try {
    value = JSON.parse(withoutFence(text));
  } catch {
    // The parser's own error quotes the text.
    throw failure('invalid-json');
  }
  if (wrapped) {
    if (!isObject(value) || !('value' in value)) throw failure('mismatch', { issues: [{ message: 'expected an object with the one property "value"' }] });
    value = value['value'];
  }
  const checked = await reader.check(value).catch((cause: unknown) => {
    // its words are for the model, which may be asked to repair what the schema choked on
    throw failure('mismatch', { issues: [{ message: cause instanceof Error ? cause.message : 'the schema does not take it' }], cause });
  });
  if (checked.issues) throw failure('mismatch', { issues: checked.issues });
  return checked.value;
}
