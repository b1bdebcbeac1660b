import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Driver, type Outcome, ours } from './drivers/driver.js';
import { drivers } from './drivers/index.js';
import { oddAnswer } from './support/odd-json.js';

const RUNS = { seed: 20_261_121, numRuns: 300 };
const GUARDED = { provider: { ignore: ['openai'], maxPrice: { prompt: 1 } }, allowedModels: ['acme/*'] };

const json = (body: unknown) => () => Promise.resolve(new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } }));
const events = (chunks: readonly unknown[]) => () =>
  Promise.resolve(new Response([...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((data) => `data: ${data}\n\n`).join(''), { headers: { 'content-type': 'text/event-stream' } }));

/** The AI SDK has an error of its own for an answer without anything, and is handed arguments that are no JSON, to repair them; the driver parses them. */
const isTheirs = (error: unknown): boolean => error instanceof Error && ['AI_NoContentGeneratedError', 'SyntaxError'].includes(error.name);
const isTyped = ({ name }: Driver, error: unknown): boolean => error === undefined || ours(error) !== undefined || (name === 'ai-sdk' && isTheirs(error));

function expectSound(driver: Driver, { text, reasoning, toolCalls, error }: Outcome): void {
  if (!isTyped(driver, error)) throw error;
  expect([typeof text, typeof reasoning]).toEqual(['string', 'string']);
  for (const { id, name } of toolCalls) expect([typeof id, typeof name]).toEqual(['string', 'string']);
  // the fetch client gives the message back as it came, and so the ids
  if (driver.name !== 'fetch') expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(toolCalls.length);
}

describe.each(drivers)('$name', (driver) => {
  const ask = (fetch: () => Promise<Response>, stream: boolean): Promise<Outcome> => driver.run({ client: { apiKey: 'sk-or-v1-local', fetch, ...GUARDED }, stream });

  it('makes an answer or a typed error of whatever JSON a server sends', async () => {
    await fc.assert(fc.asyncProperty(oddAnswer('message'), async (body) => expectSound(driver, await ask(json(body), false))), RUNS);
  });

  it('makes a stream or a typed error of whatever chunks a server sends', async () => {
    await fc.assert(fc.asyncProperty(fc.array(oddAnswer('delta'), { minLength: 1, maxLength: 4 }), async (chunks) => expectSound(driver, await ask(events(chunks), true))), RUNS);
  });
});
