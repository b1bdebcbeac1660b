import type { Exchange } from '@waypost-tests/fixtures';
import type { Endpoint, Model, ModelEndpoints, ReasoningDetail } from '@waypost/core';
import { type Catalogue, fail, type GatewayOptions, loadCatalogue, ok, reply, type Reply, type Scenario, type Wire } from '@waypost/testing';
import { catalogueOf, modelsIn } from './catalogue-of.js';
import { entries, eventsOf, type Fields, fields, text } from './json.js';
import { replyOf, streamedReply } from './message-of.js';
import { jsonWire, streamWire } from './wire-of.js';

/** A gateway that is to do what was recorded. */
export type Setting = Pick<GatewayOptions, 'catalogue' | 'scenario' | 'account'>;

const always = (exchange: Exchange, scenario: Scenario): Setting => ({ catalogue: catalogueOf(exchange), scenario });

/** A thought of a recorded `/responses`, with its text in one piece. */
function detailOf(item: Fields): ReasoningDetail {
  const format = text(item['format']);
  const beside = { index: 0, ...(format === undefined ? {} : { format }) };
  const thought = entries(item['content']).map((part) => text(part['text']) ?? '').join('');
  const summary = entries(item['summary']).map((part) => text(part['text']) ?? '').join('');
  const data = text(item['encrypted_content']);
  if (data !== undefined) return { type: 'reasoning.encrypted', data, ...beside };
  return summary === '' ? { type: 'reasoning.text', text: thought, ...beside } : { type: 'reasoning.summary', summary, ...beside };
}

/** Text, calls and thoughts of a recorded `/responses`. */
function responsesReply(output: readonly Fields[]): Reply {
  const said = output.filter((item) => item['type'] === 'message').flatMap((item) => entries(item['content']));
  const calls = output.filter((item) => item['type'] === 'function_call');
  const thoughts = output.filter((item) => item['type'] === 'reasoning').map(detailOf);
  const content = said.map((part) => text(part['text']) ?? '').join('');
  return reply.message({
    content: content === '' ? null : content,
    ...(thoughts.length === 0 ? {} : { reasoning_details: thoughts }),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map((call, i) => ({ id: `call_${i}`, type: 'function' as const, function: { name: text(call['name']) ?? '', arguments: text(call['arguments']) ?? '' } })) }),
  });
}

/** An error that came with status 200. */
function brokenAnswer(exchange: Exchange): Setting {
  const { response: { body, sse } } = exchange;
  if (sse !== undefined) {
    const chunks = eventsOf(sse);
    const failed = chunks.find((chunk) => chunk['error']);
    const { code, message } = fields(failed?.['error']);
    const wire: Wire = { error: { after: 'end', detail: { code: Number(code), message: String(message) }, done: true } };
    return always(exchange, { reply: streamedReply(chunks), wire: { ...streamWire(chunks), ...wire } });
  }
  const answer = fields(body);
  const [choice] = entries(answer['choices']);
  const { code, message, metadata } = fields(choice?.['error'] ?? answer['error']);
  const detail = { code: Number(code), message: String(message), ...(metadata === undefined ? {} : { metadata: fields(metadata) }) };
  const wire: Wire = { ...(choice ? jsonWire(answer) : {}), error: { shape: choice ? 'choice' : 'bare', detail } };
  return always(exchange, { reply: choice ? replyOf(answer) : reply.text(''), wire });
}

/** What of a failure a setting is read off. */
function failureOf({ response: { body } }: Exchange): { readonly message: string; readonly metadata: Fields } {
  const error = fields(fields(body)['error']);
  return { message: text(error['message']) ?? '', metadata: fields(error['metadata']) };
}

const isFreeLimit = (exchange: Exchange): boolean => failureOf(exchange).message.startsWith('Rate limit exceeded: free-models');

/** How many requests come before the recorded one, which is one too many. */
export function freeRequestsBefore(exchange: Exchange): number {
  const { headers } = failureOf(exchange).metadata;
  return isFreeLimit(exchange) ? Number(fields(headers)['X-RateLimit-Limit']) : 0;
}

/** The world in which a request fails by itself: what it lacks, or asks too much of. `undefined`: only a provider can have failed it. */
function failingWorld(exchange: Exchange): Setting | undefined {
  const { message } = failureOf(exchange);
  const { status } = exchange.response;
  if (status === 401 || message.startsWith('Generation ')) return {};
  if (message.endsWith('is not a valid model ID')) return { catalogue: catalogueOf({ ...exchange, request: { ...exchange.request, body: null }, model: null }) };
  if (message.includes('data policy')) {
    return { catalogue: catalogueOf(exchange, (endpoint) => [{ ...endpoint, dataPolicy: { ...endpoint.dataPolicy, publishes: true } }]), account: { data_collection: 'deny' } };
  }
  if (status === 404) return { catalogue: catalogueOf(exchange, () => []) };
  if (isFreeLimit(exchange)) return always(exchange, { limits: { free: true } });
  return message.startsWith('This endpoint\'s maximum context length') ? { catalogue: catalogueOf(exchange) } : undefined;
}

/** A provider's failure, whose status and own words the scenario has to give. */
function failedProvider(exchange: Exchange): Setting {
  const { raw = '' } = failureOf(exchange).metadata;
  return always(exchange, { models: Object.fromEntries(modelsIn(exchange).map((id) => [id, fail(exchange.response.status, { raw })])) });
}

/** Whether the scenario names the status or the error, so that nothing is proven by their being the same. */
export function isScripted(exchange: Exchange): boolean {
  return exchange.kind === 'errors' && (exchange.response.status === 200 || failingWorld(exchange) === undefined);
}

// Rows of the API's own listings: that is what the loader takes.
const rowsOf = (body: unknown): Model[] => entries(fields(body)['data']).map((row) => row as Model);

/** The catalogue of a recorded list: the endpoints of one model, or those of many that keep no data. */
function listedEndpoints(data: unknown): Catalogue {
  const zdr = entries(data).map((row) => row as Endpoint);
  const one = fields(data);
  const models = zdr.length > 0 ? [...new Set(zdr.map(({ model_id: id }) => id ?? ''))].map((id): Model => ({ id, name: id })) : [one as Model];
  return loadCatalogue({ models, zdr, ...(zdr.length > 0 ? {} : { endpoints: [one as ModelEndpoints['data']] }) });
}

/** The scenario that makes the gateway answer a recorded request as it was answered, as far as scenarios can tell. */
export function settingOf(exchange: Exchange): Setting {
  const { kind, response: { status, body, sse } } = exchange;
  if (kind === 'errors') return status === 200 ? brokenAnswer(exchange) : (failingWorld(exchange) ?? failedProvider(exchange));
  switch (kind) {
    case 'chat-json': return always(exchange, { reply: replyOf(fields(body)), wire: jsonWire(fields(body)) });
    case 'chat-sse': {
      const chunks = eventsOf(sse ?? '');
      return always(exchange, { reply: streamedReply(chunks), wire: streamWire(chunks) });
    }
    case 'responses-json': {
      const old = typeof body === 'object' && !('status' in fields(body));
      return always(exchange, { reply: responsesReply(entries(fields(body)['output'])), ...(old ? { wire: { finish: 'missing' } } : {}) });
    }
    case 'responses-sse': {
      const last = eventsOf(sse ?? '').findLast((event) => event['response']);
      return always(exchange, { reply: responsesReply(entries(fields(last?.['response'])['output'])) });
    }
    case 'models': return { catalogue: loadCatalogue({ models: rowsOf(body) }) };
    case 'endpoints': return { catalogue: listedEndpoints(fields(body)['data']) };
    case 'videos': return always(exchange, { models: { [modelsIn(exchange)[0] ?? '']: ok() } });
    default: return always(exchange, {});
  }
}
