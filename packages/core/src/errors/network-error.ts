import { isMarked, markError, OpenRouterError } from './openrouter-error.js';

/**
 * The request got no usable response: the connection failed or broke, or `fetch` refused the request. It does not cover an
 * error that the server sent (`APIError`), a limit of the client's own (`TimeoutError`), or a break after a stream has delivered
 * content (`StreamError`, with this as `cause`).
 */
export class NetworkError extends OpenRouterError {
  override readonly name: string = 'NetworkError';
  /** The runtime's own code, where it has one: `ECONNRESET`, `ENOTFOUND` … */
  readonly errno: string | undefined;
  /** `false` where trying again cannot help: a bad URL or header, a certificate that does not hold. */
  readonly isRetryable: boolean;
  /** Without user-info and query. */
  readonly url: string | undefined;

  constructor(message: string, options: { cause?: unknown; errno?: string; isRetryable?: boolean; url?: string } = {}) {
    super('network_error', message, 'cause' in options ? { cause: options.cause } : {});
    this.errno = options.errno;
    this.isRetryable = options.isRetryable ?? true;
    this.url = options.url;
    markError(this, 'NetworkError');
  }

  static override isInstance(value: unknown): value is NetworkError {
    return isMarked(value, 'NetworkError');
  }
}
