import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway, reply } from '../../src/index.js';
import { adler32, crc32 } from '../../src/serve/checksums.js';
import { post } from '../helpers.js';

interface Images {
  readonly data: readonly { readonly b64_json: string; readonly media_type?: string }[];
  readonly usage: unknown;
}

function paint(body: object, gateway: Gateway = createGateway()): Promise<Response> {
  return post(gateway, '/images', { model: 'cinder/kiln', prompt: 'a cat', ...body });
}

async function images(body: object, gateway?: Gateway): Promise<Images> {
  return (await (await paint(body, gateway)).json()) as Images;
}

function chunks(png: Buffer): readonly { readonly type: string; readonly data: Buffer; readonly sound: boolean }[] {
  const found = [];
  for (let offset = 8; offset < png.length;) {
    const length = png.readUInt32BE(offset);
    const body = png.subarray(offset + 4, offset + 8 + length);
    found.push({ type: body.toString('latin1', 0, 4), data: body.subarray(4), sound: png.readUInt32BE(offset + 8 + length) === crc32(body) });
    offset += length + 12;
  }
  return found;
}

describe('POST /images', () => {
  it('paints a PNG that decodes, in a colour of the prompt', async () => {
    const [first, second] = (await images({ n: 2 })).data;
    const png = Buffer.from(first?.b64_json ?? '', 'base64');
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]));
    expect(chunks(png).map(({ type, sound }) => [type, sound])).toEqual([['IHDR', true], ['IDAT', true], ['IEND', true]]);
    const [header, pixels] = chunks(png).map(({ data }) => data);
    expect([header?.readUInt32BE(0), header?.readUInt32BE(4), header?.[8], header?.[9]]).toEqual([8, 8, 8, 2]);
    const raw = inflateSync(pixels ?? Buffer.alloc(0));
    expect([raw.length, raw[0], raw[25]]).toEqual([8 * 25, 0, 0]);
    expect(raw.subarray(1, 4)).toEqual(raw.subarray(22, 25));
    expect(second?.b64_json).not.toBe(first?.b64_json);
    expect((await images({})).data[0]).toEqual(first);
    expect((await images({ prompt: 'a dog' })).data[0]).not.toEqual(first);
  });

  it('paints an SVG where that is asked for', async () => {
    const [image] = (await images({ output_format: 'svg' })).data;
    expect(image?.media_type).toBe('image/svg+xml');
    expect(atob(image?.b64_json ?? '')).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*fill="#[\da-f]{6}"\/><\/svg>$/);
  });

  it('bills by the image, and tells who painted in the headers', async () => {
    const gateway = createGateway();
    const response = await paint({ n: 3, provider: { only: ['google-vertex'] } }, gateway);
    expect(await response.json()).toMatchObject({
      created: 1_790_000_000,
      usage: {
        prompt_tokens: 2, completion_tokens: 3360, total_tokens: 3362, cost: 0.0900006, is_byok: false, completion_tokens_details: { image_tokens: 3360 },
        cost_details: { upstream_inference_prompt_cost: 0.0000006, upstream_inference_completions_cost: 0.09 },
      },
    });
    expect(response.headers.get('x-generation-id')).toMatch(/^gen-img-1790000000-\w{20}$/);
    expect(response.headers.get('x-provider-name')).toBe('Google');
    expect(gateway.requests[0]?.cost).toBe('0.0900006');
  });

  it('serves models that write and paint, and those as scripted', async () => {
    const gateway = createGateway({ scenario: { reply: reply.images([{ b64_json: 'AA==' }, { b64_json: 'AQ==', media_type: 'image/webp' }]) } });
    const { data, usage } = await images({ model: 'cinder/easel', provider: { only: ['google-vertex'] } }, gateway);
    expect(data).toEqual([{ b64_json: 'AA==' }, { b64_json: 'AQ==', media_type: 'image/webp' }]);
    expect(usage).toMatchObject({ completion_tokens: 2240, cost: 0.0096006 });
  });

  it.each([
    ['n', { n: 11 }], ['n', { n: 0 }], ['n', { n: 1.5 }], ['n', { n: '2' }], ['prompt', { prompt: undefined }], ['input_references', { input_references: Array.from({ length: 17 }, () => ({})) }],
  ])('refuses a wrong %s', async (field, body) => {
    const response = await paint(body);
    const { error } = (await response.json()) as { error: { message: string } };
    expect([response.status, JSON.parse(error.message)]).toMatchObject([400, [{ path: [field] }]]);
  });
});

describe('checksums', () => {
  it('are those of the standards', () => {
    const text = new TextEncoder().encode('123456789');
    expect([crc32(text), adler32(text)]).toEqual([0xcbf43926, 0x091e01de]);
  });
});
