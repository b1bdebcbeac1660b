import { compact } from '../compact.js';
import { redactDeep, secretsOf } from '../errors/redact.js';
import type { Warning } from '../policy/policy.js';
import { isRecord } from '../policy/report.js';
import type { RouteName } from '../policy/routes.js';
import type { Served } from '../receipt/collect.js';
import type { Receipt } from '../receipt/receipt.js';
import { textOf } from '../text-of.js';
import { requestJson } from '../transport/read-body.js';
import type { Answer, AttemptOptions, HeaderRecord } from '../transport/types.js';
import type { ChatRequest } from '../wire/chat.js';
import type { ClientConfig } from './config.js';
import { type Call, prepareCall } from './prepare.js';
import { requireKept, runCall, settle, withReceipt } from './run-call.js';

/** An answer of an inference route that came back whole. */
export interface InferenceAnswer<Body = unknown> {
  /** The wire's JSON, untouched. */
  readonly response: Body;
  /** The body that was sent and answered. */
  readonly request: ChatRequest;
  /** Where it was sent. */
  readonly url: string;
  readonly status: number;
  readonly headers: HeaderRecord;
  readonly receipt: Receipt | undefined;
  readonly warnings: readonly Warning[];
  /** What a server said, as an error may carry it: without the keys that were sent. */
  readonly redact: <Said>(said: Said) => Said;
}

/** Makes one attempt and reads its answer. */
export type Request<Body> = (options: AttemptOptions) => Promise<Answer<Body>>;

/** How the body of a route is fetched, and what it tells about who served. */
export interface InferenceRoute<Body> {
  readonly path: string;
  readonly route: RouteName;
  readonly request: Request<Body>;
  readonly servedIn: (answer: Answer<Body>) => Served;
}

/** @internal One call of any inference route, from its layers to its receipt. */
export async function callRoute<Body>(config: ClientConfig, call: Call, { path, route, request: send, servedIn }: InferenceRoute<Body>): Promise<InferenceAnswer<Body>> {
  const prepared = prepareCall(config, call, route, path);
  let request: ChatRequest | undefined;
  let sent: AttemptOptions | undefined;
  const answer = await runCall(
    config,
    prepared,
    {
      attempt(options, window) {
        request = window.body;
        sent = options;
        return send(options);
      },
      servedBy: servedIn,
    },
  );
  const served = servedIn(answer);
  try {
    if (prepared.settings.verify) requireKept(prepared, prepared.collector.verdict(served), served);
  } catch (error) {
    throw withReceipt(prepared, error, served);
  }
  return {
    response: answer.body,
    request: request ?? { messages: [] },
    url: prepared.url,
    status: answer.status,
    get headers() {
      return answer.headers;
    },
    receipt: settle(prepared, served, () => answer.body),
    warnings: prepared.warnings,
    redact: (said) => redactDeep(said, secretsOf(sent?.headers ?? {})),
  };
}

/** @internal What answers of other routes have in common with chat's; the headers say what a body of bytes or pictures cannot. */
export function servedInAny({ body, headers }: Pick<Answer<unknown>, 'body' | 'headers'>): Served {
  const { id, model, provider, usage }: { readonly [field: string]: unknown } = isRecord(body) ? body : {};
  return compact({
    id: headers['x-generation-id'] ?? textOf(id),
    model: textOf(model),
    provider: textOf(provider) ?? headers['x-provider-name'],
    // every field of a usage is optional and read with care, so any object is one
    usage: isRecord(usage) ? usage : undefined,
  });
}

/**
 * Sends a request to an inference route other than chat, its layers folded as for chat, and gives its JSON. Requests that
 * create images or videos are made once, whatever `retry` and `failover` say.
 *
 * @param path below the base URL: `/embeddings`. One that begins with `/alpha/` stands beside the base URL's `/v1`.
 * @throws as `sendChat`.
 */
export function sendInference(config: ClientConfig, call: Call, path: string, route: RouteName): Promise<InferenceAnswer>;
/** The same for a route whose answer is no JSON: `request` reads it, such as `requestBytes`. */
export function sendInference<Body>(config: ClientConfig, call: Call, path: string, route: RouteName, request: Request<Body>): Promise<InferenceAnswer<Body>>;
export function sendInference(config: ClientConfig, call: Call, path: string, route: RouteName, request: Request<unknown> = requestJson): Promise<InferenceAnswer> {
  return callRoute(config, call, { path, route, request, servedIn: servedInAny });
}
