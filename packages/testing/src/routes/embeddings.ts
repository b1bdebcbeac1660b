import type { EmbeddingsRequest, EmbeddingsResponse } from '@waypost/core';
import { createRandom, type Random } from '../random.js';
import { toBase64 } from '../serve/bytes.js';
import { mediaJson } from '../serve/media-json.js';
import { countTokens } from '../serve/tokens.js';
import { given, notAnObject, parseFields } from '../validate.js';
import { embeddings as check } from '../validate/media.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { checkBody, type Checked, refuse, toRouted, toTold } from './media-body.js';
import { settle } from './settle.js';
import { throughCache } from './through-cache.js';

const DEFAULT_DIMENSIONS = 8;

type Input = EmbeddingsRequest['input'];

function isInput(value: unknown): value is Input {
  return typeof value === 'string' || Array.isArray(value);
}

/** Nothing to embed is refused in the words of OpenRouter itself. */
function parse(text: string): Checked {
  const fields = parseFields(text);
  const empty = fields === undefined || !given(fields.input) || (Array.isArray(fields.input) && fields.input.length === 0);
  return empty ? notAnObject() : checkBody(fields, check);
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
  const parsed = parse(text);
  if (!parsed.ok) return refuse(parsed);
  const { body } = parsed;
  const inputs = isInput(body.input) ? texts(body.input) : [];
  const dimensions = typeof body.dimensions === 'number' ? body.dimensions : DEFAULT_DIMENSIONS;
  const cached = await throughCache(exchange, text, false, (stored, { id, usage }) => ({ ...stored, id, usage }), async () => {
    const tokens = { prompt: inputs.reduce((sum, input) => sum + countTokens(input), 0), completion: 0 };
    const served = await findServer(exchange, toRouted(body), { output: 'embeddings', demand: () => tokens, told: toTold(body) });
    if (served instanceof Response) return served;
    const { id, model, provider, usage } = settle(exchange, served, 'emb', { tokens });
    const rows = inputs.map((input, index) => {
      const values = vector(input, dimensions);
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
