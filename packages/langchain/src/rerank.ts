import { Document, type DocumentInterface } from '@langchain/core/documents';
import { BaseDocumentCompressor } from '@langchain/core/retrievers/document_compressors';
import { AsyncCaller } from '@langchain/core/utils/async_caller';
import { type RerankDocument, sendRerank } from '@waypost/core';
import { callWithRetries } from './call-with-retries.js';
import { isRecord } from './convert-tools.js';
import { callerParams, checkCount, createModel, inferenceCall, type InferenceCallOptions, type InferenceInput, type InferenceModel, invalid } from './inference.js';
import { inputOf } from './input-of.js';

/** What `new OpenRouterRerank` takes. Source of the fields: OpenRouter API, rerank. */
export interface OpenRouterRerankInput extends InferenceInput {
  /** How many of the best to keep. Default: all. */
  topN?: number | undefined;
}

/** Options of one call. */
export interface OpenRouterRerankCallOptions extends InferenceCallOptions {
  /** Instead of the constructor's. */
  topN?: number | undefined;
}

/** A text, a document of LangChain's, `{ text?, image? }` as the wire has it, or a record of any other shape, which goes out as its JSON. */
export type OpenRouterRerankDocument = string | DocumentInterface | Readonly<Record<string, unknown>>;

/** A document by its place in the list, and how well it fits the query; higher is better. */
export interface OpenRouterRerankResult {
  index: number;
  relevanceScore: number;
}

/**
 * Puts documents into the order in which they fit a query, under the same policy as a `ChatOpenRouter`. It is a document compressor, and
 * so goes wherever LangChain takes one.
 *
 * Receipts (who served a request, at what cost in USD) go to `hooks.onReceipt`; errors carry theirs as `receipt`. Retries are LangChain's
 * (`maxRetries`, default 6), of those errors alone that may pass.
 *
 * @throws {InvalidOptionsError} from the constructor, for options that are wrong; and before sending, for a request that is.
 * @throws {PolicyConflictError} before sending, when guardrails of several layers leave nothing.
 * @throws {APIError} {@link NetworkError} {@link TimeoutError} {@link PolicyViolationError}
 * @example
 * const reranker = new OpenRouterRerank('cohere/rerank-v3.5', { topN: 3, provider: { dataCollection: 'deny' } });
 * const best = await reranker.compressDocuments(documents, 'When does the harbour close?');
 * best[0].metadata.relevanceScore; // → 0.93
 */
export class OpenRouterRerank extends BaseDocumentCompressor {
  readonly model: string;
  readonly topN: number | undefined;
  readonly caller: AsyncCaller;
  /** Not enumerable, since it has the key. */
  declare protected readonly parts: InferenceModel;

  constructor(model: string, fields?: OpenRouterRerankInput);
  constructor(fields: OpenRouterRerankInput);
  constructor(modelOrFields: string | OpenRouterRerankInput, more?: OpenRouterRerankInput) {
    super();
    const fields = inputOf(modelOrFields, more);
    checkCount(fields.topN, 'topN');
    const parts = createModel(fields, { top_n: fields.topN });
    Object.defineProperty(this, 'parts', { value: parts });
    this.model = parts.model;
    this.topN = fields.topN;
    this.caller = new AsyncCaller(callerParams(fields));
  }

  /** The best of the documents, best first, each a copy with `metadata.relevanceScore`. */
  override async compressDocuments(documents: DocumentInterface[], query: string): Promise<DocumentInterface[]> {
    const results = await this.rerank(documents, query);
    return results.flatMap(({ index, relevanceScore }) => {
      const document = documents[index];
      return document ? [new Document({ ...document, metadata: { ...document.metadata, relevanceScore } })] : [];
    });
  }

  /** The places of the best documents, best first. */
  async rerank(documents: readonly OpenRouterRerankDocument[], query: string, options: OpenRouterRerankCallOptions = {}): Promise<OpenRouterRerankResult[]> {
    check(documents, query);
    if (documents.length === 0) return [];
    const { topN, ...call } = options;
    checkCount(topN, 'topN');
    const request = { content: { query, documents: documents.map(convertDocument) }, settings: { top_n: topN } };
    return callWithRetries(this.caller, call, async () => {
      const answer = await sendRerank(this.parts.config, inferenceCall(this.parts, request, call));
      const { results } = answer.response;
      return results.map(({ index, relevance_score: relevanceScore }) => ({ index, relevanceScore })).sort((a, b) => b.relevanceScore - a.relevanceScore);
    });
  }
}

/** Documents and queries are prompts: what came instead of them is not shown. */
function check(documents: unknown, query: unknown): void {
  if (!Array.isArray(documents) || !documents.every((one) => typeof one === 'string' || isRecord(one))) throw invalid('documents', 'is no list of texts and documents');
  if (typeof query !== 'string') throw invalid('query', `expected a string, got ${typeof query}`);
}

/** Whether a record is a document of the wire: a text, an image, or both. */
function isWire(document: object): document is { text?: string; image?: string } {
  const entries = Object.entries(document);
  return entries.length > 0 && entries.every(([name, value]) => (name === 'text' || name === 'image') && typeof value === 'string');
}

function convertDocument(document: OpenRouterRerankDocument): RerankDocument {
  if (typeof document === 'string') return document;
  const { pageContent } = document;
  if (typeof pageContent === 'string') return pageContent;
  return isWire(document) ? document : JSON.stringify(document);
}
