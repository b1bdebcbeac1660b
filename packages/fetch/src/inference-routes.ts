import { InvalidOptionsError, type RouteName } from '@waypost/core';

const ROUTES: ReadonlyMap<string, RouteName> = new Map([
  ['/chat/completions', 'chat'],
  ['/completions', 'completions'],
  ['/responses', 'responses'],
  ['/messages', 'messages'],
  ['/embeddings', 'embeddings'],
  ['/rerank', 'rerank'],
  ['/images', 'images'],
  ['/videos', 'videos'],
  ['/audio/speech', 'speech'],
  ['/audio/transcriptions', 'transcriptions'],
]);
const FAMILY = /^\/(chat|completions|responses|messages|embeddings|rerank|images|videos|audio)(\/|$)/;
// nothing that a server might read as another path: no escapes, no empty or dotted segments
const PATH = /^(\/(?!\.{1,2}(\/|$))[\w.~:@!-]+)+$/;

/** The inference route that a path is, and no other that stands beneath it. */
export const exactRoute = (path: string): RouteName | undefined => ROUTES.get(path.toLowerCase());

/** Whether a path is one that no server can read as another: no escapes, no empty or dotted segments. */
export const isPlainPath = (path: string): boolean => PATH.test(path);

/** Paths of older guides, and what to write instead. */
function oldPath(path: string): string | undefined {
  if (path === '/auth/key') return 'the route is /key: key()';
  if (/^\/generation\/(?!content$|feedback$)/.test(path)) return 'the id is a query parameter: generation(id)';
  if (/^\/api\/v1(\/|$)/.test(path)) return 'leave out what the base URL has already: /api/v1';
  if (/^\/models\/[^/]+\/[^/]+$/.test(path)) return 'the route of one model is singular, /model/author/slug: models.get(id)';
  return undefined;
}

/** @throws {InvalidOptionsError} for what is not a path below the base URL, or is one of an older guide. */
export function checkPath(path: unknown): asserts path is string {
  const fail = (message: string, suggestion: string): never => {
    throw new InvalidOptionsError([{ path: 'path', message, suggestion }]);
  };
  if (typeof path !== 'string') return fail(`expected a path, got ${typeof path}`, 'such as "/models"');
  if (!PATH.test(path)) return fail(`${JSON.stringify(path.slice(0, 60))} is not a plain path`, 'begin with "/", without host, query or escapes; the query is an option of its own');
  const instead = oldPath(path);
  if (instead !== undefined) return fail(`${JSON.stringify(path.slice(0, 60))} is not a route`, instead);
}

/**
 * The inference route that a request is for, if it is one. A route that this version does not know, but that stands beneath one,
 * counts as the one that honours least, so that a guardrail is refused there instead of lost.
 */
export function inferenceRoute(path: string, method: string): RouteName | undefined {
  if (/^(GET|HEAD|DELETE)$/.test(method)) return undefined;
  const name = path.toLowerCase();
  return ROUTES.get(name) ?? (FAMILY.test(name) ? 'videos' : undefined);
}
