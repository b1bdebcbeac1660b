import { fail, ok, type RecordedRequest, reply, type Scenario } from '@waypost/testing';

/** What the model says: a text that packets of a few bytes cut in the middle of characters. */
export const TEXT = 'Keep the chapel to your left — naïve sailors don’t, 日本 neither.';

/** What the gateway does for one check of the suite, and what holds for the requests that it saw. */
export interface Stage {
  readonly scenario?: Scenario;
  /** How many requests there were, routes that need no model included. */
  readonly requests: number;
  /** The same for a browser, where that may send more by itself. */
  readonly mostInBrowsers?: number;
  /** Whether the connection of the last of them was closed before its end. */
  readonly left?: boolean;
}

const says = reply.text(TEXT);
const stalls: Scenario = { reply: says, wire: { stallAfter: 4 } };

/** By the name of the check. */
export const scenarios: Readonly<Record<string, Stage>> = {
  'every public entry has something in it': { requests: 0 },
  'a chat call, and its receipt': { scenario: { reply: says }, requests: 1 },
  'a stream, read to its end': { scenario: { reply: says, wire: { packets: { size: 7 }, lineEnd: '\r\n' } }, requests: 1 },
  'a stream, passed on as a response': { scenario: { reply: says }, requests: 1 },
  'a page reads a stream, sent on or from the network': { scenario: { reply: says, wire: { packets: { size: 11 } } }, requests: 3 },
  'leaving a loop closes the connection': { scenario: stalls, requests: 1, left: true },
  'an abort closes the connection': { scenario: stalls, requests: 1, left: true },
  'errors are told by their class': { requests: 3 },
  // within the body; but a reset may overtake what was sent before it, and Chromium sends a request again whose connection, used before,
  // breaks ahead of the answer
  'a connection that breaks is a network error': { scenario: { reply: says, wire: { cutBytes: 40, ending: 'reset' } }, requests: 1, mostInBrowsers: 2 },
  'a policy refuses before anything is sent': { requests: 0 },
  'a long chain fails over': {
    scenario: { models: { 'acme/atlas': fail(503), 'acme/atlas-mini': fail(503), 'acme/atlas-mini:extended': fail(503), 'borealis/aurora': fail(503) }, reply: says },
    requests: 2,
  },
  'a retry waits as long as the server says': {
    scenario: { gateway: [fail(429, { metadata: { retry_after_seconds: 0.05 } }), ok()], reply: says },
    requests: 2,
  },
  'vectors of texts': { requests: 1 },
  lookups: { requests: 3 },
};

export const adapterScenarios: Readonly<Record<string, Stage>> = {
  'every public entry has something in it': { requests: 0 },
  'the AI SDK generates a text': { scenario: { reply: says }, requests: 1 },
  'LangChain generates a text': { scenario: { reply: says }, requests: 1 },
};

/** What is wrong with the requests of a check; empty where nothing is. */
export function complaints({ requests: expected, mostInBrowsers, left = false }: Stage, requests: readonly RecordedRequest[], browser: boolean): string[] {
  const found: string[] = [];
  const most = (browser ? mostInBrowsers : undefined) ?? expected;
  if (requests.length < expected || requests.length > most) found.push(`${requests.length} requests were sent instead of ${expected}`);
  if ((requests.at(-1)?.cancelled ?? false) !== left) found.push(left ? 'the connection stayed open' : 'the connection was closed before its end');
  for (const { headers, path, method } of requests) {
    // the rule of OpenRouter's CORS: this header only outside browsers
    const metadata = headers['x-openrouter-metadata'];
    if (browser && metadata !== undefined) found.push(`${path} got the metadata header from a browser`);
    if (!browser && method === 'POST' && path === '/api/v1/chat/completions' && metadata !== 'enabled') found.push(`${path} got no metadata header`);
    // lookups that need no key have none
    if (method === 'POST' && headers['authorization'] === undefined) found.push(`${path} got no key`);
  }
  return found;
}
