import { type Exchange, exchangeNames, readExchange } from '@waypost-tests/fixtures';
import { describe, expect, it } from 'vitest';
import { aiSdkAdapter } from './adapters/ai-sdk.js';
import type { Adapter } from './adapters/adapter.js';
import { aiAdapter } from './adapters/ai.js';
import { fetchAdapter } from './adapters/fetch.js';
import { langchainAdapter } from './adapters/langchain.js';
import { expectHeard } from './check.js';
import { expectOf } from './expect.js';
import { replay, type Split } from './player.js';

const adapters: readonly Adapter[] = [fetchAdapter, aiSdkAdapter, aiAdapter, langchainAdapter];

export const kinds = ['chat-json', 'chat-sse', 'errors'] as const;

/** A stream as it was cut up on the network, and cut at random places. */
const SPLITS: readonly Split[] = ['recorded', 1, 2];

async function expectReplay(adapter: Adapter, exchange: Exchange): Promise<void> {
  const expected = expectOf(exchange);
  expect(expected.kind).toBe(exchange.kind === 'errors' ? 'error' : 'answer');
  if (exchange.response.sse !== undefined) {
    for (const split of SPLITS) expectHeard(adapter, await adapter.stream(replay(exchange, split)), expected, true);
    return;
  }
  expectHeard(adapter, await adapter.complete(replay(exchange)), expected, false);
  // A gateway may answer a streaming request with JSON, and every error comes so.
  expectHeard(adapter, await adapter.stream(replay(exchange, 1)), expected, false);
}

/** Every exchange of a folder through every adapter; a failure names the file. */
export function describeReplay(title: string, folder: string): void {
  for (const adapter of adapters) {
    for (const kind of kinds) {
      const names = exchangeNames(folder, kind);
      describe.runIf(names.length > 0)(`${title}: ${kind} through ${adapter.name}`, () => {
        it.each(names)('%s', (name) => expectReplay(adapter, readExchange(folder, kind, name)));
      });
    }
  }
}
