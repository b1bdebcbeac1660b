import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createGateway } from '../gateway.js';
import type { Gateway, GatewayOptions, GatewayServer } from '../options.js';
import type { Scenario } from '../scenario/scenario.js';
import { matchers } from './matchers.js';

export interface UseGatewayOptions extends GatewayOptions {
  /** Listens on the loopback interface while the tests run: `true` takes a free port. Default `false`: in process alone. */
  readonly listen?: boolean | number;
}

/** A gateway for the tests of a file or a `describe`. */
export interface UsedGateway extends Gateway {
  /**
   * Options for a client: spread them into `createOpenRouter` and the like. `fetch` is that of the gateway; where it listens, `baseURL` is
   * the address, which is there from the first `beforeAll` on, and `fetch` that of the platform.
   *
   * @throws {TypeError} before the gateway listens.
   */
  readonly client: { readonly apiKey: string; readonly baseURL: string; readonly fetch: typeof globalThis.fetch };
}

const IN_PROCESS = 'http://gateway.local/api/v1';

/** Forgets a test. Where a function of its scenario failed the test does too: a client may have hidden it. */
export function endTest(gateway: Gateway, scenario: Scenario = {}): void {
  const [first] = gateway.scenarioErrors;
  gateway.setScenario(scenario);
  gateway.reset();
  if (first !== undefined) throw first;
}

/**
 * A gateway that is there for every test around it, forgets after each what came and what `setScenario` changed, and stops at the end.
 * A test during which a function of the scenario threw, or gave what it may not, fails.
 * It also makes the matchers known to `expect`. Call it at the top of a file or inside a `describe`.
 *
 * @example
 * const gateway = useGateway({ scenario: { endpoints: { openai: fail(503) } } });
 * const openrouter = createOpenRouter({ ...gateway.client });
 *
 * it('goes past an outage', async () => {
 *   await openrouter.chat({ model: 'acme/atlas', messages, provider: { order: ['openai', 'azure'] } });
 *   expect(gateway).toHaveFailedOver({ from: 'openai', to: 'azure' });
 * });
 */
export function useGateway({ listen = false, ...options }: UseGatewayOptions = {}): UsedGateway {
  expect.extend(matchers);
  const gateway = createGateway(options);
  let server: GatewayServer | undefined;

  if (listen !== false) {
    beforeAll(async () => {
      server = await gateway.listen(listen === true ? 0 : listen);
    });
    afterAll(async () => {
      await server?.close();
      server = undefined;
    });
  }
  afterEach(() => endTest(gateway, options.scenario));

  return {
    ...gateway,
    get client() {
      const apiKey = options.apiKeys?.[0] ?? 'sk-or-v1-test';
      if (listen === false) return { apiKey, baseURL: IN_PROCESS, fetch: gateway.fetch };
      if (server === undefined) throw new TypeError('The gateway does not listen yet: read gateway.client inside a test or a beforeAll.');
      return { apiKey, baseURL: server.url, fetch: globalThis.fetch };
    },
  };
}
