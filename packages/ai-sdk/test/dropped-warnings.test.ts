import { describe, expect, it } from 'vitest';
import type { OpenRouterChatSettings } from '../src/index.js';
import { answer, chunk, collect, last, PROMPT, serve, sse } from './support/fake-server.js';

const strict = { tools: [{ type: 'function' as const, name: 'f', inputSchema: { type: 'object' as const }, strict: true }] };
const beta = { 'X-Anthropic-Beta': 'interleaved-thinking-2025-05-14,structured-outputs-2025-11-13' };

/** The features that the warnings of an answer, and of a stream, name. */
async function features(modelId: string, settings: OpenRouterChatSettings, call: object = {}) {
  const { openrouter } = serve([answer({ content: 'Hi' }), sse([chunk({ content: 'Hi' }), last('stop')])]);
  const whole = await openrouter(modelId, settings).doGenerate({ prompt: PROMPT, ...call });
  const [start] = await collect((await openrouter(modelId, settings).doStream({ prompt: PROMPT, ...call })).stream);
  const streamed = start?.type === 'stream-start' ? start.warnings : [];
  return [whole.warnings, streamed].map((warnings) => warnings.map((warning) => 'feature' in warning && warning.feature));
}

describe('what the server passes over', () => {
  it.each([
    ['strict tools for Claude', 'anthropic/claude-sonnet-4.6', {}, strict, ['strict tools'], ['strict tools']],
    ['strict tools for Claude, asked for by a header of the call', 'anthropic/claude-sonnet-4.6', {}, { ...strict, headers: beta }, [], []],
    ['strict tools for Claude, asked for by a header of the model', 'anthropic/claude-sonnet-4.6', { headers: beta }, strict, [], []],
    ['strict tools for others', 'openai/gpt-5.1', {}, strict, [], []],
    ['healing in streams', 'openai/gpt-5.1', { plugins: [{ id: 'response-healing' }] }, {}, [], ['plugin response-healing']],
    ['healing that is off', 'openai/gpt-5.1', { plugins: [{ id: 'response-healing', enabled: false }] }, {}, [], []],
    ['sound without a stream', 'openai/gpt-audio', { extraBody: { modalities: ['text', 'audio'] } }, {}, ['sound without streaming'], []],
    ['an echo without a stream', 'openai/gpt-5.1', { debug: { echo_upstream_body: true } }, {}, ['debug.echo_upstream_body'], []],
  ])('is warned of: %s', async (_, modelId, settings, call, whole, streamed) => {
    expect(await features(modelId, settings, call)).toEqual([whole, streamed]);
  });
});
