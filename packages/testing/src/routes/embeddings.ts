import type { ChatRequest, EmbeddingsRequest, EmbeddingsResponse, JsonValue } from '@waypost/core';
import { createRandom, type Random } from '../random.js';
import { toBase64 } from '../serve/bytes.js';
import { errorBody } from '../serve/error-body.js';
import { mediaJson } from '../serve/media-json.js';
import { countTokens } from '../serve/tokens.js';
import { checkProvider } from '../validate.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { refuse } from './media-body.js';
import { settle } from './settle.js';
import { throughCache } from './through-cache.js';

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
  return toBase64(new Uint8Array(Float32Array.from(values).buffer));
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items.map((item) => ({ item, key: random() })).toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

/** `POST /embeddings`. The rows come in any order; `index` says which input each belongs to. */
export async function embeddings(exchange: Exchange): Promise<Response> {
  const { state, record, text } = exchange;
  const body = parse(text);
  if (body === undefined) return Response.json(errorBody(400, 'Input must have at least 1 token.', { metadata: { provider_name: null } }), { status: 400 });
  const wrong = checkProvider(body.provider);
  if (wrong !== undefined) return refuse(wrong);
  const inputs = texts(body.input);
  const routed: ChatRequest = { model: body.model, messages: [], ...(body.provider === undefined ? {} : { provider: body.provider }) };
  const cached = await throughCache(exchange, text, false, (stored, { id, usage }) => ({ ...stored, id, usage }), async () => {
    const served = await findServer(exchange, routed, { output: 'embeddings' });
    if (served instanceof Response) return served;
    const tokens = inputs.reduce((sum, input) => sum + countTokens(input), 0);
    const { id, model, provider, usage } = settle(exchange, served, 'emb', { tokens: { prompt: tokens, completion: 0 } });
    const rows = inputs.map((input, index) => {
      const values = vector(input, body.dimensions ?? DEFAULT_DIMENSIONS);
      return { object: 'embedding', embedding: body.encoding_format === 'base64' ? base64(values) : [...values], index };
    });
    const data = [...shuffled(rows, state.random(`rows/${record.number}`))];
    return { object: 'list' as const, id, model, provider, data, usage, outcome: served.outcome, wire: served.outcome.wire ?? {} };
  }, 'emb');
  if (cached instanceof Response) return cached;
  const { outcome, wire: _, usage, ...rest } = cached.value;
  // of the usage there is no more than what vectors can have
  const { prompt_tokens, total_tokens, cost, is_byok, cost_details } = usage;
  const response: EmbeddingsResponse = { ...rest, usage: { prompt_tokens, total_tokens, cost, is_byok, cost_details } };
  cached.headers.set('x-generation-id', rest.id);
  return mediaJson({ ...response }, outcome, watchOf(exchange), { headers: Object.fromEntries(cached.headers) });
}
