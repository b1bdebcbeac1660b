import { APICallError } from '@ai-sdk/provider';
import { APIError, type Call, type ClientConfig, NetworkError, policyOf, StreamError, TimeoutError } from '@waypost/core';

/** What is known about the request that failed. */
export interface ErrorContext {
  readonly url: string;
  /** The body without what was said in it; put together only where there is an error. */
  readonly requestBodyValues: () => unknown;
}

// What may hold the words of a conversation.
const SPOKEN: readonly string[] = ['messages', 'prompt', 'prediction', 'suffix', 'input', 'input_audio', 'input_references', 'frame_images', 'instructions', 'query', 'documents', 'state', 'questions'];

/** What an error says about a call of a model: its fields without messages, so that a log of the error holds no prompt. */
export function errorContext({ config, modelId }: { config: ClientConfig; modelId: string }, path: string, { layers = [], options }: Partial<Call> = {}): ErrorContext {
  const region = options?.region ?? policyOf(config.layers).region;
  const baseURL = config.baseURL ?? `https://${region ? `${region}.` : ''}openrouter.ai/api/v1`;
  return {
    url: (path.startsWith('/alpha/') ? baseURL.replace(/\/v1$/, '') : baseURL) + path,
    requestBodyValues() {
      const fields: object = Object.assign({}, ...[...config.layers, ...layers].map((layer) => layer.body));
      return { model: modelId, ...Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== undefined && !SPOKEN.includes(name))) };
    },
  };
}

/** The delay that came in a body, where the AI SDK looks for one: in the headers. */
function headersOf(error: APIError): Record<string, string> {
  const { responseHeaders, retryAfterMs } = error;
  if (retryAfterMs === undefined || responseHeaders['retry-after'] !== undefined) return { ...responseHeaders };
  return { 'retry-after-ms': String(retryAfterMs), ...responseHeaders };
}

/**
 * An error of the client as the AI SDK knows it: what a server, network or limit did to a request is an `APICallError` with our
 * error as its `cause`, since the AI SDK retries no other. What the caller must change (options, policy) and the reason of an
 * abort stay as they are, and are never retried.
 */
export function convertError(error: unknown, context: ErrorContext): unknown {
  if (!APIError.isInstance(error) && !StreamError.isInstance(error) && !NetworkError.isInstance(error) && !TimeoutError.isInstance(error)) return error;
  const { url } = context;
  const requestBodyValues = context.requestBodyValues();
  if (StreamError.isInstance(error)) {
    // A stream that ended before it began failed at once: the next try need not wait the seconds that the AI SDK waits by itself.
    const converted = APIError.isInstance(error.cause) ? responseOf(error.cause) : error.isRetryable ? { responseHeaders: { 'retry-after-ms': '100' } } : {};
    return hidden(new APICallError({ url, requestBodyValues, ...converted, message: error.message, isRetryable: error.isRetryable, cause: error }));
  }
  if (APIError.isInstance(error)) {
    return hidden(new APICallError({ url: error.url ?? url, requestBodyValues, ...responseOf(error), message: error.message, isRetryable: error.isRetryable, cause: error }));
  }
  return new APICallError({ url, requestBodyValues, message: error.message, isRetryable: error.isRetryable, cause: error });
}

function responseOf(error: APIError): Pick<APICallError, 'statusCode' | 'responseHeaders' | 'responseBody' | 'data'> {
  const { responseBody: body, status } = error;
  return {
    statusCode: status,
    responseHeaders: headersOf(error),
    ...(body !== undefined && { responseBody: typeof body === 'string' ? body : JSON.stringify(body), data: body }),
  };
}

/** A server may echo the prompt: what it said is there to be read, and not enumerable, so that no log prints it by itself. */
function hidden(error: APICallError): APICallError {
  for (const name of ['responseBody', 'data']) Object.defineProperty(error, name, { enumerable: false });
  return error;
}
