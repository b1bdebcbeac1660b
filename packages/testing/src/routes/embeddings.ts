import type { ChatRequest, EmbeddingsRequest, EmbeddingsResponse, JsonValue } from '@waypost/core';
import { createRandom, generationId, type Random } from '../random.js';
import { planRoute } from '../routing/plan.js';
import { attemptInTurn } from '../serve/attempts.js';
import { bill } from '../serve/bill.js';
import { scriptedResponse } from '../serve/deliver.js';
import { errorBody } from '../serve/error-body.js';
import { countTokens } from '../serve/tokens.js';
import { type Exchange, exhausted, interrupted, refused, watchOf } from './exchange.js';
import { recordedRoute, toRecorded } from './record.js';

const DEFAULT_DIMENSIONS = 8;

type Input = EmbeddingsRequest['input'];

function isEmbeddingsRequest(body: JsonValue): body is JsonValue & EmbeddingsRequest {
  return typeof body === 'object' && body !== null && 'model' in body && typeof body.model === 'string'
    && 'input' in body && (typeof body.input === 'string' || (Array.isArray(body.input) && body.input.length > 0));
}

function parse(text: string): EmbeddingsRequest | undefined {
  try {
    const parsed: JsonValue = JSON.parse(text);
    return isEmbeddingsRequest(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** One text per vector; a list of numbers is one tokenized input. */
function texts(input: Input): readonly string[] {
  if (typeof input === 'string') return [input];
  if (typeof input[0] === 'number') return [JSON.stringify(input)];
  return input.map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry)));
}

/** A unit vector that depends on the text alone. */
function vector(text: string, dimensions: number): readonly number[] {
  const random = createRandom(`embedding/${text}`);
  const raw = Array.from({ length: dimensions }, () => random() * 2 - 1);
  const length = Math.hypot(...raw) || 1;
  return raw.map((value) => value / length);
}

function base64(values: readonly number[]): string {
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  return btoa(String.fromCharCode(...bytes));
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items.map((item) => ({ item, key: random() })).toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

/** `POST /embeddings`. The rows come in any order; `index` says which input each belongs to. */
export async function embeddings(exchange: Exchange): Promise<Response> {
  const { state, record, request, signal } = exchange;
  const body = parse(await request.text());
  if (body === undefined) return Response.json(errorBody(400, 'Input must have at least 1 token.', { metadata: { provider_name: null } }), { status: 400 });
  const inputs = texts(body.input);
  const routed: ChatRequest = { model: body.model, messages: [], ...(body.provider === undefined ? {} : { provider: body.provider }) };
  const interruption = await interrupted(exchange, routed);
  if (interruption !== undefined) return interruption;
  const { catalogue, account } = state;
  const route = planRoute(routed, { catalogue, account, random: state.random(`route/${record.number}`), output: 'embeddings' });
  record.route = recordedRoute(route);
  if (!route.ok) return refused(exchange, routed, route.refusal);
  const result = await attemptInTurn(route.plan, routed, state.scenario, record, signal);
  if (result.kind === 'respond') return scriptedResponse(result.outcome, watchOf(exchange));
  if (result.kind === 'failed') return exhausted(exchange, routed, route.plan, result.failures);
  const { candidate } = result;
  const random = state.random(`id/${record.number}`);
  const id = generationId(random, state.now());
  const tokens = inputs.reduce((sum, text) => sum + countTokens(text), 0);
  const { usage, cost } = bill(candidate, routed, { message: {}, tokens: { prompt: tokens, completion: 0 } });
  record.served = { ...toRecorded(candidate), generationId: id };
  record.cost = cost;
  state.charge(cost);
  const rows = inputs.map((text, index) => {
    const values = vector(text, body.dimensions ?? DEFAULT_DIMENSIONS);
    return { object: 'embedding', embedding: body.encoding_format === 'base64' ? base64(values) : [...values], index };
  });
  const response: EmbeddingsResponse = {
    object: 'list', id, model: candidate.requested.model.id, provider: state.display(candidate.endpoint.provider), data: [...shuffled(rows, random)], usage,
  };
  return Response.json(response, { headers: { 'x-generation-id': id } });
}
