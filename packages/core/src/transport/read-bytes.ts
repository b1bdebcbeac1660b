import { errorFromBody, errorFromNonJson } from '../errors/from-response.js';
import { errorFromUnknown } from '../errors/from-unknown.js';
import { attempt, type OpenResponse } from './attempt.js';
import { readJson } from './read-body.js';
import { DEFAULT_MAX_BODY_SIZE, readPackets } from './read-text.js';
import type { Answer, AttemptOptions } from './types.js';

/** One run of bytes out of many. */
function joined(packets: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const packet of packets) {
    bytes.set(packet, at);
    at += packet.byteLength;
  }
  return bytes;
}

/** Throws for an answer that is not the bytes it should be, but JSON or a page: the error in it, if it has one. */
export async function refuseText(open: OpenResponse, options: AttemptOptions): Promise<void> {
  if (!/\b(json|html)\b/i.test(open.headers['content-type'] ?? '')) return;
  const body = await readJson(open, options);
  throw errorFromBody(body, open.context) ?? errorFromNonJson(JSON.stringify(body), open.context());
}

/**
 * Makes one request and reads an answer of bytes: sound, a film. An error in JSON with status 200 throws like any other.
 *
 * @throws {APIError} {@link NetworkError} {@link TimeoutError} {@link StreamError} (`too-large`), or the reason of the signal.
 * @example
 * const { body, headers } = await requestBytes({ effects, url: `${baseURL}/audio/speech`, headers, body });
 */
export async function requestBytes(options: AttemptOptions): Promise<Answer<Uint8Array<ArrayBuffer>>> {
  const { effects, url, limits: { idleTimeout = Infinity } = {}, sizes = {} } = options;
  const open = await attempt(options);
  const { guard, status, headers } = open;
  await refuseText(open, options);
  const onBytes = (): void => {
    guard.check();
    guard.set('idle', effects.now() + idleTimeout, idleTimeout);
  };
  guard.set('first-token', Infinity, Infinity);
  onBytes();
  const packets: Uint8Array[] = [];
  try {
    const size = await readPackets(open.response, guard, { maxBodySize: sizes.maxBodySize ?? DEFAULT_MAX_BODY_SIZE, onBytes }, (packet) => void packets.push(packet));
    return { body: joined(packets, size), status, headers };
  } catch (error) {
    throw guard.ended ? guard.ended.reason : errorFromUnknown(error, { url, secrets: open.context().secrets });
  } finally {
    guard.dispose();
  }
}
