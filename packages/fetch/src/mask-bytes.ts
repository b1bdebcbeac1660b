const STAR = 42;

/** A shorter secret is none, and masking it would only garble the text. */
const SHORTEST = 6;

/** Where a secret begins in some bytes, from a place on; or where what may be its beginning stands at their end; or -1. */
function find(bytes: Uint8Array, secret: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(secret[0] ?? 0, from); at !== -1; at = bytes.indexOf(secret[0] ?? 0, at + 1)) {
    let same = 1;
    while (same < secret.length && at + same < bytes.length && bytes[at + same] === secret[same]) same += 1;
    if (same === secret.length || at + same === bytes.length) return at;
  }
  return -1;
}

/**
 * Puts stars in place of a secret of some length, wherever the bytes are cut. Packets without it go on as they are; only bytes that may be its beginning
 * wait for those that follow.
 */
export function maskBytes(body: ReadableStream<Uint8Array>, secretText: string): ReadableStream<Uint8Array> {
  const secret = new TextEncoder().encode(secretText);
  if (secret.length < SHORTEST) return body;
  const reader = body.getReader();
  let kept: Uint8Array | undefined;

  /** What of a packet can go on. */
  const clean = (packet: Uint8Array): Uint8Array => {
    let bytes = packet;
    if (kept) {
      bytes = new Uint8Array(kept.length + packet.length);
      bytes.set(kept);
      bytes.set(packet, kept.length);
      kept = undefined;
    }
    for (let at = find(bytes, secret, 0); at !== -1; at = find(bytes, secret, at + secret.length)) {
      if (at + secret.length > bytes.length) {
        kept = bytes.slice(at);
        return bytes.subarray(0, at);
      }
      // a copy: the bytes are the server's
      if (bytes === packet) bytes = packet.slice();
      bytes.fill(STAR, at, at + secret.length);
    }
    return bytes;
  };

  return new ReadableStream<Uint8Array>(
    {
      // hot: once per packet
      async pull(controller) {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) {
            if (kept) controller.enqueue(kept);
            controller.close();
            return;
          }
          const bytes = clean(value);
          if (bytes.length > 0) {
            controller.enqueue(bytes);
            return;
          }
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // nothing is asked for before the reader asks
    { highWaterMark: 0 },
  );
}
