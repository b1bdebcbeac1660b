import assert from 'node:assert/strict';
import type { RecordedRequest, Reply } from '@waypost/testing';

/** A message on the wire, as far as this check looks at it. */
interface Sent {
  readonly role: string;
  readonly content?: unknown;
  readonly reasoning_details?: unknown;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string; readonly arguments: string } }[];
}

const messagesOf = ({ body }: RecordedRequest): readonly Sent[] => (body as { messages: readonly Sent[] }).messages;

/** A message of the model in one shape, whether it was scripted or sent back. */
function plain({ content, reasoning_details, tool_calls }: Omit<Sent, 'role'>): object {
  return {
    role: 'assistant',
    content: content ?? null,
    reasoning_details: reasoning_details ?? null,
    calls: (tool_calls ?? []).map(({ id, function: { name, arguments: text } }) => ({ id, name, input: JSON.parse(text) as unknown })),
  };
}

const same = (messages: readonly Sent[]): readonly object[] => messages.map((message) => (message.role === 'assistant' ? plain(message) : message));

export interface Conversation {
  readonly requests: readonly RecordedRequest[];
  /** What the model said, by number of the request. */
  readonly said: ReadonlyMap<number, Reply>;
  /** Requests whose answer broke off or was stopped: what they said belongs to no history. */
  readonly lost: ReadonlySet<number>;
  /** What was asked, in order. */
  readonly questions: readonly string[];
}

/** Holds each request against the turns before it: all of them, in order, with their tool calls, results and signed thoughts. */
export function assertWholeHistory({ requests, said, lost, questions }: Conversation): void {
  const [first, last] = [requests[0], requests.at(-1)].map((request) => messagesOf(request ?? assert.fail('nothing was sent')));
  // The turns that are over; and those with what has happened in this one.
  let history = same(first?.slice(0, 1) ?? []);
  let soFar = history;
  let calls: readonly string[] = [];
  for (const request of requests) {
    const { number } = request;
    const messages = messagesOf(request);
    // A question, after those that were given up without an answer; or the results of tools.
    const start = Math.max(1, messages.findLastIndex(({ role }) => role === 'assistant') + 1);
    const added = messages.slice(start);
    const results = added.filter(({ role }) => role === 'tool');
    assert.deepEqual(same(messages.slice(0, start)), results.length > 0 ? soFar : history, `request ${number} has the whole history`);
    if (results.length > 0) assert.deepEqual(added.map(({ tool_call_id: id }) => id), calls, `request ${number} has a result for each tool call`);

    const message = said.get(number)?.message;
    if (!message || lost.has(number)) continue;
    soFar = [...same(messages), plain(message)];
    calls = (message.tool_calls ?? []).map(({ id }) => id);
    if (calls.length === 0) history = soFar;
  }
  assert.deepEqual(last?.filter(({ role }) => role === 'user').map(({ content }) => content), questions, 'the last request has all questions');
}

/** The policy of the provider, on every request that left. */
export function assertPolicy(requests: readonly RecordedRequest[]): void {
  for (const { number, body } of requests) {
    const { provider } = body as { provider?: { zdr?: unknown; data_collection?: unknown } };
    assert.equal(provider?.zdr, true, `request ${number} asks for zero data retention`);
    assert.equal(provider.data_collection, 'deny', `request ${number} denies data collection`);
  }
}
