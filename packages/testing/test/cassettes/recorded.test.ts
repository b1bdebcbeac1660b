import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { play } from '../../src/cassettes.js';

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
});
