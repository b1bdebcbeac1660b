import OpenAI, { APIError, AuthenticationError, InternalServerError, NotFoundError, RateLimitError } from 'openai';
import { describe, expect, it } from 'vitest';
import { asksTheTide, breaksOff, drain, type Failing, failing, failures, KEY, MODEL, rejection, serve, spoken, TIDE_SCHEMA } from './serve.js';

const clientAt = (baseURL: string): OpenAI => new OpenAI({ apiKey: KEY, baseURL, maxRetries: 0 });
const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Which way to the harbour?' }];
const ask = { model: MODEL, messages };
// The SDK sends fields that it does not know as they are given.
const beside = (only: string[] | undefined): object => (only === undefined ? {} : { provider: { only } });

describe('openai', () => {
  it('chats', async () => {
    const { url } = await serve(spoken);
    const { choices, usage } = await clientAt(url).chat.completions.create(ask);
    expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant', content: 'To the left, then down.' } });
    expect(usage?.total_tokens).toBeGreaterThan(0);
  });

  it('streams', async () => {
    const { url } = await serve(spoken);
    const { items } = await drain(await clientAt(url).chat.completions.create({ ...ask, stream: true }));
    expect(items.map(({ choices }) => choices[0]?.delta.content).join('')).toBe('To the left, then down.');
    expect(items.at(-1)?.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('calls a tool and gives its result', async () => {
    const { gateway, url } = await serve(asksTheTide);
    const seen: unknown[] = [];
    const runner = clientAt(url).chat.completions.runTools({
      ...ask,
      tools: [{ type: 'function', function: { name: 'tide', description: 'when', parameters: TIDE_SCHEMA, parse: JSON.parse, function: (args: unknown) => { seen.push(args); return 'nine'; } } }],
    });
    expect(await runner.finalContent()).toBe('High water is at nine.');
    expect(seen).toEqual([{ harbour: 'Whitby' }]);
    expect(gateway.requests[1]?.body).toMatchObject({ messages: [{}, { tool_calls: [{ id: 'call_0' }] }, { role: 'tool', tool_call_id: 'call_0', content: 'nine' }] });
  });

  it('lists models', async () => {
    const { url } = await serve();
    const ids: string[] = [];
    for await (const { id } of clientAt(url).models.list()) ids.push(id);
    expect(ids).toContain(MODEL);
    expect(await clientAt(url).models.list()).toMatchObject({ data: expect.any(Array) });
  });

  const classes = { 'no such key': AuthenticationError, 'no route': NotFoundError, 'rate limit': RateLimitError, 'provider error': InternalServerError } satisfies Record<Failing, unknown>;
  it.each(failing.flatMap((name) => [[name, false] as const, [name, true] as const]))('raises %s, streaming: %s', async (name, stream) => {
    const { status, message, scenario, options, only } = failures[name];
    const { gateway, url } = await serve(scenario, options);
    const error = await rejection(clientAt(url).chat.completions.create({ ...ask, stream, ...beside(only) }));
    expect(error).toBeInstanceOf(classes[name]);
    expect(error).toMatchObject({ status, code: status, message: expect.stringContaining(message) });
    if (name === 'rate limit') expect(error).toMatchObject({ error: { metadata: { raw: 'slow down', retry_after_seconds: 7 } } });
    expect(gateway.requests).toHaveLength(1);
  });

  it('raises an error in the middle of a stream, after what came before', async () => {
    const { url } = await serve(breaksOff);
    const { items, error } = await drain(await clientAt(url).chat.completions.create({ ...ask, stream: true }));
    expect(items.map(({ choices }) => choices[0]?.delta.content)).toEqual(['To']);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ code: 502, message: 'Provider returned error' });
  });

  it('repeats what a gateway tells it to', async () => {
    const { gateway, url } = await serve({ gateway: [{ kind: 'fail', status: 503, message: 'Busy', retryAfter: 0.001 }, { kind: 'ok' }] });
    const { choices } = await new OpenAI({ apiKey: KEY, baseURL: url }).chat.completions.create(ask);
    expect(choices).toHaveLength(1);
    expect(gateway.requests.map(({ status }) => status)).toEqual([503, 200]);
  });
});
