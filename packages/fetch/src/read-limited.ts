import { untilAborted } from './until-aborted.js';

/**
 * The text of a request's body, up to a number of bytes; undefined where there are more. What the request says of its length is no
 * promise: the bytes are counted, and reading stops at the first one too many.
 */
export async function readLimited({ body, headers, signal }: Request, maxBytes: number): Promise<string | undefined> {
  const stop = (): void => void body?.cancel().catch(() => {});
  if (Number(headers.get('content-length') ?? 0) > maxBytes) {
    stop();
    return undefined;
  }
  if (body === null) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; ; ) {
    const { done, value } = await untilAborted(reader.read(), signal);
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxBytes) {
      reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
