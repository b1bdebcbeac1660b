import { fail, ok, reply } from '@waypost/testing';
import { convertToModelMessages, isStepCount, parseJsonEventStream, readUIMessageStream, streamText, type UIMessage, uiMessageChunkSchema } from 'ai';
import { describe, expect, it } from 'vitest';
import { collect, connect, type Connection, receiptOf } from './connection.js';
import { lookingThingsUp, tools } from './tools.js';

interface Metadata {
  readonly provider?: string;
  readonly cost?: number;
}
type Message = UIMessage<Metadata>;

const asked = (text: string): Message => ({ id: `user-${text}`, role: 'user', parts: [{ type: 'text', text }] });

/** What a chat route answers. */
async function chatRoute({ openrouter }: Connection, messages: Message[]): Promise<Response> {
  const result = streamText({ model: openrouter('borealis/aurora'), messages: await convertToModelMessages(messages), tools, stopWhen: isStepCount(5), maxRetries: 0, onError: () => {} });
  return result.toUIMessageStreamResponse<Message>({
    sendReasoning: true,
    sendSources: true,
    messageMetadata({ part }) {
      if (part.type !== 'finish-step') return undefined;
      const { served, cost } = receiptOf(part.providerMetadata);
      return { ...(served?.provider && { provider: served.provider }), ...(cost?.total !== undefined && { cost: cost.total }) };
    },
    onError: (error) => (error instanceof Error ? error.message : 'failed'),
  });
}

/** What a page makes of that, after it went over the wire as text. */
async function onThePage(response: Response): Promise<{ message: Message | undefined; errors: unknown[] }> {
  if (!response.body) throw new Error('there is no body');
  const errors: unknown[] = [];
  const chunks = parseJsonEventStream({ stream: response.body, schema: uiMessageChunkSchema }).pipeThrough(
    new TransformStream({
      transform(result, controller) {
        if (!result.success) throw result.error;
        controller.enqueue(result.value);
      },
    }),
  );
  const states = await collect(readUIMessageStream<Message>({ stream: chunks, onError: (error) => void errors.push(error) }));
  return { message: states.at(-1), errors };
}

describe('a chat with a page', () => {
  it('shows tools, text, and who served at what cost; the next turn has all of the last', async () => {
    const connection = connect({ reply: lookingThingsUp });
    const question = asked('How deep is Otter at six?');
    const { message, errors } = await onThePage(await chatRoute(connection, [question]));
    expect(errors).toEqual([]);
    expect(message?.parts.map(({ type }) => type)).toEqual([
      'step-start', 'reasoning', 'tool-depth', 'tool-depth', 'step-start', 'reasoning', 'tool-tide', 'step-start', 'text',
    ]);
    expect(message?.metadata).toMatchObject({ provider: expect.any(String), cost: expect.any(Number) });

    if (!message) throw new Error('there is no message');
    const before = connection.body(-1)['messages'];
    await chatRoute(connection, [question, message, asked('And at seven?')]).then(onThePage);
    expect(connection.body(3)['messages']).toEqual([...(before as unknown[]), { role: 'assistant', content: 'Otter has 6.5 metres at six.' }, { role: 'user', content: 'And at seven?' }]);
  });

  it('shows another provider where one failed', async () => {
    const connection = connect({ reply: reply.text('Hello there.'), endpoints: { anthropic: fail(503) } });
    const { message } = await onThePage(await chatRoute(connection, [asked('Hello')]));
    const tried = connection.gateway.requests[0]?.attempts.map(({ status }) => status) ?? [];
    expect(tried.at(-1)).toBe(200);
    expect(message?.metadata?.provider).not.toBe('Anthropic');
  });

  it('shows an error in the midst, with what had come before it', async () => {
    const connection = connect({ reply: reply.text('one two three four'), wire: { error: { after: 2, detail: { code: 502, message: 'The provider went away' } } } });
    const { message, errors } = await onThePage(await chatRoute(connection, [asked('Hello')]));
    expect(errors).toHaveLength(1);
    expect(String(errors[0])).toContain('The provider went away');
    expect(message?.parts.some((part) => part.type === 'text' && part.text.startsWith('one'))).toBe(true);
  });

  it('shows an error before anything came', async () => {
    const connection = connect({ gateway: [fail(402), ok()] });
    const { errors } = await onThePage(await chatRoute(connection, [asked('Hello')]));
    expect(errors).toHaveLength(1);
  });
});
