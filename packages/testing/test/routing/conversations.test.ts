import { describe, expect, it } from 'vitest';
import { createGateway, fail, type Gateway, manualClock, ok, reply } from '../../src/index.js';
import { catalogueOf, chat } from '../helpers.js';

const cheap = { pricing: { prompt: '1e-6', completion: '1e-6', input_cache_read: '1e-7' } };
/** Two at the same price: chance decides, unless the conversation does. */
const catalogue = catalogueOf({ tag: 'azure', ...cheap }, { tag: 'openai', ...cheap });

const TIMES = 16;

async function tags(gateway: Gateway, body: object, headers: Readonly<Record<string, string>> = {}): Promise<ReadonlySet<string | undefined>> {
  const seen = new Set<string | undefined>();
  for (let i = 0; i < TIMES; i += 1) {
    await chat(gateway, { model: 'acme/one', ...body }, { headers });
    seen.add(gateway.requests.at(-1)?.served?.tag);
  }
  return seen;
}

describe('a conversation', () => {
  it('stays where it was, by its session in the body or the header', async () => {
    const gateway = createGateway({ catalogue });
    expect((await tags(gateway, {})).size).toBe(2);
    expect((await tags(gateway, { session_id: 'a' })).size).toBe(1);
    expect((await tags(gateway, {}, { 'x-session-id': 'b' })).size).toBe(1);
    expect((await tags(gateway, { session_id: 'a', provider: { order: [] } })).size).toBe(1);
    gateway.reset();
    expect((await tags(gateway, {})).size).toBe(2);
  });

  it.each([[1, 2], [TIMES, 1]])('is forgotten after as many others as are kept: %s', async (keep, endpoints) => {
    const gateway = createGateway({ catalogue, keep });
    const seen = new Set<string | undefined>();
    for (const provider of [{ only: ['openai'] }, {}]) {
      seen.clear();
      for (let i = 0; i < TIMES; i += 1) {
        await chat(gateway, { model: 'acme/one', session_id: String(i), provider });
        seen.add(gateway.requests.at(-1)?.served?.tag);
      }
    }
    expect(seen.size).toBe(endpoints);
  });

  it('without a session stays from the first cache hit on', async () => {
    const hit = reply.text('Aye', { tokens: { prompt: 100, cached: 80 } });
    const gateway = createGateway({ catalogue, scenario: { reply: hit } });
    expect((await tags(gateway, {})).size).toBe(1);
    const other = { messages: [{ role: 'user', content: 'Something else' }] };
    expect((await tags(createGateway({ catalogue }), other)).size).toBe(2);
  });

  it('is another with another key, and is over after ten minutes without a success', async () => {
    const clock = manualClock();
    const gateway = createGateway({ ...clock, catalogue });
    const firsts = new Set<string | undefined>();
    for (let i = 0; i < TIMES; i += 1) {
      await chat(gateway, { model: 'acme/one', session_id: 'a' }, { headers: { authorization: `Bearer key-${i}` } });
      firsts.add(gateway.requests.at(-1)?.served?.tag);
    }
    expect(firsts.size).toBe(2);
    const later = new Set<string | undefined>();
    for (let i = 0; i < TIMES; i += 1) {
      clock.advance(600_000);
      await chat(gateway, { model: 'acme/one', session_id: 'a' });
      later.add(gateway.requests.at(-1)?.served?.tag);
    }
    expect(later.size).toBe(2);
    const kept = new Set<string | undefined>();
    for (let i = 0; i < TIMES; i += 1) {
      await chat(gateway, { model: 'acme/one', session_id: 'a' });
      kept.add(gateway.requests.at(-1)?.served?.tag);
      clock.advance(599_999);
    }
    expect(kept.size).toBe(1);
  });

  it('moves on when its endpoint fails, and stays there', async () => {
    const dear = { tag: 'openai', pricing: { prompt: '1e-4', completion: '1e-4', input_cache_read: '1e-5' } };
    const gateway = createGateway({ catalogue: catalogueOf({ tag: 'azure', ...cheap }, dear), scenario: { endpoints: { azure: [ok(), fail(503), ok()] } } });
    const body = { model: 'acme/one', session_id: 'a' };
    for (let i = 0; i < 3; i += 1) await chat(gateway, body);
    expect(gateway.requests.map(({ served }) => served?.tag)).toEqual(['azure', 'openai', 'openai']);
  });
});
