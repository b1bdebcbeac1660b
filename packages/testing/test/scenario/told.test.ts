import { expect, it } from 'vitest';
import { type AttemptContext, createGateway } from '../../src/index.js';
import { post } from '../helpers.js';

const PROVIDER = { data_collection: 'allow', options: { together: { x: 1 } } };

it.each<[path: string, body: object]>([
  ['/chat/completions', {
    model: 'acme/atlas', tomorrow: { a: 1 }, provider: { ...PROVIDER, max_price: { prompt: '90' }, tomorrow: 1 },
    messages: [{ role: 'user', mood: 'x', content: [{ type: 'text', text: 'a', tone: 'b' }, { type: 'tomorrow', c: 1 }] }],
    tools: [{ type: 'function', function: { name: 'tide', tomorrow: 1 } }], tool_choice: { type: 'tomorrow', a: 1 },
  }],
  ['/embeddings', { model: 'dune/vector', input: ['a', 'b'], dimensions: 3, encoding_format: 'base64', user: 'ada', provider: PROVIDER }],
  ['/rerank', { model: 'dune/compass', query: 'a', documents: ['b', { text: 'c' }], top_n: 1 }],
  ['/images', { model: 'cinder/kiln', prompt: 'a', n: 2, stream: false, provider: PROVIDER }],
  ['/videos', { model: 'cinder/reel', prompt: 'a', duration: 2, provider: PROVIDER }],
  ['/audio/speech', { model: 'echo/lark', input: 'a', voice: 'v', provider: PROVIDER }],
  ['/audio/transcriptions', { model: 'echo/scribe', input_audio: { data: 'AAAA', format: 'wav' }, language: 'en', provider: PROVIDER }],
  ['/completions', { model: 'acme/atlas', prompt: 'a', suffix: 'b' }],
  ['/responses', { model: 'acme/atlas', input: 'a', instructions: 'b', max_output_tokens: 9, text: { verbosity: 'low' } }],
])('scripts of %s read the body as it came', async (path, body) => {
  const seen: AttemptContext['request'][] = [];
  const note = ({ request }: AttemptContext): undefined => void seen.push(request);
  const gateway = createGateway({ scenario: { gateway: note, reply: note, models: Object.fromEntries([[Object.entries(body)[0]?.[1], note]]) } });
  expect((await post(gateway, path, body)).ok).toBe(true);
  expect(seen).toHaveLength(3);
  for (const request of seen) expect(request).toMatchObject(body);
  expect(seen[0]?.messages).toBeInstanceOf(Array);
});
