import { answer, json } from '../kit.js';

/** A call as the wire has it. */
export const call = (id: unknown, name: string, args: unknown): Record<string, unknown> => ({ id, type: 'function', function: { name, arguments: typeof args === 'object' && args !== null ? JSON.stringify(args) : args } });

/** An answer that calls tools. */
export const calling = (calls: unknown[], finish = 'tool_calls', cost = 0.1): Response =>
  json(answer({}, { choices: [{ index: 0, message: { role: 'assistant', content: null, tool_calls: calls }, finish_reason: finish }], usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost } }));

/** An answer in words. */
export const saying = (content: string | null, more: { finish?: string; cost?: number; message?: Record<string, unknown> } = {}): Response =>
  json(answer({}, { choices: [{ index: 0, message: { role: 'assistant', content, ...more.message }, finish_reason: more.finish ?? 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, cost: more.cost ?? 0.2 } }));

export interface SentBody {
  messages: { role: string; content?: unknown; tool_call_id?: string; tool_calls?: unknown }[];
  tools?: { type: string; function?: { name: string; parameters?: unknown; strict?: boolean } }[];
  provider?: unknown;
  response_format?: { type: string; json_schema?: { name: string; strict: boolean; schema: Record<string, unknown> } };
  [field: string]: unknown;
}

/** The body of a request of the fake server. */
export const sent = (requests: readonly { body: unknown }[], place: number): SentBody => requests.at(place)?.body as SentBody;

/** What is told to the model, by call. */
export const told = (requests: readonly { body: unknown }[], place: number): [string | undefined, unknown][] =>
  sent(requests, place).messages.filter(({ role }) => role === 'tool').map(({ tool_call_id: id, content }) => [id, content]);

/** Something to hold a tool back with. */
export interface Gate {
  readonly open: () => void;
  readonly passed: Promise<void>;
}
export function gate(): Gate {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), passed };
}
