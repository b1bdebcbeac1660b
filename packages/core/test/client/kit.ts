import { type ClientConfig, type ConfigDefaults, createConfig } from '../../src/client/config.js';
import type { ClientOptions } from '../../src/client/options.js';
import { createResilience, type ResilienceOptions } from '../../src/client/resilience.js';
import { type FakeClock, fakeClock, KEY } from '../transport/kit.js';

/** A request as it went out. */
export interface Sent {
  url: string;
  headers: Headers;
  body: Record<string, unknown>;
  method: string;
}

export interface FakeServer {
  clock: FakeClock;
  sent: Sent[];
  config: ClientConfig;
}

/** A client whose requests `answer` answers, one after another. */
export function serve(answer: (call: number, sent: Sent) => Response | Promise<Response>, options: ClientOptions & ResilienceOptions = {}, defaults: ConfigDefaults = {}): FakeServer {
  const sent: Sent[] = [];
  const clock = fakeClock((url, init) => {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {};
    const request = { url, headers: new Headers(init.headers), body, method: init.method ?? 'GET' };
    sent.push(request);
    return Promise.resolve(answer(sent.length - 1, request));
  });
  const config = createConfig({ apiKey: KEY, ...options, effects: { ...clock.effects, ...options.effects } }, { resilience: createResilience, ...defaults });
  return { clock, sent, config };
}

export const PROMPT = 'my private prompt';
export const SECRET_ANSWER = 'my private answer';

/** A chat answer. */
export const answer = (more: Record<string, unknown> = {}): Response =>
  Response.json({
    id: 'gen-1',
    model: 'openai/gpt-5.1',
    provider: 'Azure',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: SECRET_ANSWER } }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: 0.002, cost_details: { upstream_inference_cost: 0.002 } },
    ...more,
  });

export const failure = (status: number, message = 'failed', metadata: Record<string, unknown> = {}, headers: Record<string, string> = {}): Response =>
  Response.json({ error: { code: status, message, metadata } }, { status, headers });

export const messages = [{ role: 'user', content: PROMPT }];
export const body = { model: 'openai/gpt-5.1', messages };
