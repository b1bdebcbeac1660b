import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Exchange, exchangeNames, readExchange } from '@waypost-tests/fixtures';
import { createOpenRouter, type OpenRouterProviderSettings } from '@waypost/ai-sdk';
import { describe, expect, it } from 'vitest';
import { API_KEY } from './adapters/adapter.js';
import { list, object, text } from './loose.js';
import { replay, type Split } from './player.js';

/** Real traffic, kept beside the checkout where it is kept at all; it is never copied into the project. */
const folder = fileURLToPath(new URL('../../../shared/cassettes', import.meta.url));
const required = Boolean(process.env['WAYPOST_REQUIRE_CASSETTES']);
const absent = !existsSync(folder);

const exchanges = (kind: string): readonly Exchange[] =>
  exchangeNames(folder, kind).map((name) => readExchange(folder, kind, name)).toSorted((a, b) => text(a.recordedAt).localeCompare(text(b.recordedAt)));

const pictures = exchanges('images');
const films = exchanges('videos');
const created = films.filter(({ request }) => request.method === 'POST');

const SPLITS: readonly Split[] = ['recorded', 1, 2];

const bodyOf = ({ response }: Exchange): ReturnType<typeof object> => object(response.body);

function open(fetchOf: typeof fetch, settings: OpenRouterProviderSettings = {}): ReturnType<typeof createOpenRouter> {
  return createOpenRouter({ apiKey: API_KEY, fetch: (url, init) => fetchOf(url, init), effects: { sleep: async () => {} }, ...settings });
}

describe('recordings of pictures and films', () => {
  it.skipIf(absent && !required)('lie beside this checkout', () => {
    expect(pictures.length).toBeGreaterThan(0);
    expect(created.length).toBeGreaterThan(0);
  });
});

describe.runIf(pictures.length > 0)('pictures', () => {
  const call = { n: 1, size: undefined, aspectRatio: undefined, seed: undefined, files: undefined, mask: undefined, providerOptions: {} };

  it.each(pictures)('$source', async (exchange) => {
    const { model, request, response } = exchange;
    const { data, usage } = bodyOf(exchange);
    const told = object(usage);
    for (const split of SPLITS) {
      let sent: unknown;
      const openrouter = open((url, init) => {
        sent = JSON.parse(text(init?.body));
        return replay(exchange, split)(url, init);
      });
      const result = await openrouter.imageModel(text(model)).doGenerate({ ...call, prompt: text(object(request.body)['prompt']) });
      expect(sent).toEqual({ ...object(request.body), n: 1 });
      expect(result.images).toEqual(list(data).map((image) => object(image)['b64_json']));
      expect(result.usage).toEqual({ inputTokens: told['prompt_tokens'], outputTokens: told['completion_tokens'], totalTokens: told['total_tokens'] });
      expect(result.warnings).toEqual([]);
      expect(result.providerMetadata?.['openrouter']).toMatchObject({
        images: list(data).map((image) => ({ mediaType: object(image)['media_type'] })),
        provider: response.headers['x-provider-name'],
        generationId: response.headers['x-generation-id'],
        usage: { cost: told['cost'] },
        receipt: {
          id: response.headers['x-generation-id'], served: { provider: response.headers['x-provider-name'] },
          cost: { total: told['cost'], upstream: object(told['cost_details'])['upstream_inference_cost'], isByok: told['is_byok'], partial: false },
        },
      });
    }
  });
});

/** A server that plays all exchanges of one job, its looks in their order. */
function playJob(post: Exchange, split: Split): { fetchOf: typeof fetch; seen: string[]; looks: readonly Exchange[]; film: Buffer } {
  const path = `/api/v1/videos/${text(bodyOf(post)['id'])}`;
  const looks = films.filter(({ request }) => request.method === 'GET' && request.path === path);
  const content = films.find(({ request }) => request.path === `${path}/content`);
  const film = Buffer.from(text(content && bodyOf(content)['base64']), 'base64');
  const seen: string[] = [];
  let look = 0;
  const fetchOf: typeof fetch = async (input, init) => {
    const { method = 'GET' } = init ?? {};
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    seen.push(`${method} ${pathname}${search}`);
    if (method === 'POST') return replay(post, split)(input, init);
    if (pathname !== path) return new Response(new Uint8Array(film), { headers: content?.response.headers ?? {} });
    const exchange = looks[look];
    look += 1;
    if (exchange === undefined) throw new TypeError('no such look was recorded');
    return replay(exchange, split)(input, init);
  };
  return { fetchOf, seen, looks, film };
}

describe.runIf(created.length > 0)('films', () => {
  const call = {
    n: 1, aspectRatio: undefined, resolution: undefined, fps: undefined, seed: undefined, image: undefined, frameImages: undefined,
    inputReferences: undefined, generateAudio: undefined,
  };

  it.each(created)('$source', async (post) => {
    const { prompt, duration, resolution } = object(post.request.body);
    for (const split of SPLITS) {
      const { fetchOf, seen, looks, film } = playJob(post, split);
      const model = open(fetchOf).videoModel(text(post.model));
      const result = await model.doGenerate?.({
        ...call, prompt: text(prompt), duration: Number(duration), providerOptions: { openrouter: { resolution: text(resolution) } },
      });
      const path = `/api/v1/videos/${text(bodyOf(post)['id'])}`;
      expect(seen).toEqual(['POST /api/v1/videos', ...looks.map(() => `GET ${path}`), `GET ${path}/content?index=0`]);
      expect(result?.videos).toEqual([{ type: 'binary', data: new Uint8Array(film), mediaType: 'video/mp4' }]);
      const last = looks.at(-1);
      const { generation_id: generationId, usage } = object(last?.response.body);
      const { cost } = object(usage);
      expect(cost).toBeGreaterThan(0);
      expect(result?.providerMetadata?.['openrouter']).toMatchObject({ generationId, cost, receipt: { id: generationId, cost: { total: cost, partial: false } } });
    }
  });
});
