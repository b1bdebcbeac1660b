import { outputOf } from '../scenario/route-output.js';
import { mediaJson } from '../serve/media-json.js';
import { countTokens } from '../serve/tokens.js';
import { overlap } from '../serve/words.js';
import { type Fields, isFields } from '../validate.js';
import { rerank as check } from '../validate/media.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { parseBody, refuse, toRouted, toTold } from './media-body.js';
import { settle } from './settle.js';

type Document = string | { readonly text?: string; readonly image?: unknown };

/** Those of a body that has been checked. */
function documentsOf({ documents }: Fields): readonly Document[] {
  return Array.isArray(documents) ? documents.filter((one): one is Document => typeof one === 'string' || isFields(one)) : [];
}

function textOf(document: Document): string {
  return typeof document === 'string' ? document : (document.text ?? '');
}

/** From 0.05 for a document that shares no word with the query to 0.95 for one that has them all. */
function relevance(query: string, document: Document): number {
  return Number((0.05 + 0.9 * overlap(query, textOf(document))).toFixed(6));
}

/** `POST /rerank`: the most relevant first, equals in the order of the request. As recorded, the id is in the body alone. */
export async function rerank(exchange: Exchange): Promise<Response> {
  const parsed = parseBody(exchange.text, check);
  if (!parsed.ok) return refuse(parsed);
  const { body } = parsed;
  const query = String(body.query);
  const documents = documentsOf(body);
  const tokens = { prompt: countTokens(query) + documents.reduce((sum, document) => sum + countTokens(textOf(document)), 0), completion: 0 };
  const served = await findServer(exchange, toRouted(body), { output: 'rerank', demand: () => tokens, told: toTold(body) });
  if (served instanceof Response) return served;
  const { outcome, candidate } = served;
  const { id, model, provider, usage } = settle(exchange, served, 'rerank', { tokens });
  const scores = outputOf(outcome.reply?.output, 'scores')?.scores ?? [];
  const results = documents
    .map((document, index) => ({
      index, relevance_score: scores[index] ?? relevance(query, document), document: typeof document === 'string' ? { text: document } : document,
    }))
    .toSorted((a, b) => b.relevance_score - a.relevance_score)
    .slice(0, typeof body.top_n === 'number' ? body.top_n : documents.length);
  // Endpoints that are paid by the request count searches.
  const searches = candidate.endpoint.pricing.request === undefined ? {} : { search_units: 1 };
  const { total_tokens, cost, is_byok } = usage;
  return mediaJson(
    { model, results, usage: { total_tokens, ...searches, cost, ...(is_byok === true ? { is_byok } : {}) }, provider, id: outcome.reply?.id ?? id },
    outcome,
    watchOf(exchange),
  );
}
