import { expectRoute } from './assert/expect-route.js';
import { requestOf } from './assert/request-of.js';
import { createApp } from './app.js';
import { listen } from './listen.js';
import type { Gateway, GatewayOptions } from './options.js';
import { ScenarioError } from './scenario/scenario-error.js';
import { DisconnectError } from './serve/disconnect-error.js';
import { errorBody } from './serve/error-body.js';
import { createState } from './state.js';

/** Rejects as soon as the signal aborts, whatever the gateway is still doing. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  signal.throwIfAborted();
  let stop = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    stop = () => signal.removeEventListener('abort', abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stop();
  }
}

/**
 * A local OpenRouter: authenticates, validates, routes by the documented rules over a catalogue, fails endpoints as a scenario
 * says, answers JSON and SSE, meters cost exactly and remembers every request. The same seed gives the same run.
 *
 * Source of its behaviour: OpenRouter API, provider routing, streaming, errors.
 *
 * @throws {InvalidOptionsError} for a `keep` that is no number of requests, and a scenario that makes no sense or would do nothing.
 * @example
 * const gateway = createGateway({ scenario: { endpoints: { azure: fail(429) } } });
 * const response = await gateway.fetch('http://gateway.local/api/v1/chat/completions', {
 *   method: 'POST',
 *   headers: { authorization: 'Bearer sk-or-v1-test', 'content-type': 'application/json' },
 *   body: JSON.stringify({ model: 'acme/atlas', messages: [{ role: 'user', content: 'Hello' }] }),
 * });
 * gateway.requests[0]?.served; // { model: 'acme/atlas', provider: 'openai', … }
 */
export function createGateway(options: GatewayOptions = {}): Gateway {
  const runs = createState(options);
  const app = createApp(runs);

  /** Over a socket, a client that hung up hears nothing any more, a scripted disconnect cuts the connection, and what is wrong with the scenario is told. */
  async function answer(request: Request, outgoing: { destroy(): unknown }, closing: AbortSignal): Promise<Response> {
    try {
      return await app.fetch(request, { outgoing, closing });
    } catch (error) {
      if (error instanceof ScenarioError) return Response.json(errorBody(500, `ScenarioError: ${error.message}`), { status: 500 });
      if (error instanceof DisconnectError) outgoing.destroy();
      else if (!request.signal.aborted) throw error;
      return new Response(null, { status: 499 });
    }
  }

  return {
    app,
    requests: runs.requests,
    scenarioErrors: runs.scenarioErrors,
    async fetch(input, init) {
      const request = new Request(input, init);
      const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
      signal?.throwIfAborted();
      return abortable(Promise.resolve(app.fetch(request, signal === undefined ? {} : { signal })), signal);
    },
    expectRoute: (expected, which) => expectRoute(requestOf(runs.requests, which), expected),
    async listen(port) {
      const server = await listen(answer, port, runs.feed);
      return { ...server, page: new URL('/', server.url).href };
    },
    reset: () => runs.reset(),
    setScenario: (scenario) => runs.setScenario(scenario),
  };
}
