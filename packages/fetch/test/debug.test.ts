import { describe, expect, it, vi } from 'vitest';
import { InvalidOptionsError } from '@waypost/core';
import { createOpenRouter, type OpenRouterOptions } from '../src/index.js';
import { answer, collect, failure, fake, HELLO, json, KEY, rejection, REQUEST } from './kit.js';

const PROMPT = 'my private prompt';
const ASKED = { ...REQUEST, messages: [{ role: 'user' as const, content: PROMPT }], session_id: PROMPT, temperature: 0.5, provider: { options: { acme: { note: PROMPT } }, zdr: true } };

function debugging(options: OpenRouterOptions = {}, replies: Parameters<typeof fake>[0] = [json(answer())]) {
  const lines: string[] = [];
  const { debug = {}, ...rest } = options;
  const contents = typeof debug === 'object' && 'contents' in debug ? debug.contents : undefined;
  const { openrouter, requests } = fake(replies, { debug: { logger: (line) => void lines.push(line), contents }, ...rest });
  return { openrouter, requests, lines };
}

describe('debug', () => {
  it('shows each request as a command, with neither key nor prompt, and what came of it', async () => {
    const { openrouter, lines } = debugging({}, [failure(503, PROMPT), json(answer())]);
    await openrouter.chat(ASKED);
    const curl = [
      "curl -g -X POST 'https://openrouter.ai/api/v1/chat/completions'",
      "-H 'content-type: application/json'",
      '-H "authorization: Bearer $OPENROUTER_API_KEY"',
      "-H 'x-openrouter-metadata: enabled'",
      `--data-raw '{"model":"a/b","messages":"…","session_id":"…","temperature":0.5,"provider":{"zdr":true,"options":"…"}}'`,
    ];
    expect(lines[1]?.split(' \\\n  ').sort()).toEqual(curl.sort());
    expect(lines.map((line) => line.replace(/^#\d+ /, '').split(' ')[0])).toEqual(['Start', 'curl', 'Attempt', 'Retry', 'curl', 'Attempt', 'Finish']);
    expect(lines[3]).toMatch(/^#\d+ Retry \{"retry":1,"waitMs":250,"error":\{.*"status":503/);
    expect(lines.join('\n')).not.toContain(PROMPT);
    expect(lines.join('\n')).not.toContain(KEY);
  });

  it('shows contents when asked, and still no key', async () => {
    const { openrouter, lines } = debugging({ debug: { contents: true } }, [failure(503, `no, ${KEY}`), json(answer({ content: 'Hello' }))]);
    await openrouter.chat({ ...ASKED, messages: [{ role: 'user', content: `${PROMPT}, it's ${KEY}` }] });
    const all = lines.join('\n');
    expect(all).toContain(`${PROMPT}, it'\\''s [redacted]`);
    expect(all).toContain('"content":"Hello"');
    expect(all).not.toContain(KEY);
  });

  it('masks what is secret in headers of any name, and in addresses', async () => {
    const headers = { 'X-Provider-Api-Keys': '{"acme":"hidden-1234"}', cookie: 'hidden=5678', 'x-note': 'see hidden-9012', 'x-auth': 'hidden-9012' };
    const { openrouter, lines } = debugging({ headers });
    await openrouter.request('/models', { query: { access_token: 'hidden-3456', q: 'ships' } });
    expect(lines[0]).toContain("/models?access_token=[redacted]&q=ships'");
    expect(lines[0]).toContain("-H 'cookie: [redacted]'");
    expect(lines[0]).not.toContain('hidden');
    const basic = debugging({ headers: { authorization: 'Basic aGlkZGVuOmhpZGRlbg==' } });
    await basic.openrouter.key().catch(() => {});
    expect(basic.lines[0]).toContain("-H 'authorization: [redacted]'");
  });

  it('masks credentials in bodies and in headers of other names', async () => {
    const { openrouter, lines } = debugging({ debug: { contents: true }, headers: { 'x-jwt': 'hidden-1', 'x-session': 'hidden-2', 'x-pat': 'hidden-3' } });
    const tools = [{ type: 'mcp', authorization: 'hidden-4', headers: { Authorization: 'Bearer hidden-5', 'X-Api-Key': 'hidden-6' }, clientSecret: 'hidden-7' }];
    const plugins = [{ id: 'web', api_key: 'hidden-8', api_keys: { exa: 'hidden-9' }, max_tokens: 5 }];
    await openrouter.chat({ ...REQUEST, ...({ tools, plugins } as object) });
    expect(lines[1]).toContain('"type":"mcp","authorization":"[redacted]"');
    expect(lines[1]).toContain('"max_tokens":5');
    expect(lines.join('\n')).not.toContain('hidden');
  });

  it('tells of streams, failovers and errors, without what errors quote', async () => {
    const { openrouter, lines } = debugging({ retry: false }, [failure(503, PROMPT), HELLO(), failure(400, PROMPT)]);
    await collect(openrouter.stream({ ...REQUEST, models: ['c/1', 'c/2', 'c/3', 'c/4'] }));
    await rejection(openrouter.chat(REQUEST));
    expect(lines.join('\n')).toMatch(/Failover \{"from":\["a\/b","c\/1","c\/2"\],"to":\["c\/3","c\/4"\]/);
    expect(lines.join('\n')).toMatch(/FirstToken \{"ms":\d+\}/);
    expect(lines.at(-1)).toMatch(/Error \{"error":\{.*"status":400/);
    expect(lines.join('\n')).not.toContain(PROMPT);
  });

  it('goes to the console, a function or a logger; other hooks and the own fetch stay', async () => {
    const told: string[] = [];
    const written = vi.spyOn(console, 'debug').mockImplementation((line: string) => void told.push(`console ${line}`));
    const note = (who: string) => (line: string) => void told.push(`${who} ${line}`);
    for (const debug of [true, note('function'), { debug: note('logger') }, { logger: { debug: note('named') } }] as const) {
      await fake([json(answer())], { debug, hooks: { onFinish: () => void told.push('hook') } }).openrouter.chat(REQUEST);
    }
    written.mockRestore();
    expect(told.map((line) => line.split(' ')[0])).toEqual(['console', 'function', 'logger', 'named'].flatMap((who) => [who, who, who, who, 'hook']));
    await fake([json(answer())], { debug: false }).openrouter.chat(REQUEST);
    expect(told).toHaveLength(20);
  });

  it('breaks no call by what it is to print', async () => {
    const reason: Record<string, unknown> = { amount: 1n };
    reason['self'] = reason;
    for (const why of [reason, new DOMException(PROMPT, 'AbortError'), 'enough']) {
      const controller = new AbortController();
      const hang = (): Promise<Response> => {
        controller.abort(why);
        return new Promise(() => {});
      };
      const { openrouter, lines } = debugging({}, [hang]);
      expect(await rejection(openrouter.chat(REQUEST, { signal: controller.signal }))).toBe(why);
      expect(lines.at(-1)).toMatch(/^#\d+ Error (…|\{"error":(\{"name":"AbortError"\}|"enough")\})$/);
    }
  });

  it('leaves other options to be checked', () => {
    expect(() => createOpenRouter({ debug: true, fetch: 'x' as never, hooks: 5 as never })).toThrow(/fetch: .*\n?[^]*hooks: /);
  });

  it.each(['yes', 5, { logger: 'x' }, { logger: null }, { debug: 5 }])('refuses %j', (debug) => {
    expect(() => createOpenRouter({ debug: debug as never })).toThrow(InvalidOptionsError);
  });
});
