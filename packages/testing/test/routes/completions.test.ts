import { describe, expect, it } from 'vitest';
import { createGateway, fail, type Gateway, reply } from '../../src/index.js';
import { post } from '../helpers.js';

interface TextChoice {
  readonly index: number;
  readonly text: string;
  readonly finish_reason: string | null;
  readonly logprobs: { tokens: string[]; token_logprobs: number[]; top_logprobs: object[] | null; text_offset: number[] } | null;
}

interface TextBody {
  readonly id: string;
  readonly object: string;
  readonly choices: readonly TextChoice[];
  readonly usage?: Readonly<Record<string, unknown>>;
}

function complete(body: object, gateway: Gateway = createGateway(), headers: Record<string, string> = {}): Promise<Response> {
  return post(gateway, '/completions', { model: 'acme/atlas', prompt: 'Once upon', ...body }, { headers });
}

async function events(response: Response): Promise<{ readonly chunks: readonly TextBody[]; readonly done: boolean }> {
  const data = (await response.text()).split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
  return { chunks: data.filter((line) => line !== '[DONE]').map((line) => JSON.parse(line) as TextBody), done: data.at(-1) === '[DONE]' };
}

function textOf(chunks: readonly TextBody[], index = 0): string {
  return chunks.flatMap(({ choices }) => choices).filter((choice) => choice.index === index).map(({ text }) => text).join('');
}

const tale = { scenario: { reply: reply.text(' a time there was', { finishReason: 'length' as const }) } };

describe('POST /completions', () => {
  it('answers with text', async () => {
    const response = await complete({ provider: { only: ['azure'] } }, createGateway(tale));
    const body = (await response.json()) as TextBody;
    expect(body).toMatchObject({
      object: 'text_completion', model: 'acme/atlas', provider: 'Azure',
      choices: [{ index: 0, text: ' a time there was', finish_reason: 'length', native_finish_reason: 'length', logprobs: null }],
      usage: { prompt_tokens: 3, completion_tokens: 5, cost: 0.000069 },
    });
    expect(body.choices[0]).not.toHaveProperty('message');
    expect(response.headers.get('x-generation-id')).toBe(body.id);
  });

  it('streams text, then usage, then the end', async () => {
    const { chunks, done } = await events(await complete({ stream: true }, createGateway(tale)));
    expect(done).toBe(true);
    expect(new Set(chunks.map(({ object }) => object))).toEqual(new Set(['text_completion']));
    expect(textOf(chunks)).toBe(' a time there was');
    expect(chunks[0]?.choices[0]).toEqual({ index: 0, text: ' a', finish_reason: null, native_finish_reason: null, logprobs: null });
    expect(chunks.at(-2)?.choices[0]).toMatchObject({ text: '', finish_reason: 'length' });
    expect(chunks.at(-1)).toMatchObject({ usage: { prompt_tokens: 3, completion_tokens: 5 } });
  });

  it('gives a choice to each prompt, in one bill', async () => {
    const body = (await (await complete({ prompt: ['a', 'bbbb', 'cccccccc'] })).json()) as TextBody;
    expect(body.choices.map(({ index, text }) => [index, text])).toEqual([
      [0, 'Acme: Atlas read 1 characters.'], [1, 'Acme: Atlas read 4 characters.'], [2, 'Acme: Atlas read 8 characters.'],
    ]);
    expect(body.usage).toMatchObject({ prompt_tokens: 4, completion_tokens: 24 });
    const { chunks, done } = await events(await complete({ prompt: ['a', 'bbbb'], stream: true }));
    expect([textOf(chunks, 0), textOf(chunks, 1), done]).toEqual(['Acme: Atlas read 1 characters.', 'Acme: Atlas read 4 characters.', true]);
    expect(chunks.filter(({ usage }) => usage !== undefined)).toHaveLength(1);
  });

  it('gives log probabilities that add up to the text, in JSON and in streams', async () => {
    const body = (await (await complete({ logprobs: 2 }, createGateway(tale))).json()) as TextBody;
    expect(body.choices[0]?.logprobs).toEqual({
      tokens: [' a', ' time', ' there', ' was'], token_logprobs: [-0.2, -0.5, -0.6, -0.4],
      top_logprobs: [{ ' a': -0.2 }, { ' time': -0.5 }, { ' there': -0.6 }, { ' was': -0.4 }], text_offset: [0, 2, 7, 13],
    });
    const { chunks } = await events(await complete({ logprobs: 0, stream: true }, createGateway(tale)));
    const parts = chunks.flatMap(({ choices }) => choices[0]?.logprobs ?? []);
    expect(parts.flatMap(({ tokens }) => tokens).join('')).toBe(' a time there was');
    expect(parts.flatMap(({ text_offset }) => text_offset)).toEqual([0, 2, 7, 13]);
    expect(parts[0]?.top_logprobs).toBeNull();
  });

  it('counts the suffix, and puts thoughts beside the text', async () => {
    const gateway = createGateway({ scenario: { reply: reply.reasoning('hmm', 'yes') } });
    const body = (await (await complete({ suffix: '12345678' }, gateway)).json()) as TextBody;
    expect(body).toMatchObject({ choices: [{ text: 'yes', reasoning: 'hmm', reasoning_details: [{ text: 'hmm' }] }], usage: { prompt_tokens: 5 } });
  });

  it('falls back to other models, and tells so in the metadata', async () => {
    const gateway = createGateway({ scenario: { models: { 'acme/atlas': fail(400) } } });
    const response = await complete({ models: ['cinder/spark'] }, gateway, { 'x-openrouter-metadata': 'enabled' });
    expect(await response.json()).toMatchObject({ model: 'cinder/spark', openrouter_metadata: { strategy: 'fallback', attempt: 2 } });
  });

  it('takes presets, and has the quirks of chat streams', async () => {
    const preset = createGateway();
    await complete({ model: '@preset/thrifty' }, preset);
    expect(preset.requests[0]?.served?.model).toBe('acme/atlas-mini');
    const broken = createGateway({ scenario: { ...tale.scenario, wire: { error: { after: 2 } } } });
    const { chunks, done } = await events(await complete({ stream: true }, broken));
    expect([textOf(chunks), done]).toEqual([' a time', false]);
    expect(chunks.at(-1)).toMatchObject({ object: 'text_completion', error: { code: 502 }, choices: [{ finish_reason: 'error' }] });
  });

  it.each([[undefined], [''], [[]], [['a', '']], [[1]], [7]])('refuses the prompt %j', async (prompt) => {
    const gateway = createGateway();
    expect((await complete({ prompt }, gateway)).status).toBe(400);
    expect(gateway.requests[0]?.attempts).toEqual([]);
  });
});
