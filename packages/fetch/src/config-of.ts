import { type ClientConfig, InvalidOptionsError } from '@waypost/core';

// beside the clients, not on them: a client that is printed or serialised shows no key
const configs = new WeakMap<object, ClientConfig>();

/** Notes what a client runs on, for the functions of other entries that take it. */
export function bindConfig<Client extends object>(client: Client, config: ClientConfig): Client {
  configs.set(client, config);
  return client;
}

const notClient = (): InvalidOptionsError => new InvalidOptionsError([{ path: 'client', message: 'is not a client of this package', suggestion: 'pass what createOpenRouter() or client.with() gave' }]);

/** @throws {InvalidOptionsError} for what has no methods of a client. One that wraps a client will do. */
export function requireClient(client: unknown): void {
  if (typeof client !== 'object' || client === null || !('chat' in client) || typeof client.chat !== 'function') throw notClient();
}

/**
 * What a client runs on.
 *
 * @throws {InvalidOptionsError} for what no `createOpenRouter` of this copy of the package made, such as a copy of a client by spread.
 */
export function configOf(client: unknown): ClientConfig {
  const config = typeof client === 'object' && client !== null ? configs.get(client) : undefined;
  if (config === undefined) throw notClient();
  return config;
}
