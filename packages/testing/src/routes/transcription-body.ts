import { type Fields, isFields, zod } from '../validate.js';
import { transcriptions as check } from '../validate/media.js';
import { toBase64 } from '../serve/bytes.js';
import { checkBody, type Checked, parseBody } from './media-body.js';
import type { Exchange } from './exchange.js';

/** The fields of a form, with the file as `input_audio` has it; the record gets the same without the bytes. */
async function readForm({ request, record }: Exchange): Promise<Checked> {
  const form = await request.formData().catch(() => undefined);
  if (form === undefined) return zod([], 'Invalid input: expected multipart/form-data');
  const fields: Record<string, unknown> = {};
  const seen: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string') {
      const bytes = new Uint8Array(await value.arrayBuffer());
      fields.input_audio = { data: toBase64(bytes), format: value.name.split('.').at(-1) ?? '' };
      seen[name] = { name: value.name, type: value.type, size: value.size };
    } else if (name.startsWith('timestamp_granularities')) {
      fields.timestamp_granularities = [...(Array.isArray(fields.timestamp_granularities) ? fields.timestamp_granularities : []), value];
      seen.timestamp_granularities = fields.timestamp_granularities;
    } else {
      seen[name] = value;
      fields[name] = name === 'temperature' ? Number(value) : value;
    }
  }
  record.body = seen;
  return checkBody(fields, check);
}

/** The sound of a body that has been checked. */
export function audioOf(body: Fields): { readonly bytes: number; readonly format: string } {
  const audio = isFields(body.input_audio) ? body.input_audio : {};
  return { bytes: atob(String(audio.data)).length, format: String(audio.format) };
}

/** The body of a transcription, JSON or form. */
export async function readTranscription(exchange: Exchange): Promise<Checked> {
  const { request, text } = exchange;
  const isForm = request.headers.get('content-type')?.startsWith('multipart/form-data') === true;
  return isForm ? readForm(exchange) : parseBody(text, check);
}
