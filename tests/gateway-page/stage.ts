import { createGateway, disconnect, fail, type Gateway, type GatewayServer, hang, reply } from '@waypost/testing';

export const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

export interface Stage {
  readonly gateway: Gateway;
  readonly server: GatewayServer;
  /** Sends a request over the socket and waits for its end, whatever that is. */
  ask(this: void, body: object, path?: string, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** A gateway whose clock moves by 7 ms with each look at it, so that what the page shows is the same in every run. */
export async function createStage(timed = true): Promise<Stage> {
  let time = Date.UTC(2026, 8, 21);
  const now = (): number => {
    time += 7;
    return time;
  };
  const gateway = createGateway(timed ? { now } : {});
  const server = await gateway.listen();
  return {
    gateway, server,
    async ask(body, path = '/chat/completions', signal) {
      const headers = { 'authorization': 'Bearer sk-or-v1-page-secret', 'content-type': 'application/json' };
      try {
        const response = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body), ...(signal === undefined ? {} : { signal }) });
        await response.text();
      } catch (error) {
        // the scenario broke the connection, or the gateway closed
        if (!(error instanceof TypeError) && signal?.aborted !== true) throw error;
      }
    },
    close: () => server.close(),
  };
}

function says(content: string): object {
  return { messages: [{ role: 'user', content }] };
}

/**
 * Eight requests of every kind: 1 kept its policy, 2 failed over, 3 found no endpoint and is hostile, 4 was balanced by price, 5 cannot be
 * verified, 6 is of another route, 7 broke off, 8 is waiting.
 */
export async function playAll({ gateway, ask }: Stage): Promise<void> {
  const model = 'acme/atlas';
  await ask({ model, ...says('Which way to the harbour?'), provider: { zdr: true, data_collection: 'deny', max_price: { prompt: 4, completion: 16 } }, models: ['borealis/aurora'] });
  gateway.setScenario({ endpoints: { azure: fail(503), deepinfra: fail(429) }, reply: reply.text('Keep the chapel to your left.') });
  await ask({ model, stream: true, ...says('Tell me of the chapel.'), provider: { order: ['azure', 'deepinfra/fp8', 'openai'] } });
  gateway.setScenario({});
  await ask({ model, ...says(HOSTILE), provider: { max_price: { prompt: 0.001 } }, user: HOSTILE });
  await ask({ model: 'acme/atlas-mini', ...says('What does a light cost?') });
  await ask({ model, ...says('Is the tide in?'), tools: [{ type: 'openrouter:web_search' }], provider: { only: ['azure'], zdr: true } });
  await ask({ model: 'dune/vector', input: 'Stillwater' }, '/embeddings');
  gateway.setScenario({ endpoints: { azure: [disconnect(), hang()] } });
  await ask({ model, ...says('Broken off'), provider: { only: ['azure'] } });
  void ask({ model, ...says('Waits for ever'), provider: { only: ['azure'] } });
  while (gateway.requests[7]?.attempts.length !== 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}
