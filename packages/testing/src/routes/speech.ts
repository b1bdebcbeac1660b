import { outputOf } from '../scenario/route-output.js';
import { errorDetail } from '../serve/answer.js';
import { bytesResponse, objectResponse } from '../serve/deliver.js';
import { mp3, pcm, PCM_RATE } from '../serve/tone.js';
import { speech as check } from '../validate/media.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { parseBody, refuse, toRouted, toTold } from './media-body.js';
import { settle } from './settle.js';

const MEDIA_TYPES = { pcm: `audio/pcm;rate=${PCM_RATE}`, mp3: 'audio/mpeg' } as const;

/** `POST /audio/speech`: raw bytes; only the header tells the id. Paid by the character of the input. */
export async function speech(exchange: Exchange): Promise<Response> {
  const parsed = parseBody(exchange.text, check);
  if (!parsed.ok) return refuse(parsed);
  const { body } = parsed;
  const input = String(body.input);
  const tokens = { prompt: input.length, completion: 0 };
  const served = await findServer(exchange, toRouted(body, 'options'), { output: 'speech', demand: () => tokens, told: toTold(body) });
  if (served instanceof Response) return served;
  const { reply, wire = {} } = served.outcome;
  const format = body.response_format === 'mp3' ? 'mp3' : 'pcm';
  const speed = typeof body.speed === 'number' ? body.speed : 1;
  const { id } = settle(exchange, served, 'tts', { tokens });
  const headers = new Headers({ 'x-generation-id': id });
  if (wire.error !== undefined) return objectResponse({ error: errorDetail(wire) }, wire, headers, watchOf(exchange));
  const scripted = outputOf(reply?.output, 'speech');
  headers.set('content-type', scripted?.mediaType ?? MEDIA_TYPES[format]);
  const sound = scripted?.bytes ?? (format === 'mp3' ? mp3(input, speed) : pcm(input, typeof body.voice === 'string' ? body.voice : '', speed));
  return bytesResponse(sound, wire, headers, watchOf(exchange));
}
