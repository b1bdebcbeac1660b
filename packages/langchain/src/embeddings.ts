import { Embeddings } from '@langchain/core/embeddings';
import { InvalidOptionsError, misshapen, sendEmbeddings } from '@waypost/core';
import { callWithRetries } from './call-with-retries.js';
import { callerParams, checkCount, createModel, inferenceCall, type InferenceCallOptions, type InferenceInput, type InferenceModel } from './inference.js';
import { inputOf } from './input-of.js';

/** What `new OpenRouterEmbeddings` takes. Source of the fields: OpenRouter API, embeddings. */
export interface OpenRouterEmbeddingsInput extends InferenceInput {
  /** Length of the vectors, for models that can shorten them. Default: the model's own. */
  dimensions?: number | undefined;
  /** How vectors travel; they arrive as numbers either way, and base64 is shorter. Default: the provider's, which is `float`. */
  encodingFormat?: 'float' | 'base64' | undefined;
  /** What the texts are for, for models that ask: `search_document`, `search_query` … Default: not said. */
  inputType?: string | undefined;
  /** The same for `embedQuery` alone, where queries and documents differ. Default: `inputType`. */
  queryInputType?: string | undefined;
  /** Most texts in one request. Default 512. */
  batchSize?: number | undefined;
  /** Sends spaces for line ends, as models of 2022 wanted it. Default `false`. */
  stripNewLines?: boolean | undefined;
  /** Metadata for observability. */
  trace?: Record<string, unknown> | undefined;
}

/** Options of one call; LangChain itself gives none. */
export type OpenRouterEmbeddingsCallOptions = InferenceCallOptions;

/**
 * LangChain embeddings over OpenRouter, under the same policy as a `ChatOpenRouter`.
 *
 * Vectors are all that LangChain has room for, so receipts (who served a request, at what cost in USD) go to `hooks.onReceipt`, one for
 * each request; errors carry theirs as `receipt`. Retries are LangChain's (`maxRetries`, default 6), of those errors alone that may pass.
 *
 * @throws {InvalidOptionsError} from the constructor, for options that are wrong; and before sending, for texts that are none.
 * @throws {PolicyConflictError} before sending, when guardrails of several layers leave nothing.
 * @throws {APIError} {@link NetworkError} {@link TimeoutError} {@link PolicyViolationError}
 * @example
 * const embeddings = new OpenRouterEmbeddings('openai/text-embedding-3-small', {
 *   provider: { dataCollection: 'deny' },
 *   hooks: { onReceipt: ({ cost }) => console.log(cost.total) },
 * });
 * const vectors = await embeddings.embedDocuments(['a harbour', 'a lighthouse']); // → [[…], […]]
 */
export class OpenRouterEmbeddings extends Embeddings {
  readonly model: string;
  readonly batchSize: number;
  readonly stripNewLines: boolean;
  readonly dimensions: number | undefined;
  readonly encodingFormat: 'float' | 'base64' | undefined;
  readonly inputType: string | undefined;
  readonly queryInputType: string | undefined;
  /** Not enumerable, since it has the key. */
  declare protected readonly parts: InferenceModel;

  constructor(model: string, fields?: OpenRouterEmbeddingsInput);
  constructor(fields: OpenRouterEmbeddingsInput);
  constructor(modelOrFields: string | OpenRouterEmbeddingsInput, more?: OpenRouterEmbeddingsInput) {
    const fields = inputOf(modelOrFields, more);
    super(callerParams(fields));
    const { dimensions, encodingFormat, inputType, queryInputType, batchSize = 512, stripNewLines = false, trace } = fields;
    checkCount(batchSize, 'batchSize');
    checkCount(dimensions, 'dimensions');
    const parts = createModel(fields, { dimensions, encoding_format: encodingFormat, input_type: inputType, trace });
    Object.defineProperty(this, 'parts', { value: parts });
    this.model = parts.model;
    this.batchSize = batchSize;
    this.stripNewLines = stripNewLines;
    this.dimensions = dimensions;
    this.encodingFormat = encodingFormat;
    this.inputType = inputType;
    this.queryInputType = queryInputType;
  }

  get modelName(): string {
    return this.model;
  }

  /**
   * One vector for each text, in their order; in requests of at most `batchSize` texts, `maxConcurrency` of them at a time. When one
   * of them fails for good, those that are still to come are not made.
   */
  override async embedDocuments(texts: string[], options: OpenRouterEmbeddingsCallOptions = {}): Promise<number[][]> {
    checkTexts(texts);
    const size = this.batchSize;
    if (texts.length <= size) return texts.length === 0 ? [] : this.embed(texts, options);
    const batches = Array.from({ length: Math.ceil(texts.length / size) }, (_, i) => texts.slice(i * size, (i + 1) * size));
    const failed = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
    try {
      return (await Promise.all(batches.map((batch) => this.embed(batch, { ...options, signal })))).flat();
    } catch (error) {
      failed.abort();
      throw error;
    }
  }

  /** The vector of one text. */
  override async embedQuery(text: string, options: OpenRouterEmbeddingsCallOptions = {}): Promise<number[]> {
    checkTexts([text]);
    const [vector = []] = await this.embed(text, options, this.queryInputType);
    return vector;
  }

  private embed(texts: string | readonly string[], options: OpenRouterEmbeddingsCallOptions, inputType?: string): Promise<number[][]> {
    const { parts } = this;
    const plain = (text: string): string => (this.stripNewLines ? text.replaceAll('\n', ' ') : text);
    const input = typeof texts === 'string' ? plain(texts) : texts.map(plain);
    const count = typeof texts === 'string' ? 1 : texts.length;
    return callWithRetries(this.caller, options, async () => {
      const answer = await sendEmbeddings(parts.config, inferenceCall(parts, { content: { input }, settings: { input_type: inputType } }, options));
      const { embeddings } = answer;
      if (embeddings.length !== count) throw misshapen(answer, `The answer has ${embeddings.length} embeddings for ${count} texts`);
      return embeddings;
    });
  }
}

/** A text is a prompt: what came instead of one is not shown. */
function checkTexts(texts: readonly unknown[]): void {
  if (!Array.isArray(texts)) throw new InvalidOptionsError([{ path: 'texts', message: `expected a list of texts, got ${typeof texts}` }]);
  const issues = texts.flatMap((text, i) => (typeof text === 'string' ? [] : [{ path: `texts[${i}]`, message: `expected a string, got ${typeof text}` }]));
  if (issues.length > 0) throw new InvalidOptionsError(issues);
}
