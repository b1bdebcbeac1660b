import { InvalidOptionsError, type OptionIssue, type PolicyOptions, type Receipt, type RouteName } from '@waypost/core';
import type { PolicyFetchOptions } from './policy-fetch.js';

/** Routes of inference that a proxy can be opened for. Videos are not among them: whoever knows the id of a job could read it. */
const INFERENCE: ReadonlyMap<string, RouteName> = new Map([
  ['/chat/completions', 'chat'],
  ['/completions', 'completions'],
  ['/responses', 'responses'],
  ['/messages', 'messages'],
  ['/embeddings', 'embeddings'],
  ['/rerank', 'rerank'],
  ['/images', 'images'],
  ['/audio/speech', 'speech'],
  ['/audio/transcriptions', 'transcriptions'],
]);

/** Lists that anyone may read. */
const LISTS: readonly string[] = ['/models', '/models/count', '/providers', '/endpoints/zdr'];

/** A path that a proxy can be opened for. */
export type ProxyPath =
  | '/chat/completions' | '/completions' | '/responses' | '/messages' | '/embeddings' | '/rerank' | '/images'
  | '/audio/speech' | '/audio/transcriptions' | '/models' | '/models/count' | '/providers' | '/endpoints/zdr';

/** Who a request is from, and the policy that holds for them beside the proxy's own. */
export interface ProxyUser extends PolicyOptions {
  /** Id of the end user, sent as `user`. */
  user?: string | undefined;
}

/**
 * Options of a proxy: those of a policy fetch, and who may do what through it. `apiKey` defaults to `OPENROUTER_API_KEY`, and `metadata`,
 * which a page would see, to `false`.
 */
export interface ProxyOptions extends PolicyFetchOptions {
  /**
   * Globs of the models that a page may use. Default: any that the policy leaves, so that a page chooses what you pay for.
   */
  allowedModels?: readonly string[] | null | undefined;
  /** What of the API is open. Default: `['/chat/completions']`. */
  paths?: readonly ProxyPath[] | undefined;
  /** Where the handler is mounted, such as `/api/ai`. The path itself stands for the first of `paths`. Default: the root. */
  basePath?: string | undefined;
  /** Bytes of a request's body. Default 4 Mi. */
  maxBodySize?: number | undefined;
  /** Pages of other origins that may ask, such as `https://app.example`; `'*'` for all. Default: none but the handler's own. */
  origins?: readonly string[] | '*' | undefined;
  /** Whether pages of those origins may send cookies, for `authorize` to read. Default `false`. */
  credentials?: boolean | undefined;
  /**
   * Says who a request is from: the id of a user, a user with a policy, a response to refuse with, or `null` for a 401, which `false` and an
   * empty id count as too. A user without an id is let in, and sent as nobody in particular. It gets the request without its body. Default:
   * everybody may ask.
   */
  authorize?: ((request: Request) => Authorized | Promise<Authorized>) | undefined;
  /** Told of whatever goes wrong, the parts that the page is not told included. What it throws, or rejects with, is ignored. */
  onError?: ((error: unknown, request: Request) => unknown) | undefined;
  /** Told of each call at its end, well or not; of a stream without usage and cost: see `Hooks`. */
  onReceipt?: ((receipt: Receipt) => void) | undefined;
}

/** What `authorize` may say. */
export type Authorized = string | ProxyUser | Response | null;

/** The doors of a proxy, checked. */
export interface Doors {
  readonly paths: readonly string[];
  readonly basePath: string;
  readonly maxBodySize: number;
  readonly origins: readonly string[] | '*';
  readonly credentials: boolean;
}

export const inferencePath = (path: string): RouteName | undefined => INFERENCE.get(path);

const isOrigin = (value: unknown): boolean => typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value;

/** Checks who may do what. @throws {InvalidOptionsError} listing everything that is wrong. */
export function checkDoors({ paths = ['/chat/completions'], basePath = '', maxBodySize = 4 * 1024 * 1024, origins = [], credentials = false, ...hooks }: ProxyOptions): Doors {
  const issues: OptionIssue[] = [];
  const known = [...INFERENCE.keys(), ...LISTS];
  if (!Array.isArray(paths) || paths.length === 0) issues.push({ path: 'paths', message: 'expected a list of paths that is not empty', suggestion: "such as ['/chat/completions']" });
  else paths.forEach((path: unknown, i) => typeof path === 'string' && known.includes(path) ? undefined : issues.push({ path: `paths[${i}]`, message: `${JSON.stringify(path)} is not a path that can be open`, suggestion: known.join(', ') }));
  if (typeof basePath !== 'string' || !/^(\/[\w.~-]+)*\/?$/.test(basePath)) issues.push({ path: 'basePath', message: `${JSON.stringify(basePath)} is not a plain path`, suggestion: 'such as "/api/ai"' });
  if (!(Number.isInteger(maxBodySize) && maxBodySize > 0)) issues.push({ path: 'maxBodySize', message: `expected bytes, more than 0, got ${String(maxBodySize)}` });
  if (origins !== '*' && !(Array.isArray(origins) && origins.every(isOrigin))) issues.push({ path: 'origins', message: 'expected a list of origins, or "*"', suggestion: "such as ['https://app.example'], without a path" });
  if (typeof credentials !== 'boolean') issues.push({ path: 'credentials', message: `expected true or false, got ${typeof credentials}` });
  if (credentials && origins === '*') issues.push({ path: 'credentials', message: 'would let any page act for whoever is logged in', suggestion: 'name the origins' });
  for (const name of ['authorize', 'onError', 'onReceipt'] as const) {
    if (hooks[name] !== undefined && typeof hooks[name] !== 'function') issues.push({ path: name, message: `expected a function, got ${typeof hooks[name]}` });
  }
  if (issues.length > 0) throw new InvalidOptionsError(issues);
  return { paths: [...paths], basePath: basePath.replace(/\/$/, ''), maxBodySize, origins: origins === '*' ? origins : [...origins], credentials };
}
