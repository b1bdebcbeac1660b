import { expect, it } from 'vitest';
import { createGateway } from '../src/index.js';

async function ask(names: string): Promise<Response> {
  return createGateway().fetch('http://gateway.local/api/v1/chat/completions', {
    method: 'OPTIONS',
    headers: { origin: 'http://page.local', 'access-control-request-method': 'POST', 'access-control-request-headers': names },
  });
}

it('lets a page of another origin send what it asks for', async () => {
  const response = await ask('authorization,content-type, http-referer');
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-methods')).toContain('POST');
  expect(response.headers.get('access-control-allow-headers')).toBe('authorization, content-type, http-referer');
});

it('does not let the metadata header through, under either name', async () => {
  const response = await ask('authorization, X-OpenRouter-Metadata, x-openrouter-experimental-metadata');
  expect(response.headers.get('access-control-allow-headers')).toBe('authorization');
});

it('is no request to remember', async () => {
  const gateway = createGateway();
  await gateway.fetch('http://gateway.local/api/v1/models', { method: 'OPTIONS' });
  expect(gateway.requests).toEqual([]);
});
