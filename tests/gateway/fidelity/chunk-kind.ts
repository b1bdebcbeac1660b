import { entries, type Fields, fields } from './json.js';

const isSaid = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value !== '');

/** What a chunk of a stream is there for. */
export function chunkKind(chunk: Fields): string {
  const [choice = {}] = entries(chunk['choices']);
  const delta = fields(choice['delta']);
  if (chunk['error'] || choice['error']) return 'error';
  if (chunk['usage']) return 'usage';
  if (isSaid(delta['tool_calls'])) return choice['finish_reason'] == null ? 'tool call' : 'last tool call';
  if (isSaid(delta['reasoning']) || isSaid(delta['reasoning_details'])) return 'reasoning';
  if (isSaid(delta['annotations'])) return 'annotation';
  if (isSaid(delta['content']) || isSaid(delta['refusal'])) return choice['finish_reason'] == null ? 'text' : 'last text';
  return choice['finish_reason'] == null ? 'idle' : 'finish';
}

/** Chunks by what they are there for. */
export function byKind(chunks: readonly Fields[], kindOf: (chunk: Fields) => string): ReadonlyMap<string, readonly Fields[]> {
  const groups = new Map<string, Fields[]>();
  for (const chunk of chunks) {
    const kind = kindOf(chunk);
    const group = groups.get(kind);
    if (group) group.push(chunk);
    else groups.set(kind, [chunk]);
  }
  return groups;
}
