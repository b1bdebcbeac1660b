import { AIMessage, AIMessageChunk, getBufferString, HumanMessage, SystemMessage, ToolMessage, type UsageMetadata } from '@langchain/core/messages';
import type { ChatGeneration } from '@langchain/core/outputs';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { type Runnable, RunnableLambda } from '@langchain/core/runnables';
import { StructuredTool, tool } from '@langchain/core/tools';
import { toJsonSchema } from '@langchain/core/utils/json_schema';
import { concat } from '@langchain/core/utils/stream';
import type { FetchFunction } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/v3';
import { collect } from './connection.js';
import { obligingGateway } from './standard-model.js';

// What LangChain expects of every chat model.

const Depths = z.object({ low: z.number().int().describe('Metres at low tide'), high: z.number().int() }).describe('Adds two depths');

class DepthSum extends StructuredTool {
  name = 'DepthSum';
  description = 'Adds two depths';
  schema = Depths;
  protected async _call({ low, high }: z.infer<typeof Depths>): Promise<string> {
    return JSON.stringify({ metres: low + high });
  }
}

const prompt = ChatPromptTemplate.fromMessages([['system', 'Always call {name}.'], ['human', 'Which depth is that?']]);
const named = { name: 'depth_sum' };
const asking = (name: string) => ({ name, description: `Reads ${name}`, schema: z.object({ harbour: z.string() }) });
const tide = tool(() => '3 metres', asking('read_tide'));
const wind = tool(() => 'calm', asking('read_wind'));

const called = new AIMessage({ content: '', tool_calls: [{ name: 'DepthSum', args: { low: 1, high: 2 }, id: 'abc123', type: 'tool_call' }] });
const result = new ToolMessage('{"metres":3}', 'abc123', 'DepthSum');

function setUp(settings = {}) {
  const connection = obligingGateway();
  return { ...connection, model: connection.chat('acme/atlas', settings) };
}

/** All chunks of a stream as one, added up by either of LangChain's ways. */
async function added(stream: AsyncIterable<AIMessageChunk>, add = (total: AIMessageChunk, next: AIMessageChunk) => total.concat(next)): Promise<AIMessageChunk> {
  const chunks = await collect(stream);
  for (const chunk of chunks) expect(chunk).toBeInstanceOf(AIMessageChunk);
  return chunks.reduce(add);
}

const countsOf = (usage: UsageMetadata | undefined) => [usage?.input_tokens, usage?.output_tokens, usage?.total_tokens];

describe('a model answers', () => {
  it('a text, messages of all roles, and several of one role in a row', async () => {
    const { model, body } = setUp();
    const conversations = ['Ahoy', [new HumanMessage('Ahoy'), new AIMessage('Aye'), new HumanMessage('Well?')], [
      new SystemMessage('a'), new SystemMessage('b'), new HumanMessage('c'), new HumanMessage('d'), new AIMessage('e'), new AIMessage('f'), new HumanMessage('g'),
    ]];
    for (const conversation of conversations) {
      const answer = await model.invoke(conversation);
      expect(answer).toBeInstanceOf(AIMessage);
      expect(answer.text).toMatch(/messages read/);
    }
    expect((body(-1)['messages'] as { role: string }[]).map(({ role }) => role)).toEqual(['system', 'system', 'user', 'user', 'assistant', 'assistant', 'user']);
  });

  it('by stream and batch', async () => {
    const { model } = setUp();
    const chunks = await collect(await model.stream('Ahoy'));
    expect(chunks.map(({ text }) => text).join('')).toBe('1 messages read.');
    expect(chunks.every(({ content }) => typeof content === 'string')).toBe(true);
    const answers = await model.batch(['Ahoy', 'Aye']);
    expect(answers.map(({ text }) => text)).toEqual(['1 messages read.', '1 messages read.']);
  });

  it('with its usage and its name', async () => {
    const { model } = setUp();
    const answer = await model.invoke('Ahoy');
    expect(countsOf(answer.usage_metadata)).toEqual([20, 5, 25]);
    expect(answer.response_metadata['model']).toBe('acme/atlas');
    const streamed = await added(await model.stream('Ahoy'));
    expect(countsOf(streamed.usage_metadata)).toEqual([20, 5, 25]);
    expect(streamed.response_metadata['model']).toBe('acme/atlas');
  });

  it('until a stop sequence, of the call or of the model', async () => {
    const { model, chat, body } = setUp();
    await model.invoke('Ahoy', { stop: ['you'] });
    expect(body(-1)['stop']).toEqual(['you']);
    await chat('acme/atlas', { stop: ['me'] }).invoke('Ahoy');
    expect(body(-1)['stop']).toEqual(['me']);
  });

  it('from LangChain’s cache, where a question has parts too', async () => {
    const { model, gateway } = setUp({ cache: true });
    const question = new HumanMessage({ content: [{ type: 'text', text: 'Ahoy there!' }] });
    const key = model._getSerializedCacheKeyParametersForCall({});
    const first = await model.invoke([question]);
    const cached = await model.cache?.lookup(getBufferString([question]), key);
    expect(cached).toHaveLength(1);
    const again = await model.invoke([question]);
    const [{ message }] = cached as [ChatGeneration];
    expect(again).toEqual(message);
    expect(again.text).toBe(first.text);
    expect(await model.cache?.lookup(getBufferString([question]), key)).toEqual(cached);
    expect(gateway.requests).toHaveLength(1);
  });

  it('in events of the second version', async () => {
    const events = await collect(setUp().model.streamEvents('Ahoy', { version: 'v2' }));
    expect(events.length).toBeGreaterThanOrEqual(3);
    expect([events[0]?.event, events[Math.floor(events.length / 2)]?.event, events.at(-1)?.event]).toEqual(['on_chat_model_start', 'on_chat_model_stream', 'on_chat_model_end']);
    const parts = events.filter(({ event }) => event === 'on_chat_model_stream').map(({ data }) => (data.chunk as AIMessageChunk).text);
    expect(events.at(-1)?.data.output).toMatchObject({ text: parts.join('') });
  });

  it('not at all after an abort', async () => {
    const { model, gateway } = setUp();
    const signal = AbortSignal.abort();
    await expect(model.invoke('Ahoy', { signal })).rejects.toThrow();
    await expect((async () => collect(await model.stream('Ahoy', { signal })))()).rejects.toThrow();
    expect(gateway.requests).toHaveLength(0);
  });
});

describe('a model calls tools', () => {
  it.each([
    ['a class', new DepthSum(), 'DepthSum'],
    ['a function of OpenAI’s shape', { type: 'function', function: { ...named, description: 'Adds', parameters: toJsonSchema(Depths) } }, 'depth_sum'],
    ['a runnable', RunnableLambda.from(() => '').asTool({ ...named, description: 'Adds', schema: Depths }), 'depth_sum'],
    ['parameters alone', { ...named, description: 'Adds', schema: Depths }, 'depth_sum'],
  ])('given as %s', async (_form, given, name) => {
    const { model } = setUp();
    const bound = model.bindTools([given]);
    const expected = [{ name, args: { low: 3, high: 4 }, id: 'call_0', type: 'tool_call' }];
    expect((await bound.invoke('Which depth?')).tool_calls).toEqual(expected);
    const streamed = await added(await prompt.pipe(bound).stream(named));
    expect(streamed.tool_calls).toEqual(expected);
    expect(countsOf(streamed.usage_metadata)).toEqual([20, 5, 25]);
  });

  it('and reads what came of it, whether its own turn is text or a list', async () => {
    const { model, body } = setUp();
    const listed = new AIMessage({ content: [{ type: 'text', text: 'Adding.' }, { type: 'tool_use', id: 'abc123', name: 'DepthSum', input: { low: 1, high: 2 } }], tool_calls: called.tool_calls ?? [] });
    const bound = model.bindTools([new DepthSum()]);
    for (const turn of [called, listed]) {
      const answer = await bound.invoke([new HumanMessage('1 + 2?'), turn, result]);
      expect(answer.text).toBe('3 messages read.');
      expect(body(-1)['messages']).toMatchObject([{ role: 'user' }, { tool_calls: [{ id: 'abc123', function: { arguments: '{"low":1,"high":2}' } }] }, { role: 'tool', tool_call_id: 'abc123' }]);
    }
    expect(await bound.invoke([new HumanMessage('1 + 2?'), called, result, new AIMessage('3'), new HumanMessage('3 + 4?')])).toBeInstanceOf(AIMessage);
  });

  it('several at once, and goes on from their results', async () => {
    const { model } = setUp();
    const bound = model.bindTools([tide, wind]);
    const question = new HumanMessage('Tide and wind at Crow?');
    const [invoked, streamed] = [await bound.invoke([question]), await added(await bound.stream([question]), concat)];
    for (const turn of [invoked, streamed]) {
      expect(turn.tool_calls?.map(({ name }) => name)).toEqual(['read_tide', 'read_wind']);
      const results = (turn.tool_calls ?? []).map(({ id, name }) => new ToolMessage({ tool_call_id: id ?? '', name, content: 'calm' }));
      const answer = await bound.invoke([question, turn, ...results]);
      expect(answer.tool_calls).toEqual([]);
      expect((await added(await bound.stream([question, turn, ...results]), concat)).content).toBe('4 messages read.');
      expect(answer.content).toBe('4 messages read.');
    }
  });
});

describe('a model gives structure', () => {
  it.each([false, true])('and tells tracers how it was asked (raw answer too: %s)', async (includeRaw) => {
    const seen: Record<string, unknown>[] = [];
    const callbacks = [{ handleChatModelStart: (...[, , , , extra]: unknown[]) => void seen.push(extra as Record<string, unknown>) }];
    const structured: Runnable = setUp().model.withStructuredOutput(Depths, { ...named, includeRaw });
    const outcome: unknown = await prompt.pipe(structured).invoke(named, { callbacks });
    const depths = { low: 3, high: 4 };
    expect(outcome).toEqual(includeRaw ? { parsed: depths, raw: expect.any(AIMessage) } : depths);
    const format = { kwargs: { method: 'functionCalling' }, schema: toJsonSchema(Depths) };
    expect(seen).toEqual([expect.objectContaining({ options: expect.objectContaining({ ls_structured_output_format: format }) })]);
  });

  it('of schemas with open parts', async () => {
    const Report = z.object({ verdict: z.enum(['calm', 'rough']), remark: z.string(), source: z.object({ station: z.string(), readings: z.record(z.unknown()) }) });
    const outcome = await setUp().model.withStructuredOutput(Report, { name: 'file_report' }).invoke('Report, please');
    expect(outcome).toEqual({ verdict: 'calm', remark: 'no swell', source: { station: 'Crow', readings: { six: '3 m' } } });
  });
});

describe('a model reads content blocks', () => {
  const png = 'iVBORw0KGgo=';
  const wav = 'UklGRigAAABXQVZF';
  it.each([
    [{ type: 'text', source_type: 'text', text: 'Ahoy' }, { type: 'text', text: 'Ahoy' }],
    [{ type: 'image', source_type: 'url', url: 'https://a.test/x.png' }, { type: 'image_url', image_url: { url: 'https://a.test/x.png' } }],
    [{ type: 'image', source_type: 'base64', data: png, mime_type: 'image/png' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }],
    [{ type: 'image', source_type: 'url', url: `data:image/png;base64,${png}` }, { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }],
    [{ type: 'audio', source_type: 'base64', data: wav, mime_type: 'audio/wav' }, { type: 'input_audio', input_audio: { data: wav, format: 'wav' } }],
    [{ type: 'audio', source_type: 'url', url: `data:audio/wav;base64,${wav}`, mime_type: 'audio/wav' }, { type: 'input_audio', input_audio: { data: wav, format: 'wav' } }],
    [{ type: 'file', source_type: 'url', url: 'https://a.test/x.pdf', mime_type: 'application/pdf', metadata: { filename: 'x.pdf' } }, { type: 'file', file: { filename: 'x.pdf', file_data: 'https://a.test/x.pdf' } }],
    [{ type: 'file', source_type: 'url', url: 'data:text/plain;base64,SGk=', mime_type: 'text/plain', metadata: { filename: 'x.txt' } }, { type: 'file', file: { filename: 'x.txt', file_data: 'data:text/plain;base64,SGk=' } }],
    [{ type: 'file', source_type: 'text', text: 'Ahoy', metadata: { filename: 'x.txt' } }, { type: 'text', text: 'Ahoy' }],
  ])('%j', async (block, part) => {
    const bodies: unknown[] = [];
    const { chat } = obligingGateway();
    // No model of the gateway's reads all of these.
    const fetch: FetchFunction = async (_url, { body }) => {
      bodies.push(JSON.parse(body as string));
      return Response.json({ choices: [{ message: { role: 'assistant', content: 'Seen.' }, finish_reason: 'stop' }] });
    };
    const answer = await chat('acme/atlas', { fetch }).invoke([new HumanMessage({ content: [block] })]);
    expect(answer.text).toBe('Seen.');
    expect(bodies).toMatchObject([{ messages: [{ role: 'user', content: [part] }] }]);
  });
});
