import { identify, isMarked, OpenRouterError } from './openrouter-error.js';

/**
 * The request got no usable response: the connection failed or broke, or `fetch` refused the request. It does not cover an
 * error that the server sent (`APIError`), a limit of the client's own (`TimeoutError`), or a break after a stream has delivered
 * content (`StreamError`, with this as `cause`).
 */
export class NetworkError extends OpenRouterError {
  /** The runtime's own code, where it has one: `ECONNRESET`, `ENOTFOUND` … */
  declare readonly errno: string | undefined;
  /** `false` where trying again cannot help: a bad URL or header, a certificate that does not hold. */
  declare readonly isRetryable: boolean;
  /** Without user-info and query. */
  declare readonly url: string | undefined;

  constructor(message: string, options: { cause?: unknown; errno?: string; isRetryable?: boolean; url?: string } = {}) {
    super('network_error', message, options);
    const { errno, isRetryable = true, url } = options;
    identify(this, 'NetworkError', { errno, isRetryable, url });
  }

  static override isInstance(value: unknown): value is NetworkError {
    return isMarked(value, 'NetworkError');
  }
}
