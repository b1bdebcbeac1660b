import { bodyFields, type RecordedAnswer } from './cassette.js';
import { formsOf, scrubText } from './scrub.js';

/** What of a body has gone by. */
interface Taped {
  readonly packets: readonly Uint8Array[];
  readonly times: readonly number[];
  readonly ending?: 'reset' | 'left';
}

/**
 * Hands a body on packet by packet, as fast as its reader takes it, and tells once what went by: at its end, where it breaks, or where
 * its reader leaves.
 */
export function tape(body: ReadableStream<Uint8Array>, elapsed: () => number, onEnd: (taped: Taped) => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const packets: Uint8Array[] = [];
  const times: number[] = [];
  let over = false;
  const end = (ending?: 'reset' | 'left'): void => {
    if (over) return;
    over = true;
    onEnd({ packets, times, ...(ending && { ending }) });
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          end();
          controller.close();
          return;
        }
        packets.push(value.slice());
        times.push(elapsed());
        controller.enqueue(value);
      } catch (error) {
        end('reset');
        controller.error(error);
      }
    },
    async cancel(reason) {
      end('left');
      await reader.cancel(reason);
    },
  }, { highWaterMark: 0 });
}

function joined(packets: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(packets.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const packet of packets) {
    all.set(packet, at);
    at += packet.length;
  }
  return all;
}

/** The text of bytes that are text; undefined for others. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const charactersOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const spelled = (text: string): string => charactersOf(new TextEncoder().encode(text));

/** A text that was cut within a letter, or is of another alphabet: masked byte by byte. */
const scrubBytes = (bytes: Uint8Array, secrets: readonly string[]): string => scrubText(charactersOf(bytes), secrets.flatMap(formsOf).map(spelled), ({ length }) => length);

/** A body as a recording has it. Sound and films are kept whole: nothing in them can be masked. */
export function tapedBody({ packets, times, ending }: Taped, type: string, secrets: readonly string[]): Omit<RecordedAnswer, 'status' | 'headers'> {
  const bytes = joined(packets);
  const isText = /json|text|event-stream|^$/i.test(type);
  const text = isText ? textOf(bytes) : undefined;
  const clean = text === undefined ? undefined : scrubText(text, secrets);
  const content = clean === undefined ? { base64: btoa(isText ? scrubBytes(bytes, secrets) : charactersOf(bytes)) } : type.includes('event-stream') ? { sse: clean } : bodyFields(clean);
  return { ...content, chunkBytes: packets.map(({ length }) => length), chunkMs: times, ...(ending && { ending }) };
}
