import { APIError, InvalidOptionsError, NetworkError, NoRouteError, PolicyConflictError, PolicyViolationError, StreamError, TimeoutError } from '@waypost/core';
import { createOpenRouter, type OpenRouterOptions } from '@waypost/fetch';
import { respond, type RespondInput, type RespondResult, streamRespond } from '@waypost/fetch/responses';
import { createGateway, disconnect, fail, faults, type Gateway, type GatewayOptions, hang, ok, reply, type Reply, respond as answer, type Scenario, type Wire } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from './support/timers.js';

const EFFECTS = { now: () => 1_790_000_000_000, sleep: () => Promise.resolve(), random: () => 0.5 };
const REQUEST: RespondInput = { model: 'acme/atlas', input: 'Hello' };

interface Served {
  readonly gateway: Gateway;
  readonly openrouter: ReturnType<typeof createOpenRouter>;
}

function serve(options: GatewayOptions = {}, client: OpenRouterOptions = {}): Served {
  const gateway = createGateway(options);
  return { gateway, openrouter: createOpenRouter({ apiKey: 'sk-or-v1-secret', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch, effects: EFFECTS, ...client }) };
}

/** How a call may be made; each way reads to the end. */
const ways: readonly (readonly [string, (served: Served, request?: RespondInput) => Promise<RespondResult>])[] = [
  ['respond', ({ openrouter }, request = REQUEST) => respond(openrouter, request)],
  ['streamRespond, final', ({ openrouter }, request = REQUEST) => streamRespond(openrouter, request).final()],
  ['streamRespond, read', async ({ openrouter }, request = REQUEST) => {
    const stream = streamRespond(openrouter, request);
    let text = '';
    for await (const piece of stream.textStream) text += piece;
    const result = await stream.final();
    expect(text).toBe(result.text);
    return result;
  }],
];

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not reject');
}

const said: Reply = reply.message({
  content: 'It rains in Tromsø 🌧', reasoning_details: [{ type: 'reasoning.text', text: 'Let me look', signature: 'c2ln', format: 'anthropic-claude-v1' }],
  tool_calls: [{ id: 'call_7', type: 'function', function: { name: 'weather', arguments: '{"city":"Tromsø"}' } }],
});

describe.each(ways)('%s', (_name, run) => {
  it('gives what the model said, who served and what it cost', async () => {
    const served = serve({ scenario: { reply: said } });
    const result = await run(served, { ...REQUEST, provider: { only: ['azure'] } });
    expect(result).toMatchObject({
      text: 'It rains in Tromsø 🌧', reasoning: 'Let me look', finishReason: 'tool_calls', status: 'completed',
      toolCalls: [{ id: 'call_7', name: 'weather', input: { city: 'Tromsø' } }],
    });
    const [record] = served.gateway.requests;
    expect(result.receipt).toMatchObject({
      id: record?.served?.generationId, served: { model: 'acme/atlas', provider: 'Azure', providerSlug: 'azure' }, strategy: 'direct', fallbackUsed: false,
      cost: { total: Number(record?.cost), isByok: false, partial: false }, verdict: { overall: 'kept' },
    });
  });

  it('is the same however the wire looks', async () => {
    const plain = await run(serve({ scenario: { reply: said } }));
    const wires: Wire[] = [
      { packets: { size: 1 } }, { packets: { size: 7 } }, { packets: 'whole' }, { packets: [3, 1, 4, 1, 5, 9] }, { lineEnd: '\r\n', packets: { size: 2 } }, { lineEnd: '\r' }, { bom: true },
      { comments: { before: 5, between: 2 } }, { textSize: 1 }, { toolDeltas: { size: Infinity } }, { unterminated: true }, { whitespace: '\n    \n' }, { cut: 'before-done' },
    ];
    for (const wire of wires) {
      const { output, text, usage } = await run(serve({ scenario: { reply: said, wire } }));
      expect({ wire, output, text, usage }).toEqual({ wire, output: plain.output, text: plain.text, usage: plain.usage });
    }
  });

  it('goes on with what came out', async () => {
    const tools = [{ type: 'function' as const, name: 'weather', parameters: { type: 'object', properties: {} } }];
    const served = serve({ scenario: { models: { 'acme/atlas': [ok(said), ok(reply.text('Take a coat'))] } } });
    const input = [{ role: 'user' as const, content: 'Weather?' }];
    const first = await run(served, { ...REQUEST, input, tools });
    const outputs = first.toolCalls.map(({ id }) => ({ type: 'function_call_output' as const, call_id: id, output: 'rain' }));
    const second = await run(served, { ...REQUEST, input: [...input, ...first.output, ...outputs], tools });
    expect(second.text).toBe('Take a coat');
    expect(served.gateway.requests[1]?.body).toMatchObject({ input: [input[0], ...first.output, ...outputs] });
  });

  it('tightens the policy and never loosens it', async () => {
    const served = serve({}, { provider: { zdr: true, ignore: ['openai'] } });
    await run({ ...served, openrouter: served.openrouter.with({ provider: { data_collection: 'deny' } }) }, { ...REQUEST, provider: { zdr: false, data_collection: 'allow', ignore: ['azure'] } })
      .catch((error: unknown) => expect(NoRouteError.isInstance(error)).toBe(true));
    expect(served.gateway.requests[0]?.body).toMatchObject({ provider: { zdr: true, data_collection: 'deny', ignore: ['openai', 'azure'] } });
  });

  it('refuses before sending what cannot be kept', async () => {
    const served = serve({}, { allowedModels: ['acme/*'], provider: { only: ['azure'] } });
    expect(PolicyConflictError.isInstance(await rejection(run(served, { ...REQUEST, models: ['borealis/aurora'] })))).toBe(true);
    expect(PolicyConflictError.isInstance(await rejection(run(served, { ...REQUEST, provider: { only: ['openai'] } })))).toBe(true);
    expect(InvalidOptionsError.isInstance(await rejection(run(served, { ...REQUEST, previous_response_id: 'resp_1' })))).toBe(true);
    expect(served.gateway.requests).toEqual([]);
  });

  it('explains a route that nobody can serve', async () => {
    const error = await rejection(run(serve(), { ...REQUEST, provider: { only: ['groq'], max_price: { prompt: 0 } } }));
    expect(NoRouteError.isInstance(error) && error.failedStep).toBeTruthy();
  });

  it('fails over along a chain of more than three', async () => {
    const models = ['cinder/spark', 'borealis/aurora', 'acme/atlas-mini', 'cinder/easel'];
    const served = serve({ scenario: { models: { 'acme/atlas': fail(503), 'cinder/spark': fail(503), 'borealis/aurora': fail(429) } } }, { retry: false, provider: { data_collection: 'deny' } });
    const { receipt } = await run(served, { ...REQUEST, models });
    expect(served.gateway.requests.map(({ body }) => body)).toMatchObject([
      { model: 'acme/atlas', models: ['cinder/spark', 'borealis/aurora'], provider: { data_collection: 'deny' } }, { model: 'acme/atlas-mini', models: ['cinder/easel'], provider: { data_collection: 'deny' } },
    ]);
    expect(receipt).toMatchObject({ served: { model: 'acme/atlas-mini' }, fallbackUsed: true, attempts: [{ outcome: 'error' }, { outcome: 'ok' }] });
  });

  it.each<[string, Scenario, (error: unknown) => boolean]>([
    ['a refusal', { gateway: fail(400) }, (error) => APIError.isInstance(error) && error.status === 400],
    ['no credits', { gateway: faults.noCredits() }, (error) => APIError.isInstance(error) && error.reason === 'credits'],
    ['a page of HTML', { gateway: faults.htmlTimeout() }, (error) => APIError.isInstance(error) && error.status === 524],
    ['an error with status 200', { gateway: faults.errorOnly() }, (error) => APIError.isInstance(error) && error.status === 502],
    ['no JSON', { gateway: faults.notJson() }, (error) => APIError.isInstance(error)],
    ['a typed failure', { models: { 'acme/atlas': fail(503, { errorType: 'provider_overloaded' }) } }, (error) => APIError.isInstance(error) && error.errorType === 'provider_overloaded'],
    ['a broken connection', { gateway: disconnect() }, (error) => NetworkError.isInstance(error)],
    ['an answer of chat', { gateway: answer(200, { id: 'gen-1', choices: [] }) }, (error) => APIError.isInstance(error) && error.message.includes('not the JSON expected')],
  ])('%s is a typed error with its receipt', async (_fault, scenario, matches) => {
    const error = await rejection(run(serve({ scenario }, { retry: false })));
    expect(error).toSatisfy(matches);
    expect(error).toHaveProperty('receipt.attempts', [expect.objectContaining({ outcome: 'error' })]);
    expect(String(error) + JSON.stringify(error)).not.toContain('sk-or-v1-secret');
  });

  it('retries what may succeed later', async () => {
    const served = serve({ scenario: { gateway: [fail(503), disconnect(), ok()] } });
    expect((await run(served)).status).toBe('completed');
    expect(served.gateway.requests).toHaveLength(3);
  });

  it('throws what broke an answer that had begun, and loses nothing of it', async () => {
    for (const shape of ['chunk', 'finish'] as const) {
      const error = await rejection(run(serve({ scenario: { reply: said, wire: { error: { shape, after: 'end' } } } }, { retry: false })));
      expect(StreamError.isInstance(error) && [error.reason, error.partial?.choices[0]?.message.content]).toEqual(['provider', 'It rains in Tromsø 🌧']);
      expect(StreamError.isInstance(error) && error.partial?.output?.map(({ type }) => type)).toEqual(['reasoning', 'message', 'function_call']);
    }
  });

  it('verifies who served', async () => {
    const lies = { id: 'gen-1', model: 'acme/atlas', output: [], status: 'completed', openrouter_metadata: { endpoints: { available: [{ provider: 'OpenAI', model: 'acme/atlas', selected: true }] } } };
    const error = await rejection(run(serve({ scenario: { gateway: answer(200, lies) } }, { provider: { only: ['azure'] }, verify: 'throw' })));
    expect(PolicyViolationError.isInstance(error)).toBe(true);
  });

  it('heeds the signal', async () => {
    const served = serve({ scenario: { gateway: hang() } });
    const controller = new AbortController();
    const reason = new Error('enough');
    const call = rejection(_name === 'respond' ? respond(served.openrouter, REQUEST, { signal: controller.signal }) : streamRespond(served.openrouter, REQUEST, { signal: controller.signal }).final());
    await settled();
    controller.abort(reason);
    expect(await call).toBe(reason);
  });
});

describe('streamRespond', () => {
  it('opens after errors before content', async () => {
    for (const shape of ['chunk', 'bare', 'choice', 'finish'] as const) {
      const served = serve({ scenario: { models: { 'acme/atlas': [ok(said, { error: { after: 0, shape } }), ok(said, { error: { after: 2, shape } }), ok(said)] } } });
      expect((await streamRespond(served.openrouter, REQUEST).final()).text).toBe('It rains in Tromsø 🌧');
      expect(served.gateway.requests).toHaveLength(3);
    }
  });

  it('tells a cut anywhere from an end, and keeps what had arrived', async () => {
    const whole = (await streamRespond(serve({ scenario: { reply: said } }).openrouter, REQUEST).final()).text;
    const events = 40;
    for (const ending of ['close', 'reset'] as const) {
      for (let cut = 0; cut < events; cut += 1) {
        const served = serve({ scenario: { reply: said, wire: { cut, ending, textSize: 3 } } }, { retry: false });
        const seen: string[] = [];
        try {
          const stream = streamRespond(served.openrouter, REQUEST);
          for await (const piece of stream.textStream) seen.push(piece);
          // all events there were
          expect(seen.join('')).toBe(whole);
        } catch (error) {
          const told = StreamError.isInstance(error) || NetworkError.isInstance(error);
          expect(told).toBe(true);
          if (seen.length > 0) expect(StreamError.isInstance(error) && [error.reason, error.partial?.choices[0]?.message.content]).toEqual(['truncated', seen.join('')]);
        }
      }
    }
  });

  it('never hands out half a call', async () => {
    const error = await rejection(streamRespond(serve({ scenario: { reply: said, wire: { cut: 'tool-call' } } }).openrouter, REQUEST).final());
    expect(StreamError.isInstance(error) && error.partial?.choices[0]?.message.tool_calls?.[0]?.function.arguments).toBe('{"city":');
    const cutByLimit = serve({ scenario: { reply: reply.toolCall('weather', '{"ci', { finishReason: 'length' }) } });
    expect((await streamRespond(cutByLimit.openrouter, REQUEST).final()).toolCalls).toEqual([]);
  });

  it('keeps its time limits', async () => {
    const timers = manualTimers();
    let now = 0;
    const timed = (wire: Wire, limits: OpenRouterOptions): Served => serve({ scenario: { reply: said, wire } }, { retry: false, ...limits, effects: { ...EFFECTS, now: () => now, timer: timers.timer } });
    const first = rejection(streamRespond(timed({ stallAfter: 2 }, { firstTokenTimeout: 300 }).openrouter, REQUEST).final());
    await settled();
    now = 301;
    await timers.fire(300);
    expect(await first).toSatisfy((error) => TimeoutError.isInstance(error) && error.kind === 'first-token');
    now = 0;
    const idle = rejection(streamRespond(timed({ stallAfter: 6 }, { idleTimeout: 200 }).openrouter, REQUEST).final());
    await settled();
    now = 201;
    await timers.fire(200);
    expect(await idle).toSatisfy((error) => StreamError.isInstance(error) && error.reason === 'idle' && (error.partial?.output?.length ?? 0) > 0);
    expect(timers.pending).toBe(0);
  });

  it('leaving the loop cancels the request', async () => {
    const served = serve({ scenario: { reply: said, wire: { stallAfter: 6 } } });
    for await (const event of streamRespond(served.openrouter, REQUEST)) if (event.type.endsWith('.delta')) break;
    await settled();
    expect(served.gateway.requests[0]?.cancelled).toBe(true);
  });
});
