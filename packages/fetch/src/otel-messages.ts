const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** The JSON of arguments; as it is where it is none. */
function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

function partsOf({ role, content, reasoning, tool_calls: calls, tool_call_id: id }: Record<string, unknown>): object[] {
  if (role === 'tool') return [{ type: 'tool_call_response', id, result: content }];
  const said = typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);
  return [
    ...(typeof reasoning === 'string' ? [{ type: 'reasoning', content: reasoning }] : []),
    ...said.map(({ type, text, ...rest }) => (type === 'text' ? { type, content: text } : { type, ...rest })),
    ...listOf(calls).map((call) => {
      const named = isRecord(call['function']) ? call['function'] : {};
      return { type: 'tool_call', id: call['id'], name: named['name'], arguments: parsed(named['arguments']) };
    }),
  ];
}

/** What was asked, in the shape of `gen_ai.input.messages`; `undefined` for a body that holds neither messages nor a text. */
export function inputMessages(body: object): string | undefined {
  const { messages, prompt, input }: { messages?: unknown; prompt?: unknown; input?: unknown } = body;
  const text = prompt ?? input;
  if (messages !== undefined) return JSON.stringify(listOf(messages).map((message) => ({ role: message['role'], parts: partsOf(message) })));
  if (text === undefined) return undefined;
  return JSON.stringify([text].flat().map((content: unknown) => ({ role: 'user', parts: [typeof content === 'string' ? { type: 'text', content } : content] })));
}

/** What was answered, in the shape of `gen_ai.output.messages`; `undefined` where there are no messages in it. */
export function outputMessages(response: unknown): string | undefined {
  const choices = isRecord(response) ? listOf(response['choices']) : [];
  if (choices.length === 0) return undefined;
  return JSON.stringify(
    choices.map(({ message, finish_reason: reason }) => ({ role: 'assistant', parts: isRecord(message) ? partsOf(message) : [], finish_reason: reason })),
  );
}
