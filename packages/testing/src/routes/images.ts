import { outputOf } from '../scenario/route-output.js';
import { mediaJson } from '../serve/media-json.js';
import { picture } from '../serve/picture.js';
import { countTokens } from '../serve/tokens.js';
import { images as check } from '../validate/media.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { parseBody, refuse, toRouted, toTold } from './media-body.js';
import { settle } from './settle.js';

/** Tokens that a real model reports for a picture it made. */
const IMAGE_TOKENS = 1120;

/** `POST /images`. The pictures are PNG, or SVG where `output_format` says so; other formats come as PNG. */
export async function images(exchange: Exchange): Promise<Response> {
  const parsed = parseBody(exchange.text, check);
  if (!parsed.ok) return refuse(parsed);
  const { body } = parsed;
  const count = typeof body.n === 'number' ? body.n : 1;
  const prompt = countTokens(String(body.prompt));
  const served = await findServer(exchange, toRouted(body, 'images'), {
    output: 'image', demand: () => ({ prompt, completion: count * IMAGE_TOKENS, images: count }), told: toTold(body),
  });
  if (served instanceof Response) return served;
  const { outcome } = served;
  const scripted = outputOf(outcome.reply?.output, 'images')?.images;
  const data = scripted ?? Array.from({ length: count }, (_, index) => picture(`${String(body.prompt)}/${index}`, body.output_format));
  const tokens = { prompt, completion: data.length * IMAGE_TOKENS, image: data.length * IMAGE_TOKENS };
  const made = data.map(({ b64_json, media_type = 'image/png' }) => ({
    type: 'image_url' as const, image_url: { url: `data:${media_type};base64,${b64_json}` },
  }));
  const { id, created, provider, usage } = settle(exchange, served, 'img', { tokens, images: made });
  return mediaJson({ created, data, usage }, outcome, watchOf(exchange), { headers: { 'x-generation-id': id, 'x-provider-name': provider } });
}
