import { describe, expect, it } from 'vitest';
import { createGateway, disconnect, hang, ok } from '../src/index.js';
import { parseSse } from './helpers.js';

const init = {
  method: 'POST',
  headers: { authorization: 'Bearer k', 'content-type': 'application/json' },
  body: JSON.stringify({ model: 'acme/atlas', stream: true, messages: [{ role: 'user', content: 'Hello' }], provider: { only: ['azure'] } }),
};

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
}

describe('listen', () => {
  it('serves the same over a socket, and stops', async () => {
    const gateway = createGateway();
    const server = await gateway.listen();
    const response = await fetch(`${server.url}/chat/completions`, init);
    expect(parseSse(await response.text()).done).toBe(true);
    expect(gateway.requests[0]).toMatchObject({ status: 200, served: { tag: 'azure' }, cancelled: false });
    await server.close();
    await expect(fetch(`${server.url}/models`)).rejects.toThrow(TypeError);
  });

  it('takes a port by itself or under its name', async () => {
    const first = await createGateway().listen({ port: 0 });
    const port = Number(new URL(first.url).port);
    await first.close();
    for (const on of [port, { port }]) {
      const server = await createGateway().listen(on);
      expect(new URL(server.url).port).toBe(String(port));
      await server.close();
    }
  });

  it('leaves the globals of its process alone', async () => {
    const before = [globalThis.Request, globalThis.Response];
    const server = await createGateway().listen();
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
    expect(await fetch(`${server.url}/models`)).toBeInstanceOf(Response);
    await server.close();
  });

  it('notes a client that hangs up, in the middle of a stream or before it', async () => {
    const gateway = createGateway({ scenario: { wire: { stallAfter: 2 } } });
    const server = await gateway.listen();
    const reader = (await fetch(`${server.url}/chat/completions`, init)).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await until(() => gateway.requests[0]?.cancelled === true);
    gateway.setScenario({ endpoints: { azure: hang() } });
    const controller = new AbortController();
    const pending = fetch(`${server.url}/chat/completions`, { ...init, signal: controller.signal });
    await Promise.all([
      expect(pending).rejects.toThrow(expect.objectContaining({ name: 'AbortError' })),
      until(() => gateway.requests.length === 2).then(() => controller.abort()),
    ]);
    await until(() => gateway.requests[1]?.cancelled === true);
    await server.close();
  });

  it('breaks the connection, before the response or in the middle of it', async () => {
    const gateway = createGateway({ scenario: { endpoints: { azure: [disconnect(), ok(undefined, { cut: 1, ending: 'reset' })] } } });
    const server = await gateway.listen();
    await expect(fetch(`${server.url}/chat/completions`, init)).rejects.toThrow(TypeError);
    const response = await fetch(`${server.url}/chat/completions`, init);
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('OPENROUTER PROCESSING');
    await expect((async () => {
      while ((await reader?.read())?.done === false);
    })()).rejects.toThrow(TypeError);
    await server.close();
  });
});
