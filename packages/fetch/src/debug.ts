import { type CallInfo, type ClientOptions, type FetchFunction, type Hooks, InvalidOptionsError, redact } from '@waypost/core';

/** Where lines go: a function, or an object with a method `debug`, such as `console` or a logger. */
export type DebugLogger = ((line: string) => void) | { debug(line: string): void };

/**
 * Tells what goes on: each request as a `curl` command to copy, statuses, waits and failovers. `true` writes to the console. Keys are
 * never told; prompts and answers only with `contents`.
 */
export type DebugOption = boolean | DebugLogger | Settings;

interface Settings {
  /** Default: the console. */
  readonly logger?: DebugLogger | undefined;
  /** Default `false`. */
  readonly contents?: boolean | undefined;
}

const SECRET = /auth|key|token|cookie|secret|passw|credential|signature|jwt|session|\bpat\b/i;

/** Fields of a body that carry credentials: those of MCP servers, of search engines … */
const SECRET_FIELD = /(^|[_-])(authorization|password|secret|cookie)$|(api|access|auth|bearer|client)[_-]?(keys?|token|secret)$/i;

/** What stands for a field that carries credentials; the rest as it is. */
const masked = (name: string, value: unknown): unknown => (SECRET_FIELD.test(name) && value !== null && typeof value !== 'number' && typeof value !== 'boolean' ? '[redacted]' : value);

/** A body with what was said, but without credentials. */
function uncovered(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), masked);
  } catch {
    return body;
  }
}

/** Fields that hold no content, beside numbers and switches. */
const PLAIN = /^(model|models|provider|reasoning|modalities|service_tier)$/;

/** A word for a shell, whatever is in it: within single quotes nothing has a meaning but their end. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A body without what was said: other fields keep their names alone. */
function outline(body: string): string {
  try {
    const fields: object = JSON.parse(body);
    return JSON.stringify(fields, function (this: unknown, name, value: unknown) {
      // the fields themselves, and not what is in them; `options` of a provider are free text
      if (this !== fields) return name === 'options' ? '…' : masked(name, value);
      return PLAIN.test(name) || typeof value === 'number' || typeof value === 'boolean' ? value : '…';
    });
  } catch {
    return '…';
  }
}

/**
 * A request as a command. The key is a variable of the shell; other headers that may be secret, and parameters of the address, are masked.
 *
 * @example
 * curlOf('https://openrouter.ai/api/v1/key', { headers: { authorization: 'Bearer sk-or-…' } }, false)
 * // → curl -g -X GET 'https://openrouter.ai/api/v1/key' -H "authorization: Bearer $OPENROUTER_API_KEY"
 */
export function curlOf(url: string, { method = 'GET', headers = {}, body }: RequestInit, contents: boolean): string {
  // the client gives them as a plain object
  const all = Object.entries(headers as Record<string, string>);
  const secrets = all.filter(([name]) => SECRET.test(name)).flatMap(([, value]) => [value, value.replace(/^\w+\s+/, '')]);
  const clean = (text: string): string => redact(text, secrets);
  const words = [`curl -g -X ${method} ${quote(clean(url.replaceAll(/([?&][^=&#]+=)[^&#]*/g, (pair, name: string) => (SECRET.test(name) ? `${name}[redacted]` : pair))))}`];
  for (const [name, value] of all) {
    if (name === 'authorization' && /^bearer /i.test(value)) words.push('-H "authorization: Bearer $OPENROUTER_API_KEY"');
    else words.push(`-H ${quote(`${name}: ${SECRET.test(name) ? '[redacted]' : clean(value)}`)}`);
  }
  if (body != null) words.push(`--data-raw ${quote(typeof body !== 'string' ? '…' : clean(contents ? uncovered(body) : outline(body)))}`);
  return words.join(' \\\n  ');
}

const EVENTS = ['onStart', 'onAttempt', 'onFailover', 'onRetry', 'onFirstToken', 'onWarning', 'onFinish', 'onError'] as const;

/**
 * The options, with what `debug` asks for.
 *
 * @throws {InvalidOptionsError} where it is neither true nor a logger.
 */
export function debugged<Options extends ClientOptions>(options: Options, debug: DebugOption): Options {
  const given: Settings = typeof debug === 'boolean' ? {} : typeof debug === 'object' && !('debug' in debug) ? debug : { logger: debug };
  const { logger = console, contents = false } = given;
  const log = typeof logger === 'function' ? logger : typeof logger?.debug === 'function' && ((line: string): void => logger.debug(line));
  if (!log) throw new InvalidOptionsError([{ path: 'debug', message: 'expected true, a logger or { logger, contents }' }]);
  const fetch: FetchFunction = (url, init) => {
    log(curlOf(url, init, contents));
    return (options.fetch ?? options.effects?.fetch ?? globalThis.fetch)(url, init);
  };
  /** A message may quote the prompt; what else prints of an event does not. */
  const plain = (key: string, value: unknown): unknown => {
    if (key === 'receipt' || (key === 'message' && !contents)) return undefined;
    return value instanceof Error ? { name: value.name, message: value.message } : value;
  };
  const print = (event: object): string => {
    try {
      return JSON.stringify(event, plain);
    } catch {
      // such as the reason of an abort, which may be anything; to tell of a call must not break it
      return '…';
    }
  };
  const tell = (name: string): ((event: object, call?: CallInfo) => void) => (event, call) => {
    log(redact(`#${call?.id ?? 0} ${name.slice(2)} ${print(event)}`));
    if (contents && 'response' in event && typeof event.response === 'function') log(redact(JSON.stringify(event.response())));
  };
  const hooks: Hooks = Object.fromEntries(EVENTS.map((name) => [name, tell(name)]));
  // what is no function is refused with the other options
  const isWrong = options.fetch !== undefined && typeof options.fetch !== 'function';
  return { ...options, ...(!isWrong && { fetch }), hooks: [hooks, ...[options.hooks ?? []].flat()] };
}
