import type { Exchange } from '@waypost-tests/fixtures';

/** `recorded`: the packets as they were, or one where that is not known. A number seeds random cuts, anywhere. */
export type Split = 'recorded' | number;

/** Packet sizes that depend on the seed alone: mostly small, so that cuts fall inside characters, line ends and field names. */
function randomSizes(seed: number, length: number): readonly number[] {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  // Long streams get longer packets too, so that a run stays short.
  const most = length < 20_000 ? 24 : 600;
  const sizes: number[] = [];
  for (let sum = 0; sum < length; sum += sizes.at(-1) ?? 0) sizes.push(1 + next(next(4) === 0 ? 4 : most));
  return sizes;
}

function wireText({ sse, body, bodyPrefix = '' }: Exchange['response']): string {
  if (sse !== undefined) return sse;
  return bodyPrefix + (typeof body === 'string' ? body : JSON.stringify(body));
}

/** Headers that speak of the transfer, not of what is transferred. */
const TRANSFER = new Set(['content-encoding', 'content-length', 'transfer-encoding', 'connection']);

/** A `fetch` that answers every request with the response of an exchange, packet by packet. */
export function replay({ response }: Exchange, split: Split = 'recorded'): typeof fetch {
  const bytes = new TextEncoder().encode(wireText(response));
  const sizes = split === 'recorded' ? (response.chunkBytes ?? [bytes.length]) : randomSizes(split, bytes.length);
  const headers = Object.entries(response.headers).filter(([name]) => !TRANSFER.has(name.toLowerCase()));
  return (_input, init) => {
    init?.signal?.throwIfAborted();
    let packet = 0;
    let offset = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (offset >= bytes.length) return response.ending === 'reset' ? controller.error(new TypeError('terminated')) : controller.close();
        const size = Math.max(1, sizes[packet] ?? bytes.length);
        controller.enqueue(bytes.slice(offset, offset + size));
        packet += 1;
        offset += size;
      },
    });
    const type = response.sse === undefined ? 'application/json' : 'text/event-stream';
    const all = new Headers(headers);
    if (!all.has('content-type')) all.set('content-type', type);
    return Promise.resolve(new Response(body, { status: response.status, headers: all }));
  };
}
