import { createGateway, type Gateway, type Reply, type Scenario } from '@waypost/testing';
import { createApp } from '../app.js';
import { buildPage } from '../build-page.js';
import { localModel } from '../connection.js';
import { scriptedModel } from '../scripted.js';
import { serve } from '../serve.js';
import { createTools } from '../tools.js';
import { createGate, type Gate } from './gate.js';
import { type Tap, tap } from './tap.js';

/** A key that must never be seen outside of requests to the gateway, which takes no other. */
const KEY = 'sk-or-v1-0123456789abcdef-secret';

/** The whole application on this machine: a gateway and a chat server, each at a port of its own. */
export interface Stage {
  readonly url: string;
  readonly key: string;
  readonly gateway: Gateway;
  /** What the model said, by number of the request. */
  readonly said: ReadonlyMap<number, Reply>;
  /** Holds the tools. */
  readonly gate: Gate;
  /** What the chat server sent. */
  readonly tap: Tap;
  /** Sets what happens next; the model answers by its script where `reply` is left out. */
  play(this: void, scenario?: Omit<Scenario, 'reply'> & { readonly reply?: Reply }): void;
  close(): Promise<void>;
}

export async function createStage(): Promise<Stage> {
  const gateway = createGateway({ apiKeys: [KEY] });
  const upstream = await gateway.listen();
  const said = new Map<number, Reply>();
  const gate = createGate();
  const app = createApp({
    model: localModel({ apiKey: KEY, baseURL: upstream.url }),
    tools: createTools((signal) => gate.wait(signal)),
    page: await buildPage(),
  });
  const listener = tap((request) => app.fetch(request));
  const server = await serve(listener.fetch);
  const play: Stage['play'] = ({ reply, ...scenario } = {}) => {
    gateway.setScenario({
      ...scenario,
      reply: (context) => {
        const answer = reply ?? scriptedModel(context);
        said.set(gateway.requests.length, answer);
        return answer;
      },
    });
  };
  play();
  return {
    url: server.url, key: KEY, gateway, said, gate, tap: listener, play,
    async close() {
      await server.close();
      await upstream.close();
    },
  };
}
