import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Cassette, play } from '../../src/cassettes.js';
import { bytesOf } from '../../src/cassettes/cassette.js';

/** Recorded traffic of other projects; it stands beside the checkout, where it does. */
const dir = fileURLToPath(new URL('../../../../../shared/cassettes', import.meta.url));
const present = existsSync(dir);

if (!present) it.skipIf(!process.env['WAYPOST_REQUIRE_CASSETTES'])('the recorded traffic is not here: it is not played', () => expect(present).toBe(true));

const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

describe.skipIf(!present)('the player plays recordings that others made', () => {
  it('all of them load', () => {
    expect(() => play({ dir })).not.toThrow();
  });

  it('a chat, strictly', async () => {
    const player = play({ dir });
    const body = { messages: [{ role: 'user', content: 'What is 5+5? Reply with just the number.' }], model: 'openai/gpt-4o-mini', max_tokens: 10, stream: true };
    const response = await player.fetch('http://player.local/api/v1/chat/completions', post(body));
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^data: \{"id":"gen-1764877384[\s\S]*\[DONE\]/);
    expect(player.misses).toEqual([]);
  });

  it('something like it, fuzzily', async () => {
    const { fetch, played } = play({ dir, match: 'fuzzy' });
    const body = { messages: [{ role: 'user', content: 'What is 5+5? Just the number, please.' }], model: 'openai/gpt-4o-mini', max_tokens: 10, stream: true };
    const response = await fetch('http://player.local/api/v1/chat/completions', post(body));
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(played[0]).toMatch(/test-openrouter-streaming/);
  });

  const names = (present ? ['chat-sse', 'errors'] : []).flatMap((kind) => readdirSync(`${dir}/${kind}`).map((file) => `${kind}/${file}`));
  const read = (name: string): Cassette => JSON.parse(readFileSync(`${dir}/${name}`, 'utf8')) as Cassette;
  const askedIn = ({ request }: Cassette): string => JSON.stringify([request.method, request.path, request.query, request.body]);

  it('every stream and every error, strictly, byte for byte and in its packets', async () => {
    const cassettes = names.map(read).filter(({ request }) => request.body !== null || request.method === 'GET');
    expect(cassettes.length).toBeGreaterThan(names.length - 10);
    const player = play({ cassettes });
    const rounds = new Map<string, number>();
    for (const cassette of cassettes) {
      const { request, response } = cassette;
      const query = new URLSearchParams(request.query).toString();
      const got = await player.fetch(`http://player.local${request.path}${query === '' ? '' : `?${query}`}`, request.method === 'GET' ? {} : post(request.body));
      expect(player.misses).toEqual([]);
      // what was asked twice is answered in turn
      const asked = rounds.get(askedIn(cassette)) ?? 0;
      rounds.set(askedIn(cassette), asked + 1);
      const wanted = cassettes.filter((one) => askedIn(one) === askedIn(cassette))[asked]?.response ?? response;
      expect(got.status).toBe(wanted.status);
      const packets: Uint8Array[] = [];
      if (got.body !== null) for await (const packet of got.body) packets.push(packet);
      expect(Buffer.concat(packets).equals(bytesOf(wanted))).toBe(true);
      if (wanted.chunkBytes) expect(packets.map(({ length }) => length)).toEqual(wanted.chunkBytes);
    }
    expect(player.played).toHaveLength(cassettes.length);
  }, 60_000);
});
