import { exchangeNames, exchangesFolder, readExchange } from '@waypost-tests/fixtures';
import { createOpenRouter } from '@waypost/fetch';
import { describe, expect, it } from 'vitest';
import { replay } from './player.js';
import { describeReplay, kinds } from './suite.js';

describe('fixtures', () => {
  it.each(['chat-json', 'chat-sse'])('keep fields that no client knows: %s', async (kind) => {
    const exchange = readExchange(exchangesFolder, kind, 'citations-of-a-search-model.json');
    const client = createOpenRouter({ apiKey: 'sk-or-v1-replay', fetch: replay(exchange) });
    const request = { model: 'acme/atlas', messages: [{ role: 'user' as const, content: 'Hello' }] };
    const { response } = await (kind === 'chat-sse' ? client.stream(request).final() : client.chat(request));
    expect(response).toMatchObject({ citations: ['https://example.com/a'] });
  });

  it.each(kinds)('there are some of %s', (kind) => {
    expect(exchangeNames(exchangesFolder, kind).length).toBeGreaterThan(0);
  });
});

describeReplay('fixture', exchangesFolder);
