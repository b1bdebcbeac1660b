import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSseDecoder } from '../../src/stream/decode-sse.js';
import { EventTooLargeError } from '../../src/stream/event-too-large-error.js';
import { bytesOf, cut, decode } from './sse-helpers.js';

const events = (text: string): string[] => decode([bytesOf(text)]).events;

describe('lines and fields', () => {
  it.each([
    ['LF', 'data: a\n\ndata: b\n\n'],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n'],
    ['CR', 'data: a\r\rdata: b\r\r'],
    ['mixed', 'data: a\r\n\ndata: b\r\r\n'],
  ])('ends lines at %s', (_name, text) => {
    expect(events(text)).toEqual(['a', 'b']);
  });

  it('joins several data lines by a line feed', () => {
    expect(events('data: a\ndata:\ndata: b\n\n')).toEqual(['a\n\nb']);
  });

  it('takes one space off the value, and no more', () => {
    expect(events('data:a\n\ndata: b\n\ndata:  c\n\n')).toEqual(['a', 'b', ' c']);
  });

  it('delivers empty data, and no event where there is no data field', () => {
    expect(events('data\n\ndata:\n\nid: 1\n\n\n\n')).toEqual(['', '']);
  });

  it('ignores other fields, and fields whose name only begins with data', () => {
    expect(events('event: error\nid: 1\nretry: 5\ndatabase: x\nDATA: y\n data: z\ndata: a\n\n')).toEqual(['a']);
  });

  it('reports comments, also inside an event, and keeps them out of its data', () => {
    expect(decode([bytesOf(': OPENROUTER PROCESSING\n\n:\n\ndata: a\n: inside\ndata: b\n\n')])).toEqual({
      events: ['a\nb'],
      comments: [' OPENROUTER PROCESSING', '', ' inside'],
    });
  });

  it('drops a byte order mark at the start only', () => {
    expect(events('\uFEFFdata: a\n\ndata: \uFEFFb\n\n\uFEFFdata: c\n\n')).toEqual(['a', '\uFEFFb']);
  });

  it.each(['data: a\n\ndata: b', 'data: a\n\ndata: b\n', 'data: a\r\rdata: b\r'])('delivers a last event that no blank line closes: %j', (text) => {
    expect(events(text)).toEqual(['a', 'b']);
  });

  it('replaces bytes that are not UTF-8, also where the stream stops inside a character', () => {
    const packets = [bytesOf('data: a'), Uint8Array.of(0xff), bytesOf('\n\ndata: b'), Uint8Array.of(0xe2, 0x82)];
    expect(decode(packets).events).toEqual(['a\uFFFD', 'b\uFFFD']);
  });
});

describe('packets', () => {
  const document =
    '\uFEFF: OPENROUTER PROCESSING\r\n\r\ndata: {"a":"é€😀"}\n\n:\ndata:b\r\rdata: c\r\ndata: 日本\r\n\r\nevent: x\nid: 1\n\ndata\n\ndata: [DONE]\n\ndata: last';
  const whole = {
    events: ['{"a":"é€😀"}', 'b', 'c\n日本', '', '[DONE]', 'last'],
    comments: [' OPENROUTER PROCESSING', ''],
  };
  const bytes = bytesOf(document);

  it('decodes a document whole', () => {
    expect(decode([bytes])).toEqual(whole);
  });

  it('decodes it the same when split at any byte', () => {
    for (let at = 0; at <= bytes.length; at++) expect(decode(cut(bytes, [at])), `split at ${at}`).toEqual(whole);
  });

  it('decodes it the same when split at any two bytes', () => {
    const expected = JSON.stringify(whole);
    const differing: string[] = [];
    for (let a = 0; a <= bytes.length; a++) {
      for (let b = a; b <= bytes.length; b++) {
        if (JSON.stringify(decode(cut(bytes, [a, b]))) !== expected) differing.push(`${a}, ${b}`);
      }
    }
    expect(differing).toEqual([]);
  });

  it('decodes it the same byte by byte', () => {
    expect(decode([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  it('delivers an event with the packet that completes it, not later', () => {
    const seen: string[] = [];
    const decoder = createSseDecoder((data) => seen.push(data));
    decoder.push(bytesOf('data: a\n'));
    expect(seen).toEqual([]);
    decoder.push(bytesOf('\n'));
    expect(seen).toEqual(['a']);
    decoder.push(bytesOf('data: b\r\r'));
    expect(seen).toEqual(['a', 'b']);
  });

  const eol = fc.constantFrom('\n', '\r', '\r\n');
  // Characters of one to four bytes, marks that look like syntax, and no line ends.
  const value = fc.string({ unit: fc.constantFrom('a', ' ', ':', '{', 'é', '€', '😀', '\uFEFF', '日'), maxLength: 12 });
  const dataLine = fc.record({ kind: fc.constant('data' as const), value, space: fc.boolean(), eol });
  const otherLine = fc.record({ kind: fc.constantFrom('comment' as const, 'event' as const), value, space: fc.boolean(), eol });
  const event = fc.record({ lines: fc.array(fc.oneof({ weight: 3, arbitrary: dataLine }, otherLine), { maxLength: 4 }), eol });

  it('gives what was encoded, however the lines end and the bytes are split', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), fc.boolean(), fc.boolean(), fc.array(fc.nat(), { maxLength: 12 }), (list, bom, closed, places) => {
        let text = bom ? '\uFEFF' : '';
        const expected: { events: string[]; comments: string[] } = { events: [], comments: [] };
        let data: string[] = [];
        let afterCr = false;
        const write = (line: string, end: string): void => {
          // An LF right after a CR would make one line end of two.
          const safe = afterCr && line === '' && end === '\n' ? '\r' : end;
          text += line + safe;
          afterCr = safe === '\r';
        };
        for (const [place, { lines, eol: blank }] of list.entries()) {
          for (const line of lines) {
            if (line.kind === 'data') {
              // Where there is no space before it, a value that begins with one would lose it.
              const space = line.space || line.value.startsWith(' ') ? ' ' : '';
              write(`data:${space}${line.value}`, line.eol);
              data.push(line.value);
            } else if (line.kind === 'comment') {
              write(`:${line.value}`, line.eol);
              expected.comments.push(line.value);
            } else write(`event: ${line.value}`, line.eol);
          }
          if (closed || place < list.length - 1) write('', blank);
          if (data.length > 0) expected.events.push(data.join('\n'));
          data = [];
        }
        expect(decode(cut(bytesOf(text), places))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('decodes any bytes the same whole and in pieces', () => {
    const byte = fc.oneof(fc.constantFrom(10, 13, 32, 58, 100, 97, 116, 0xef, 0xbb, 0xbf, 0xf0, 0x9f, 0xe2, 0x82), fc.nat(255));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 200 }), fc.array(fc.nat(), { maxLength: 12 }), (list, places) => {
        const garbage = Uint8Array.from(list);
        expect(decode(cut(garbage, places))).toEqual(decode([garbage]));
      }),
      { numRuns: 500 },
    );
  });
});

describe('bounds', () => {
  const outcome = (packets: Uint8Array[], maxEventSize: number): unknown => {
    const seen: string[] = [];
    const decoder = createSseDecoder((data) => seen.push(data), { maxEventSize });
    try {
      for (const packet of packets) decoder.push(packet);
      decoder.end();
    } catch (error) {
      return { seen, error };
    }
    return { seen };
  };

  it('throws for an event over the limit after delivering those before it, under every split', () => {
    const bytes = bytesOf('data: a\n\ndata: 12345\n\ndata: b\n\n');
    for (let at = 0; at <= bytes.length; at++) {
      expect(outcome(cut(bytes, [at]), 10)).toEqual({ seen: ['a'], error: new EventTooLargeError(10) });
      expect(outcome(cut(bytes, [at]), 11)).toEqual({ seen: ['a', '12345', 'b'] });
    }
  });

  it('counts all data lines of an event together, and events apart', () => {
    expect(outcome([bytesOf('data: 1\ndata: 2\n\n')], 13)).toEqual({ seen: [], error: new EventTooLargeError(13) });
    expect(outcome([bytesOf('data: 1\ndata: 2\n\ndata: 3\ndata: 4\n\n')], 14)).toEqual({ seen: ['1\n2', '3\n4'] });
  });

  it('stops a line that never ends, whatever its field', () => {
    for (const start of ['data: ', ': ', 'id: ', '']) {
      let pushed = 0;
      const decoder = createSseDecoder(() => undefined, { maxEventSize: 1000 });
      expect(() => {
        decoder.push(bytesOf(start));
        for (; pushed < 1000; pushed++) decoder.push(bytesOf('x'.repeat(100)));
      }).toThrow(EventTooLargeError);
      expect(pushed).toBeLessThanOrEqual(10);
    }
  });

  it('has a limit of 32 Mi characters of its own', () => {
    const decoder = createSseDecoder(() => undefined);
    const packet = new Uint8Array(1024 * 1024).fill(97);
    expect(() => {
      for (let i = 0; i < 32; i++) decoder.push(packet);
    }).not.toThrow();
    expect(() => decoder.push(Uint8Array.of(97))).toThrow(new EventTooLargeError(32 * 1024 * 1024));
  });

  it('takes nothing more after a failure, its own or that of a callback', () => {
    const seen: string[] = [];
    const decoder = createSseDecoder((data) => {
      if (data === 'bad') throw new RangeError('callback');
      seen.push(data);
    });
    expect(() => decoder.push(bytesOf('data: a\n\ndata: bad\n\ndata: b\n\n'))).toThrow(RangeError);
    decoder.push(bytesOf('data: c\n\n'));
    decoder.end();
    expect(seen).toEqual(['a']);
  });
});
