import type { Exchange } from '@waypost-tests/fixtures';
import { createGateway, type Gateway, type GatewayOptions, manualClock } from '@waypost/testing';
import { modelsIn } from './catalogue-of.js';
import { eventsOf, type Fields, fields, text } from './json.js';
import { freeRequestsBefore, settingOf } from './scenario-of.js';

/** What came back: a JSON body, or the events of a stream. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly events?: readonly Fields[];
}

const BASE = 'http://gateway.local';

/** What is asked where a recording has kept no request. */
function plainBody(exchange: Exchange): Fields {
  const [model] = modelsIn(exchange);
  switch (exchange.kind) {
    case 'embeddings': return { model, input: ['one', 'two'] };
    case 'responses-json':
    case 'responses-sse': return { model, input: 'Hello', stream: exchange.response.sse !== undefined };
    case 'videos': return { model, prompt: 'Waves' };
    default: return { model, messages: [{ role: 'user', content: 'Hello' }], stream: exchange.response.sse !== undefined };
  }
}

async function send(gateway: Gateway, method: string, path: string, body: unknown, known: boolean): Promise<Answer> {
  const response = await gateway.fetch(BASE + path, {
    method,
    headers: { ...(known ? { authorization: 'Bearer sk-or-v1-recorded' } : {}), 'content-type': 'application/json' },
    ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
  });
  const type = response.headers.get('content-type') ?? '';
  const said = await response.text();
  if (type.includes('event-stream')) return { status: response.status, events: eventsOf(said) };
  return { status: response.status, body: type.includes('json') ? JSON.parse(said) : '' };
}

/** A record that `GET` reads, which something must have made before. */
async function readBack(gateway: Gateway, exchange: Exchange): Promise<Answer> {
  const isVideo = exchange.kind === 'videos';
  const made = await send(gateway, 'POST', isVideo ? '/api/v1/videos' : '/api/v1/chat/completions', plainBody(exchange), true);
  const id = String(fields(made.body)['id']);
  if (!isVideo) return send(gateway, 'GET', `/api/v1/generation?id=${id}`, undefined, true);
  const wanted = text(fields(exchange.response.body)['status']);
  const first = await send(gateway, 'GET', `/api/v1/videos/${id}`, undefined, true);
  if (wanted === 'pending') return first;
  const second = await send(gateway, 'GET', `/api/v1/videos/${id}`, undefined, true);
  return wanted === undefined ? send(gateway, 'GET', `/api/v1/videos/${id}/content?index=0`, undefined, true) : second;
}

/** What the gateway makes of a recorded request. `more`: what it is made with, beside its scenario. */
export async function ask(exchange: Exchange, more: GatewayOptions = {}): Promise<Answer> {
  const { request, response, kind } = exchange;
  const gateway = createGateway({ ...manualClock(), ...settingOf(exchange), settleAfterReads: 0, ...more });
  if (request.method === 'GET' && (kind === 'videos' || kind === 'generation')) return readBack(gateway, exchange);
  const query = text(request.query) ?? '';
  const path = query === '' ? request.path : `${request.path}?${query}`;
  const known = response.status !== 401 && kind !== 'models' && kind !== 'endpoints';
  const again = (): Promise<Answer> => send(gateway, request.method, path, request.body ?? plainBody(exchange), known);
  for (let before = freeRequestsBefore(exchange); before > 0; before -= 1) await again();
  return again();
}
